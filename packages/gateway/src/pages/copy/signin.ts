import type { Locale } from '../../base/locale.ts'

type SignInCopy = {
  readonly title: string
  readonly lead: string
  readonly to: string
  readonly runBy: string
  readonly identifier: string
  readonly identifierHint: string
  readonly password: string
  readonly submit: string
  readonly or: string
  readonly passkey: string
  readonly passkeyTrouble: string
  readonly noAccount: string
  readonly register: string
  readonly forgot: string
  readonly recover: string
  readonly already: (name: string) => string
  readonly alreadyMore: string
  readonly goOn: (name: string) => string
  readonly onTitle: string
  readonly onMore: string
  readonly on: string
  readonly notes: Readonly<Record<SignInNote, { readonly title: string; readonly more: string }>>
  readonly waitTitle: string
  readonly wait: (time: string) => string
  readonly seconds: (count: number) => string
  readonly minutes: (count: number) => string
  readonly signOutTitle: string
  readonly signOutMore: string
  readonly signOut: string
  readonly stay: string
}

/** What a sign-in page may have to say before it asks. */
export type SignInNote =
  | 'failed'
  | 'expired'
  | 'cookies'
  | 'unreadable'
  | 'signed-out'
  | 'passkey'
  | 'start-again'
  | 'recovered'
  | 'registered'

