/** How Daraja says no, in our words, and what each means to the payer. */
import type { Channel } from '../../core/attempt/channel.ts'

/** Result codes of a prompt that ended unpaid (portal documentation of M-PESA Express). */
const failures: ReadonlyMap<string, string> = new Map([
  ['1', 'too-little-money'],
  ['2', 'below-minimum'],
  ['3', 'above-maximum'],
  ['4', 'daily-limit'],
  ['8', 'payee-full'],
  ['17', 'same-again'],
  ['1019', 'expired'],
  ['1025', 'push-failed'],
  ['1032', 'cancelled'],
  ['1037', 'not-answered'],
  ['2001', 'wrong-pin'],
  ['2028', 'not-permitted'],
  ['SFC_IC0003', 'not-permitted'],
  ['8006', 'pin-locked'],
])

/** Our word for a documented result code that means unpaid; null for any other. */
export function failureOf(code: string): string | null {
  return failures.get(code) ?? null
}

/** Our word for a request that Daraja did not take on. One error code stands for three things: its text tells. */
export function refusalOf({ code, message }: { readonly code: string; readonly message: string }): string {
  if (code === '500.003.02' || code === '500.003.03' || code.startsWith('429')) return 'busy'
  if (/lock subscriber/i.test(message)) return 'phone-busy'
  return 'refused'
}

