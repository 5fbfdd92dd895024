import type { Locale } from '../../base/locale.ts'

/** What there may be to say before an address is asked for. */
export type RegistrationNote = 'unreadable' | 'country' | 'medium' | 'restart'

/** What may be wrong with what was typed for the account itself. */
export type DetailsFault = 'first_name' | 'last_name' | 'password'

type RegistrationCopy = {
  readonly title: string
  readonly lead: string
  readonly address: string
  readonly addressHint: string
  readonly send: string
  readonly have: string
  readonly signIn: string
  readonly codeTitle: string
  readonly sentTo: (address: string) => string
  readonly otherAddress: string
  readonly detailsTitle: string
  readonly detailsLead: (address: string) => string
  readonly firstName: string
  readonly lastName: string
  readonly lastNameHint: string
  readonly password: string
  readonly passwordHint: string
  readonly submit: string
  readonly notes: Readonly<Record<RegistrationNote, { readonly title: string; readonly more: string }>>
  readonly faults: Readonly<Record<DetailsFault, string>>
}

export const registrationCopy: Readonly<Record<Locale, RegistrationCopy>> = {
  en: {
    title: 'Create an account',
    lead: 'First we make sure that an address is yours. A code goes to it.',
    address: 'E-mail address or phone number',
    addressHint: 'A phone number works with or without the country code.',
    send: 'Send me a code',
    have: 'You have an account already?',
    signIn: 'Sign in',
    codeTitle: 'Type the code',
    sentTo: (address) => `We have written to ${address}. Type the six digits of the message here.`,
    otherAddress: 'Use another address',
    detailsTitle: 'Who are you?',
    detailsLead: (address) => `${address} is yours. Two more things, and the account is there.`,
    firstName: 'First name',
    lastName: 'Last name',
    lastNameHint: 'As in your documents. Leave it empty if you have one name only.',
    password: 'Password',
    passwordHint: 'At least 8 characters. A few words in a row are good; no digit or sign is needed.',
    submit: 'Create the account',
    notes: {
      unreadable: {
        title: 'We cannot read that',
        more: 'Type an e-mail address such as amina@example.com, or a phone number.',
      },
      country: {
        title: 'We send no SMS to that country',
        more: 'Use an e-mail address, or a phone number of a country that is served here.',
      },
      medium: {
        title: 'We cannot write there at the moment',
        more: 'Try the other way: an e-mail address instead of a phone number, or the other way round. If neither works, tell the help desk of the service that sent you here.',
      },
      restart: { title: 'Please begin once more', more: 'The code was used, or too much time went by.' },
    },
    faults: {
      first_name: 'Type a name of at most 100 letters.',
      last_name: 'Type at most 100 letters.',
      password:
        'Choose another one: at least 8 characters, not your own address, and none that is guessed first or was stolen somewhere.',
    },
  },
  sw: {
    title: 'Fungua akaunti',
    lead: 'Kwanza tunahakikisha kwamba anwani ni yako. Msimbo unatumwa kwake.',
    address: 'Barua pepe au nambari ya simu',
    addressHint: 'Nambari ya simu inafaa ikiwa na msimbo wa nchi au bila.',
    send: 'Nitumie msimbo',
    have: 'Tayari una akaunti?',
    signIn: 'Ingia',
    codeTitle: 'Andika msimbo',
    sentTo: (address) => `Tumeandikia ${address}. Andika hapa tarakimu sita za ujumbe huo.`,
    otherAddress: 'Tumia anwani nyingine',
    detailsTitle: 'Wewe ni nani?',
    detailsLead: (address) => `${address} ni yako. Mambo mawili zaidi, kisha akaunti iko tayari.`,
    firstName: 'Jina la kwanza',
    lastName: 'Jina la mwisho',
    lastNameHint: 'Kama kwenye hati zako. Acha wazi ikiwa una jina moja tu.',
    password: 'Nenosiri',
    passwordHint: 'Angalau herufi 8. Maneno machache mfululizo yanafaa; tarakimu au alama si lazima.',
    submit: 'Fungua akaunti',
    notes: {
      unreadable: {
        title: 'Hatuwezi kusoma hilo',
        more: 'Andika barua pepe kama amina@example.com, au nambari ya simu.',
      },
      country: {
        title: 'Hatutumi SMS katika nchi hiyo',
        more: 'Tumia barua pepe, au nambari ya simu ya nchi inayohudumiwa hapa.',
      },
      medium: {
        title: 'Hatuwezi kuandika huko kwa sasa',
        more: 'Jaribu njia nyingine: barua pepe badala ya simu, au kinyume chake. Zote zikishindikana, waambie dawati la usaidizi la huduma iliyokuleta hapa.',
      },
      restart: { title: 'Tafadhali anza tena', more: 'Msimbo umetumika, au muda mrefu umepita.' },
    },
    faults: {
      first_name: 'Andika jina lisilozidi herufi 100.',
      last_name: 'Andika herufi zisizozidi 100.',
      password:
        'Chagua jingine: angalau herufi 8, lisiwe anwani yako, wala linalokisiwa kwanza au lililowahi kuibwa mahali.',
    },
  },
  fr: {
    title: 'Créer un compte',
    lead: 'D’abord, nous vérifions qu’une adresse est à vous. Un code lui est envoyé.',
    address: 'Adresse e-mail ou numéro de téléphone',
    addressHint: 'Un numéro convient avec ou sans l’indicatif du pays.',
    send: 'Envoyez-moi un code',
    have: 'Vous avez déjà un compte ?',
    signIn: 'Se connecter',
    codeTitle: 'Saisissez le code',
    sentTo: (address) => `Nous avons écrit à ${address}. Saisissez ici les six chiffres du message.`,
    otherAddress: 'Utiliser une autre adresse',
    detailsTitle: 'Qui êtes-vous ?',
    detailsLead: (address) => `${address} est à vous. Encore deux choses, et le compte est là.`,
    firstName: 'Prénom',
    lastName: 'Nom',
    lastNameHint: 'Comme sur vos documents. Laissez vide si vous n’avez qu’un seul nom.',
    password: 'Mot de passe',
    passwordHint:
      'Au moins 8 caractères. Quelques mots à la suite conviennent ; aucun chiffre ni signe n’est exigé.',
    submit: 'Créer le compte',
    notes: {
      unreadable: {
        title: 'Nous ne pouvons pas lire cela',
        more: 'Saisissez une adresse e-mail comme amina@example.com, ou un numéro de téléphone.',
      },
      country: {
        title: 'Nous n’envoyons pas de SMS dans ce pays',
        more: 'Utilisez une adresse e-mail, ou un numéro d’un pays desservi ici.',
      },
      medium: {
        title: 'Nous ne pouvons pas écrire là pour le moment',
        more: 'Essayez l’autre voie : une adresse e-mail au lieu d’un numéro, ou l’inverse. Si aucune ne marche, dites-le au service qui vous a amené ici.',
      },
      restart: { title: 'Veuillez recommencer', more: 'Le code a servi, ou trop de temps a passé.' },
    },
    faults: {
      first_name: 'Saisissez un nom de 100 lettres au plus.',
      last_name: 'Saisissez 100 lettres au plus.',
      password:
        'Choisissez-en un autre : au moins 8 caractères, pas votre propre adresse, ni l’un de ceux que l’on devine d’abord ou qui ont été volés quelque part.',
    },
  },
}
