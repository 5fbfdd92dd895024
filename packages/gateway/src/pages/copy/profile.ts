import type { Locale } from '../../base/locale.ts'

/** What the profile's page may have to say first. */
export const profileNotes = {
  saved: 'good',
  changed: 'good',
  invalid: 'bad',
  expired: 'warn',
  unreadable: 'bad',
  country: 'bad',
  medium: 'bad',
  gone: 'bad',
  wait: 'warn',
  confirmed: 'good',
} as const satisfies Readonly<Record<string, 'good' | 'bad' | 'warn'>>
export type ProfileNote = keyof typeof profileNotes

type ProfileCopy = {
  readonly title: string
  readonly back: string
  readonly locked: string
  readonly save: string
  readonly contact: string
  readonly contactMore: string
  readonly newEmail: string
  readonly newPhone: string
  readonly none: string
  readonly send: string
  readonly codeTitle: string
  readonly sentTo: (address: string) => string
  readonly notes: Readonly<Record<ProfileNote, string>>
}

export const profileCopy: Readonly<Record<Locale, ProfileCopy>> = {
  en: {
    title: 'Your details',
    back: 'Back to the account',
    locked: 'Checked against your documents. The help desk of your office corrects it.',
    save: 'Save',
    contact: 'How we reach you',
    contactMore:
      'Another address counts once a code that went there came back. The old one is told. Type the present one again to confirm it.',
    newEmail: 'E-mail address',
    newPhone: 'Phone number',
    none: 'not said',
    send: 'Send a code there',
    codeTitle: 'Type the code',
    sentTo: (address) => `We have written to ${address}. Type the six digits of the message here.`,
    notes: {
      saved: 'Saved.',
      changed: 'The address is confirmed, and on your account.',
      invalid:
        'Something cannot be right: names have at most 100 letters, and a day is a day of the calendar.',
      expired: 'This page had waited too long. Nothing was changed.',
      unreadable: 'We cannot read that address. Check it, and try again.',
      country: 'We send no SMS to that country.',
      medium: 'We cannot write there at the moment.',
      gone: 'That code is over: too old, tried too often, or used. Ask for another one.',
      wait: 'Many messages went out already. Wait a little, then ask again.',
      confirmed: 'It is you. Go on.',
    },
  },
  sw: {
    title: 'Maelezo yako',
    back: 'Rudi kwenye akaunti',
    locked: 'Imehakikishwa na hati zako. Dawati la usaidizi la ofisi yako ndilo hurekebisha.',
    save: 'Hifadhi',
    contact: 'Tunavyokufikia',
    contactMore:
      'Anwani nyingine inafaa msimbo uliotumwa huko ukirudi. Ile ya zamani inaarifiwa. Andika ya sasa tena ili kuithibitisha.',
    newEmail: 'Barua pepe',
    newPhone: 'Nambari ya simu',
    none: 'haijasemwa',
    send: 'Tuma msimbo huko',
    codeTitle: 'Andika msimbo',
    sentTo: (address) => `Tumeandikia ${address}. Andika hapa tarakimu sita za ujumbe huo.`,
    notes: {
      saved: 'Imehifadhiwa.',
      changed: 'Anwani imethibitishwa, na iko kwenye akaunti yako.',
      invalid: 'Kuna kitu si sahihi: majina yasizidi herufi 100, na siku iwe ya kalenda.',
      expired: 'Ukurasa huu ulisubiri muda mrefu mno. Hakuna kilichobadilika.',
      unreadable: 'Hatuwezi kusoma anwani hiyo. Iangalie, kisha ujaribu tena.',
      country: 'Hatutumi SMS katika nchi hiyo.',
      medium: 'Hatuwezi kuandika huko kwa sasa.',
      gone: 'Msimbo huo umekwisha: wa zamani mno, umejaribiwa mno, au umetumika. Omba mwingine.',
      wait: 'Ujumbe mwingi umetumwa tayari. Subiri kidogo, kisha uombe tena.',
      confirmed: 'Ni wewe. Endelea.',
    },
  },
  fr: {
    title: 'Vos informations',
    back: 'Retour au compte',
    locked: 'Vérifié d’après vos documents. L’assistance de votre bureau le corrige.',
    save: 'Enregistrer',
    contact: 'Comment vous joindre',
    contactMore:
      'Une autre adresse compte dès qu’un code envoyé là est revenu. L’ancienne est prévenue. Saisissez de nouveau l’actuelle pour la confirmer.',
    newEmail: 'Adresse e-mail',
    newPhone: 'Numéro de téléphone',
    none: 'non précisé',
    send: 'Y envoyer un code',
    codeTitle: 'Saisissez le code',
    sentTo: (address) => `Nous avons écrit à ${address}. Saisissez ici les six chiffres du message.`,
    notes: {
      saved: 'Enregistré.',
      changed: 'L’adresse est confirmée et figure sur votre compte.',
      invalid:
        'Quelque chose ne va pas : un nom a 100 lettres au plus, et un jour est un jour du calendrier.',
      expired: 'Cette page avait attendu trop longtemps. Rien n’a changé.',
      unreadable: 'Nous ne pouvons pas lire cette adresse. Vérifiez-la et réessayez.',
      country: 'Nous n’envoyons pas de SMS dans ce pays.',
      medium: 'Nous ne pouvons pas écrire là pour le moment.',
      gone: 'Ce code n’est plus valable : trop ancien, trop essayé ou déjà utilisé. Demandez-en un autre.',
      wait: 'Beaucoup de messages sont déjà partis. Attendez un peu, puis redemandez.',
      confirmed: 'C’est bien vous. Continuez.',
    },
  },
}
