/** What our messages say. Plain text, short enough for one SMS where it may become one. */
import type { Locale } from '../../base/locale.ts'
import type { Letter } from './message.ts'

/** Our own name to people: the host that their browser shows. */
type Sender = { readonly publicUrl: string }

type Ours = { readonly host: string; readonly origin: string }

/** A letter in each language: the subject for e-mail, and the sentences. */
type Wording<Facts> = Readonly<
  Record<Locale, (facts: Facts) => { readonly subject: string; readonly sentences: readonly string[] }>
>

type Writer<Facts> = (sender: Sender, locale: Locale, facts: Facts) => Letter

export function writer<Facts>(wording: Wording<Facts & Ours>): Writer<Facts> {
  return ({ publicUrl }, locale, facts) => {
    const { subject, sentences } = wording[locale]({
      ...facts,
      host: new URL(publicUrl).host,
      origin: publicUrl,
    })
    return { subject, text: sentences.join('\n') }
  }
}

/**
 * A one-time code. The last line is for browsers (Origin-bound one-time codes, WICG): they offer the code on our own
 * page and on no other, so that it cannot be lured away to a page that looks like ours.
 */
export const codeLetter = writer<{ readonly code: string; readonly minutes: number }>({
  en: ({ code, minutes, host }) => ({
    subject: `${code} is your code for ${host}`,
    sentences: [
      `${code} is your code for ${host}. It is valid for ${minutes} minutes.`,
      'Never tell it to anybody. If you did not ask for it, do nothing.',
      '',
      `@${host} #${code}`,
    ],
  }),
  sw: ({ code, minutes, host }) => ({
    subject: `${code} ni msimbo wako wa ${host}`,
    sentences: [
      `${code} ni msimbo wako wa ${host}. Unafaa kwa dakika ${minutes}.`,
      'Usimwambie mtu yeyote. Kama hukuuomba, usifanye chochote.',
      '',
      `@${host} #${code}`,
    ],
  }),
  fr: ({ code, minutes, host }) => ({
    subject: `${code} est votre code pour ${host}`,
    sentences: [
      `${code} est votre code pour ${host}. Il est valable ${minutes} minutes.`,
      'Ne le dites à personne. Si vous ne l’avez pas demandé, ne faites rien.',
      '',
      `@${host} #${code}`,
    ],
  }),
})

/** How a lost password is replaced: a link where a letter is read, digits where only they fit. */
export const recoveryLetter = writer<{
  readonly code: string
  readonly link: string
  readonly minutes: number
}>({
  en: ({ link, code, minutes, host }) => ({
    subject: `Choose a new password for ${host}`,
    sentences: [
      `Somebody, perhaps you, asked for a new password for your account at ${host}.`,
      `Open this link within ${minutes} minutes to choose one:`,
      link,
      '',
      `Or type this code where you asked: ${code}`,
      '',
      'If it was not you, do nothing: your password stays as it is. Never pass the link or the code on.',
    ],
  }),
  sw: ({ link, code, minutes, host }) => ({
    subject: `Chagua nenosiri jipya la ${host}`,
    sentences: [
      `Mtu fulani, pengine wewe, ameomba nenosiri jipya la akaunti yako katika ${host}.`,
      `Fungua kiungo hiki ndani ya dakika ${minutes} ili kulichagua:`,
      link,
      '',
      `Au andika msimbo huu pale ulipoomba: ${code}`,
      '',
      'Kama si wewe, usifanye chochote: nenosiri lako halibadiliki. Usimpe mtu kiungo wala msimbo.',
    ],
  }),
  fr: ({ link, code, minutes, host }) => ({
    subject: `Choisissez un nouveau mot de passe pour ${host}`,
    sentences: [
      `Quelqu’un, peut-être vous, a demandé un nouveau mot de passe pour votre compte sur ${host}.`,
      `Ouvrez ce lien dans les ${minutes} minutes pour en choisir un :`,
      link,
      '',
      `Ou saisissez ce code là où vous l’avez demandé : ${code}`,
      '',
      'Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même. Ne transmettez ni le lien ni le code.',
    ],
  }),
})

/** News of an account, to every address that it had: whoever did not do it has to know. */
export const recoveredLetter = writer<object>({
  en: ({ host, origin }) => ({
    subject: `Your password for ${host} was replaced`,
    sentences: [
      `The password of your account at ${host} was just replaced, and every browser was signed out.`,
      `If it was not you, choose another at once: ${origin}/recover`,
    ],
  }),
  sw: ({ host, origin }) => ({
    subject: `Nenosiri lako la ${host} limebadilishwa`,
    sentences: [
      `Nenosiri la akaunti yako katika ${host} limebadilishwa sasa hivi, na vivinjari vyote vimetolewa.`,
      `Kama si wewe, chagua jingine mara moja: ${origin}/recover`,
    ],
  }),
  fr: ({ host, origin }) => ({
    subject: `Votre mot de passe pour ${host} a été remplacé`,
    sentences: [
      `Le mot de passe de votre compte sur ${host} vient d’être remplacé, et tous les navigateurs ont été déconnectés.`,
      `Si ce n’était pas vous, choisissez-en un autre tout de suite : ${origin}/recover`,
    ],
  }),
})