export const signInCopy: Readonly<Record<Locale, SignInCopy>> = {
  en: {
    title: 'Sign in',
    lead: 'One account opens every service behind this gate.',
    to: 'To continue to',
    runBy: 'run by',
    identifier: 'ID number, e-mail or phone',
    identifierHint: 'Whichever you remember. A phone number works with or without the country code.',
    password: 'Password',
    submit: 'Sign in',
    or: 'or',
    passkey: 'Sign in with a passkey',
    passkeyTrouble: 'The passkey was not used. Press the button to try again, or sign in with your password.',
    noAccount: 'No account yet?',
    register: 'Create one',
    forgot: 'Forgot the password?',
    recover: 'Choose a new one',
    already: (name) => `You are signed in as ${name}`,
    alreadyMore: 'Go on as you are, or sign in below to confirm that it is you or to use another account.',
    goOn: (name) => `Go on as ${name}`,
    onTitle: 'You are signed in',
    onMore: 'We are taking you back to where you came from.',
    on: 'Go on',
    notes: {
      failed: {
        title: 'That did not match',
        more: 'Check what you typed, and try again. Capital and small letters differ in a password.',
      },
      expired: {
        title: 'This page had waited too long',
        more: 'Nothing was sent on. Please type your password once more.',
      },
      cookies: {
        title: 'Your browser holds our cookie back',
        more: 'Signing in needs one cookie from this address. Allow cookies for it in the settings of your browser, or open this page in another browser, and sign in again.',
      },
      unreadable: { title: 'Something is missing', more: 'Fill in both fields, and sign in again.' },
      passkey: {
        title: 'That passkey did not open the door',
        more: 'It may have been removed from the account, or this page had waited too long. Try it once more, or sign in with your password.',
      },
      'start-again': {
        title: 'Please begin with your password',
        more: 'Too much time has passed since it was given, or it was given in another browser. Nothing is lost: just sign in once more.',
      },
      recovered: {
        title: 'Your new password is set',
        more: 'Sign in with it. Every browser was signed out.',
      },
      registered: {
        title: 'Your account is there',
        more: 'Sign in with the password that you have just chosen.',
      },
      'signed-out': { title: 'You are signed out', more: 'On a shared device, close the browser too.' },
    },
    waitTitle: 'Too many tries',
    wait: (time) =>
      `To protect the account, the next try is possible in ${time}. A browser where you signed in before does not have to wait.`,
    seconds: (count) => (count === 1 ? '1 second' : `${count} seconds`),
    minutes: (count) => (count === 1 ? '1 minute' : `${count} minutes`),
    signOutTitle: 'Sign out?',
    signOutMore: 'Services that you opened from here may keep you signed in with them for a while.',
    signOut: 'Sign out',
    stay: 'Stay signed in',
  },
  sw: {
    title: 'Ingia',
    lead: 'Akaunti moja inafungua huduma zote zilizo nyuma ya lango hili.',
    to: 'Ili kuendelea kwenye',
    runBy: 'inayoendeshwa na',
    identifier: 'Nambari ya kitambulisho, barua pepe au simu',
    identifierHint: 'Yoyote unayoikumbuka. Nambari ya simu inafaa ikiwa na msimbo wa nchi au bila.',
    password: 'Nenosiri',
    submit: 'Ingia',
    or: 'au',
    passkey: 'Ingia kwa ufunguo wa siri',
    passkeyTrouble: 'Ufunguo wa siri haukutumika. Bonyeza kitufe ujaribu tena, au ingia kwa nenosiri lako.',
    noAccount: 'Huna akaunti?',
    register: 'Fungua moja',
    forgot: 'Umesahau nenosiri?',
    recover: 'Chagua jipya',
    already: (name) => `Umeingia kama ${name}`,
    alreadyMore:
      'Endelea ulivyo, au ingia hapa chini kuthibitisha kwamba ni wewe au kutumia akaunti nyingine.',
    goOn: (name) => `Endelea kama ${name}`,
    onTitle: 'Umeingia',
    onMore: 'Tunakurudisha ulikotoka.',
    on: 'Endelea',
    notes: {
      failed: {
        title: 'Hayo hayalingani',
        more: 'Angalia ulichoandika, kisha ujaribu tena. Herufi kubwa na ndogo ni tofauti katika nenosiri.',
      },
      expired: {
        title: 'Ukurasa huu ulisubiri muda mrefu mno',
        more: 'Hakuna kilichotumwa. Tafadhali andika nenosiri lako tena.',
      },
      cookies: {
        title: 'Kivinjari chako kinazuia kidakuzi chetu',
        more: 'Kuingia kunahitaji kidakuzi kimoja kutoka anwani hii. Kiruhusu katika mipangilio ya kivinjari chako, au fungua ukurasa huu katika kivinjari kingine, kisha uingie tena.',
      },
      unreadable: { title: 'Kuna kitu kinakosekana', more: 'Jaza sehemu zote mbili, kisha uingie tena.' },
      passkey: {
        title: 'Ufunguo huo wa siri haukufungua',
        more: 'Huenda umeondolewa kwenye akaunti, au ukurasa huu ulisubiri muda mrefu mno. Ujaribu tena, au ingia kwa nenosiri lako.',
      },
      'start-again': {
        title: 'Tafadhali anza na nenosiri lako',
        more: 'Muda mrefu umepita tangu ulitoe, au lilitolewa katika kivinjari kingine. Hakuna kilichopotea: ingia tu mara nyingine.',
      },
      recovered: {
        title: 'Nenosiri lako jipya linafanya kazi',
        more: 'Ingia kwa kulitumia. Vivinjari vyote vimetolewa.',
      },
      registered: { title: 'Akaunti yako iko tayari', more: 'Ingia kwa nenosiri ulilochagua sasa hivi.' },
      'signed-out': { title: 'Umetoka', more: 'Kwenye kifaa kinachotumiwa na wengi, funga kivinjari pia.' },
    },
    waitTitle: 'Majaribio ni mengi mno',
    wait: (time) =>
      `Ili kulinda akaunti, unaweza kujaribu tena baada ya ${time}. Kivinjari ulichowahi kuingia nacho hakihitaji kusubiri.`,
    seconds: (count) => `sekunde ${count}`,
    minutes: (count) => `dakika ${count}`,
    signOutTitle: 'Ungependa kutoka?',
    signOutMore: 'Huduma ulizofungua kutoka hapa zinaweza kuendelea kukutambua kwa muda.',
    signOut: 'Toka',
    stay: 'Baki ndani',
  },
  fr: {
    title: 'Connexion',
    lead: 'Un seul compte ouvre tous les services derrière cette porte.',
    to: 'Pour continuer vers',
    runBy: 'géré par',
    identifier: 'Numéro d’identité, e-mail ou téléphone',
    identifierHint:
      'Celui dont vous vous souvenez. Un numéro de téléphone convient avec ou sans l’indicatif du pays.',
    password: 'Mot de passe',
    submit: 'Se connecter',
    or: 'ou',
    passkey: 'Se connecter avec une clé d’accès',
    passkeyTrouble:
      'La clé d’accès n’a pas servi. Appuyez sur le bouton pour réessayer, ou connectez-vous avec votre mot de passe.',
    noAccount: 'Pas encore de compte ?',
    register: 'En créer un',
    forgot: 'Mot de passe oublié ?',
    recover: 'En choisir un autre',
    already: (name) => `Session ouverte : ${name}`,
    alreadyMore:
      'Continuez ainsi, ou connectez-vous ci-dessous pour confirmer que c’est bien vous ou pour utiliser un autre compte.',
    goOn: (name) => `Continuer en tant que ${name}`,
    onTitle: 'Connexion réussie',
    onMore: 'Nous vous ramenons là d’où vous venez.',
    on: 'Continuer',
    notes: {
      failed: {
        title: 'Cela ne correspond pas',
        more: 'Vérifiez votre saisie, puis réessayez. Un mot de passe distingue les majuscules des minuscules.',
      },
      expired: {
        title: 'Cette page a attendu trop longtemps',
        more: 'Rien n’a été transmis. Veuillez saisir votre mot de passe une nouvelle fois.',
      },
      cookies: {
        title: 'Votre navigateur retient notre cookie',
        more: 'La connexion a besoin d’un cookie de cette adresse. Autorisez-le dans les réglages de votre navigateur, ou ouvrez cette page dans un autre navigateur, puis connectez-vous de nouveau.',
      },
      unreadable: {
        title: 'Il manque quelque chose',
        more: 'Remplissez les deux champs, puis connectez-vous de nouveau.',
      },
      passkey: {
        title: 'Cette clé d’accès n’a pas ouvert la porte',
        more: 'Elle a peut-être été retirée du compte, ou cette page a attendu trop longtemps. Réessayez, ou connectez-vous avec votre mot de passe.',
      },
      'start-again': {
        title: 'Commencez par votre mot de passe',
        more: 'Trop de temps a passé depuis sa saisie, ou elle a eu lieu dans un autre navigateur. Rien n’est perdu : connectez-vous simplement de nouveau.',
      },
      recovered: {
        title: 'Votre nouveau mot de passe est en vigueur',
        more: 'Connectez-vous avec lui. Tous les navigateurs ont été déconnectés.',
      },
      registered: {
        title: 'Votre compte est prêt',
        more: 'Connectez-vous avec le mot de passe que vous venez de choisir.',
      },
      'signed-out': {
        title: 'Vous avez quitté votre session',
        more: 'Sur un appareil partagé, fermez aussi le navigateur.',
      },
    },
    waitTitle: 'Trop d’essais',
    wait: (time) =>
      `Pour protéger le compte, le prochain essai sera possible dans ${time}. Un navigateur qui a déjà servi à vous connecter n’a pas à attendre.`,
    seconds: (count) => (count < 2 ? `${count} seconde` : `${count} secondes`),
    minutes: (count) => (count < 2 ? `${count} minute` : `${count} minutes`),
    signOutTitle: 'Se déconnecter ?',
    signOutMore: 'Les services ouverts à partir d’ici peuvent encore vous reconnaître pendant un moment.',
    signOut: 'Se déconnecter',
    stay: 'Garder la session',
  },
}
