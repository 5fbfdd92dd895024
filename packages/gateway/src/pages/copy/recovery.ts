import type { Locale } from '../../base/locale.ts'

/** What there may be to say before a name is asked for. */
export type RecoveryNote = 'unreadable' | 'gone'

type RecoveryCopy = {
  readonly title: string
  readonly lead: string
  readonly send: string
  readonly remembered: string
  readonly signIn: string
  readonly sentTitle: string
  readonly sent: string
  readonly sentMore: string
  readonly choose: string
  readonly chooseLead: string
  readonly submit: string
  readonly notes: Readonly<Record<RecoveryNote, { readonly title: string; readonly more: string }>>
}

export const recoveryCopy: Readonly<Record<Locale, RecoveryCopy>> = {
  en: {
    title: 'Choose a new password',
    lead: 'Tell us which account it is. We write to an address that belongs to it.',
    send: 'Write to me',
    remembered: 'Remembered it?',
    signIn: 'Sign in',
    sentTitle: 'Look at your messages',
    sent: 'If there is such an account, a message is on its way to it.',
    sentMore: 'An e-mail holds a link: open it on any device. Or type the code of the message here.',
    choose: 'Choose a new password',
    chooseLead:
      'It holds at once. Every browser is signed out, and what applications were allowed ends: you sign in anew.',
    submit: 'Set the new password',
    notes: {
      unreadable: {
        title: 'We cannot read that',
        more: 'Type an ID number, an e-mail address or a phone number.',
      },
      gone: {
        title: 'That link leads nowhere any more',
        more: 'It works once, for fifteen minutes, and only until the password or the address changes. Ask for another.',
      },
    },
  },
  sw: {
    title: 'Chagua nenosiri jipya',
    lead: 'Tuambie ni akaunti gani. Tutaandikia anwani iliyo yake.',
    send: 'Niandikie',
    remembered: 'Umelikumbuka?',
    signIn: 'Ingia',
    sentTitle: 'Angalia ujumbe wako',
    sent: 'Kama akaunti hiyo ipo, ujumbe uko njiani.',
    sentMore:
      'Barua pepe ina kiungo: kifungue kwenye kifaa chochote. Au andika hapa msimbo ulio kwenye ujumbe.',
    choose: 'Chagua nenosiri jipya',
    chooseLead:
      'Linaanza mara moja. Vivinjari vyote vinatolewa, na ruhusa za programu zinakwisha: utaingia upya.',
    submit: 'Weka nenosiri jipya',
    notes: {
      unreadable: {
        title: 'Hatuwezi kusoma hilo',
        more: 'Andika nambari ya kitambulisho, barua pepe au nambari ya simu.',
      },
      gone: {
        title: 'Kiungo hicho hakifiki popote tena',
        more: 'Kinafaa mara moja, kwa dakika kumi na tano, na hadi nenosiri au anwani ibadilike. Omba kingine.',
      },
    },
  },
  fr: {
    title: 'Choisir un nouveau mot de passe',
    lead: 'Dites-nous de quel compte il s’agit. Nous écrivons à une adresse qui lui appartient.',
    send: 'Écrivez-moi',
    remembered: 'Il vous revient ?',
    signIn: 'Se connecter',
    sentTitle: 'Regardez vos messages',
    sent: 'Si ce compte existe, un message est en route.',
    sentMore:
      'Un e-mail contient un lien : ouvrez-le sur l’appareil de votre choix. Ou saisissez ici le code du message.',
    choose: 'Choisir un nouveau mot de passe',
    chooseLead:
      'Il vaut aussitôt. Tous les navigateurs sont déconnectés et les autorisations des applications prennent fin : vous vous connectez à nouveau.',
    submit: 'Enregistrer le mot de passe',
    notes: {
      unreadable: {
        title: 'Nous ne pouvons pas lire cela',
        more: 'Saisissez un numéro d’identité, une adresse e-mail ou un numéro de téléphone.',
      },
      gone: {
        title: 'Ce lien ne mène plus nulle part',
        more: 'Il sert une fois, pendant quinze minutes, et seulement tant que ni le mot de passe ni l’adresse ne changent. Demandez-en un autre.',
      },
    },
  },
}