/** To an address that leads to an account already, when somebody gives it as her own for another. */
export const takenLetter = writer<object>({
  en: ({ host, origin }) => ({
    subject: `You already have an account at ${host}`,
    sentences: [
      `Somebody gave this address to ${host}, perhaps you. It already belongs to an account there.`,
      `Sign in, or choose a new password: ${origin}/signin`,
      'If it was not you, do nothing: nothing has changed.',
    ],
  }),
  sw: ({ host, origin }) => ({
    subject: `Tayari una akaunti katika ${host}`,
    sentences: [
      `Mtu fulani, pengine wewe, ameipa ${host} anwani hii. Tayari ni ya akaunti iliyopo.`,
      `Ingia, au uchague nenosiri jipya: ${origin}/signin`,
      'Kama si wewe, usifanye chochote: hakuna kilichobadilika.',
    ],
  }),
  fr: ({ host, origin }) => ({
    subject: `Vous avez déjà un compte sur ${host}`,
    sentences: [
      `Quelqu’un, peut-être vous, a donné cette adresse à ${host}. Elle appartient déjà à un compte.`,
      `Connectez-vous, ou choisissez un nouveau mot de passe : ${origin}/signin`,
      'Si ce n’était pas vous, ne faites rien : rien n’a changé.',
    ],
  }),
})

/** To the owner of an account in which somebody signed in from a browser that it never saw. */
export const strangeSignInLetter = writer<{ readonly when: string; readonly network: string }>({
  en: ({ when, network, host, origin }) => ({
    subject: `New sign-in to your account at ${host}`,
    sentences: [
      `Somebody signed in to your account at ${host} from a new browser, on ${when} (East Africa Time), from network ${network}.`,
      'If it was you, do nothing.',
      `If not, sign that browser out and change your password: ${origin}/account/security`,
    ],
  }),
  sw: ({ when, network, host, origin }) => ({
    subject: `Kuingia kupya katika akaunti yako ya ${host}`,
    sentences: [
      `Mtu fulani ameingia katika akaunti yako ya ${host} kwa kivinjari kipya, ${when} (saa za Afrika Mashariki), kutoka mtandao ${network}.`,
      'Kama ni wewe, usifanye chochote.',
      `Kama sivyo, toa kivinjari hicho na ubadilishe nenosiri lako: ${origin}/account/security`,
    ],
  }),
  fr: ({ when, network, host, origin }) => ({
    subject: `Nouvelle connexion à votre compte sur ${host}`,
    sentences: [
      `Quelqu’un s’est connecté à votre compte sur ${host} avec un nouveau navigateur, le ${when} (heure d’Afrique de l’Est), depuis le réseau ${network}.`,
      'Si c’était vous, ne faites rien.',
      `Sinon, déconnectez ce navigateur et changez votre mot de passe : ${origin}/account/security`,
    ],
  }),
})

/** To the owner of an account whose second step was changed. */
export const guardChangedLetter = writer<object>({
  en: ({ host, origin }) => ({
    subject: `The second step of your account at ${host} was changed`,
    sentences: [
      `A passkey, an authenticator app or the recovery codes of your account at ${host} were added or removed.`,
      'If it was you, do nothing.',
      `If not, look at once, and change your password: ${origin}/account/security`,
    ],
  }),
  sw: ({ host, origin }) => ({
    subject: `Hatua ya pili ya akaunti yako ya ${host} imebadilishwa`,
    sentences: [
      `Ufunguo wa siri, programu ya uthibitishaji au misimbo ya akiba ya akaunti yako ya ${host} imeongezwa au kuondolewa.`,
      'Kama ni wewe, usifanye chochote.',
      `Kama sivyo, angalia mara moja, na ubadilishe nenosiri lako: ${origin}/account/security`,
    ],
  }),
  fr: ({ host, origin }) => ({
    subject: `La seconde étape de votre compte sur ${host} a changé`,
    sentences: [
      `Une clé d’accès, une application d’authentification ou les codes de secours de votre compte sur ${host} ont été ajoutés ou retirés.`,
      'Si c’était vous, ne faites rien.',
      `Sinon, regardez tout de suite, et changez votre mot de passe : ${origin}/account/security`,
    ],
  }),
})

/** To an address that an account had until now. */
export const contactChangedLetter = writer<object>({
  en: ({ host, origin }) => ({
    subject: `Your account at ${host} has another address`,
    sentences: [
      `This address was just replaced by another one on your account at ${host}, and leads to it no longer.`,
      `If it was not you, sign in at once and change your password: ${origin}/account/security`,
    ],
  }),
  sw: ({ host, origin }) => ({
    subject: `Akaunti yako ya ${host} ina anwani nyingine`,
    sentences: [
      `Anwani hii imebadilishwa sasa hivi na nyingine kwenye akaunti yako ya ${host}, na haiifikii tena.`,
      `Kama si wewe, ingia mara moja ubadilishe nenosiri lako: ${origin}/account/security`,
    ],
  }),
  fr: ({ host, origin }) => ({
    subject: `Votre compte sur ${host} a une autre adresse`,
    sentences: [
      `Cette adresse vient d’être remplacée par une autre sur votre compte ${host}, et n’y mène plus.`,
      `Si ce n’était pas vous, connectez-vous tout de suite et changez votre mot de passe : ${origin}/account/security`,
    ],
  }),
})