export const advice: Channel['advice'] = {
  'too-little-money': {
    en: 'There was not enough money in the M-PESA account, or in Fuliza. Top up and try again, or choose another way.',
    sw: 'Hakukuwa na pesa za kutosha kwenye akaunti ya M-PESA wala Fuliza. Ongeza pesa kisha ujaribu tena, au chagua njia nyingine.',
    fr: 'Il n’y avait pas assez d’argent sur le compte M-PESA, ni dans Fuliza. Rechargez-le puis réessayez, ou choisissez un autre moyen.',
  },
  'below-minimum': {
    en: 'The amount is less than M-PESA carries. Choose another way.',
    sw: 'Kiasi hiki ni kidogo kuliko M-PESA inavyoruhusu. Chagua njia nyingine.',
    fr: 'Le montant est inférieur à ce que M-PESA accepte. Choisissez un autre moyen.',
  },
  'above-maximum': {
    en: 'The amount is more than M-PESA carries at once. Choose another way.',
    sw: 'Kiasi hiki ni kikubwa kuliko M-PESA inavyoruhusu kwa mara moja. Chagua njia nyingine.',
    fr: 'Le montant dépasse ce que M-PESA accepte en une fois. Choisissez un autre moyen.',
  },
  'daily-limit': {
    en: 'This phone has reached what M-PESA lets it send in a day. Use another phone, or pay tomorrow.',
    sw: 'Simu hii imefikia kikomo cha M-PESA cha siku. Tumia simu nyingine, au lipa kesho.',
    fr: 'Ce téléphone a atteint ce que M-PESA permet d’envoyer en une journée. Utilisez un autre téléphone, ou payez demain.',
  },
  'payee-full': {
    en: 'The payee’s M-PESA account can take no more today. It is not your fault: choose another way.',
    sw: 'Akaunti ya M-PESA ya mlipwaji haiwezi kupokea zaidi leo. Si kosa lako: chagua njia nyingine.',
    fr: 'Le compte M-PESA du bénéficiaire ne peut plus rien recevoir aujourd’hui. Vous n’y êtes pour rien : choisissez un autre moyen.',
  },
  'same-again': {
    en: 'M-PESA took this for the same payment sent twice. Wait two minutes before you try again.',
    sw: 'M-PESA imedhani malipo haya yametumwa mara mbili. Subiri dakika mbili kabla ya kujaribu tena.',
    fr: 'M-PESA a cru que le même paiement était envoyé deux fois. Attendez deux minutes avant de réessayer.',
  },
  expired: {
    en: 'The time to approve was over. Keep your phone at hand and try again.',
    sw: 'Muda wa kuidhinisha uliisha. Weka simu karibu kisha ujaribu tena.',
    fr: 'Le délai pour approuver est passé. Gardez votre téléphone à portée de main et réessayez.',
  },
  'push-failed': {
    en: 'M-PESA could not send its message to the phone. Switch the phone off and on, then try again.',
    sw: 'M-PESA haikuweza kutuma ujumbe kwenye simu. Zima simu na uiwashe, kisha ujaribu tena.',
    fr: 'M-PESA n’a pas pu envoyer son message au téléphone. Éteignez-le, rallumez-le, puis réessayez.',
  },
  cancelled: {
    en: 'The message on the phone was cancelled. Try again, or choose another way.',
    sw: 'Ujumbe kwenye simu ulighairiwa. Jaribu tena, au chagua njia nyingine.',
    fr: 'Le message sur le téléphone a été annulé. Réessayez, ou choisissez un autre moyen.',
  },
  'not-answered': {
    en: 'The phone could not be reached, or nobody answered. See that it is on and has signal, then try again, or choose another way.',
    sw: 'Simu haikupatikana, au hakuna aliyejibu. Hakikisha imewashwa na ina mtandao, kisha ujaribu tena, au chagua njia nyingine.',
    fr: 'Le téléphone n’a pas pu être joint, ou personne n’a répondu. Vérifiez qu’il est allumé et qu’il capte le réseau, puis réessayez, ou choisissez un autre moyen.',
  },
  'wrong-pin': {
    en: 'The PIN was not right. After three wrong ones M-PESA locks it. Try again, or choose another way.',
    sw: 'PIN haikuwa sahihi. Baada ya kukosea mara tatu M-PESA huifunga. Jaribu tena, au chagua njia nyingine.',
    fr: 'Le code PIN n’était pas le bon. Après trois erreurs, M-PESA le bloque. Réessayez, ou choisissez un autre moyen.',
  },
  'not-permitted': {
    en: 'The payee’s M-PESA number does not take this kind of payment. Choose another way, and tell the payee.',
    sw: 'Namba ya M-PESA ya mlipwaji haipokei malipo ya aina hii. Chagua njia nyingine, na umjulishe mlipwaji.',
    fr: 'Le numéro M-PESA du bénéficiaire n’accepte pas ce type de paiement. Choisissez un autre moyen, et prévenez le bénéficiaire.',
  },
  'pin-locked': {
    en: 'The M-PESA PIN is locked. Dial *334# or call Safaricom to open it.',
    sw: 'PIN ya M-PESA imefungwa. Piga *334# au wasiliana na Safaricom ili kuifungua.',
    fr: 'Le code PIN M-PESA est bloqué. Composez le *334# ou appelez Safaricom pour le débloquer.',
  },
  'phone-busy': {
    en: 'This phone is busy with another M-PESA payment. Finish that one, wait a minute, then try again.',
    sw: 'Simu hii inashughulikia malipo mengine ya M-PESA. Yamalize, subiri dakika moja, kisha ujaribu tena.',
    fr: 'Ce téléphone traite déjà un autre paiement M-PESA. Terminez-le, attendez une minute, puis réessayez.',
  },
  busy: {
    en: 'M-PESA is very busy. Try again in a few minutes.',
    sw: 'M-PESA ina shughuli nyingi. Jaribu tena baada ya dakika chache.',
    fr: 'M-PESA est très sollicité. Réessayez dans quelques minutes.',
  },
  refused: {
    en: 'M-PESA did not accept the request. Choose another way; the payee has to look into it.',
    sw: 'M-PESA haikukubali ombi. Chagua njia nyingine; mlipwaji anapaswa kulichunguza.',
    fr: 'M-PESA n’a pas accepté la demande. Choisissez un autre moyen ; le bénéficiaire doit se renseigner.',
  },
  'not-reached': {
    en: 'M-PESA could not be reached. Try again in a few minutes.',
    sw: 'M-PESA haikupatikana. Jaribu tena baada ya dakika chache.',
    fr: 'M-PESA n’a pas pu être joint. Réessayez dans quelques minutes.',
  },
}
