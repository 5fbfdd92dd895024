import type { Locale } from '../../base/locale.ts'

/** What the page of a second proof may have to say before it asks. */
export type SecondStepNote = 'failed' | 'expired' | 'other-tab' | 'unreadable' | 'not-sent'

type SecondStepCopy = {
  readonly title: string
  readonly lead: (name: string) => string
  readonly confirmTitle: string
  readonly confirmLead: (name: string) => string
  readonly code: string
  readonly codeHint: string
  readonly submit: string
  readonly trust: string
  readonly or: string
  readonly passkey: string
  readonly passkeyTrouble: string
  readonly passkeyNeedsScripts: string
  readonly recovery: string
  readonly recoveryHint: string
  readonly recoverySubmit: string
  readonly password: string
  readonly send: Readonly<Record<'email' | 'sms', (address: string) => string>>
  readonly sentCode: string
  readonly sentHint: string
  readonly startAgain: string
  readonly lost: string
  readonly missingTitle: string
  readonly missingMore: string
  readonly setUp: string
  readonly goOn: string
  readonly notes: Readonly<Record<SecondStepNote, { readonly title: string; readonly more: string }>>
}

export const secondStepCopy: Readonly<Record<Locale, SecondStepCopy>> = {
  en: {
    title: 'One more step',
    lead: (name) => `The password is right, ${name}. Now show that you hold what only you have.`,
    confirmTitle: 'Confirm that it is you',
    confirmLead: (name) => `You are signed in as ${name}. What comes next needs a fresh proof.`,
    code: 'Code from your authenticator app',
    codeHint: 'Six digits. The app shows a new code every half minute.',
    submit: 'Go on',
    trust: 'Do not ask for this step in this browser for 30 days. Tick it on a device of your own only.',
    or: 'or',
    passkey: 'Use a passkey',
    passkeyTrouble: 'The passkey was not used. Press the button to try again, or take another way.',
    passkeyNeedsScripts:
      'Your account also has a passkey. To use it, open this page in a browser that knows passkeys, with scripts switched on.',
    recovery: 'Recovery code',
    recoveryHint: 'One of the ten that you printed or wrote down. Each works once.',
    recoverySubmit: 'Use the recovery code',
    password: 'Password',
    send: {
      email: (address) => `Send a code to ${address}`,
      sms: (address) => `Send a code by SMS to ${address}`,
    },
    sentCode: 'Code that we sent you',
    sentHint: 'Six digits, valid for ten minutes. It may take a moment to arrive.',
    startAgain: 'Start again, or use another account',
    lost: 'Everything lost, the recovery codes too? The help desk of the service that sent you here can have your account checked.',
    missingTitle: 'This needs a second factor',
    missingMore:
      'A password alone is not enough for what comes next. Add a passkey or an authenticator app to your account; it takes two minutes.',
    setUp: 'Set it up now',
    goOn: 'Go on without it',
    notes: {
      failed: {
        title: 'That did not match',
        more: 'A code of an app works once and for about a minute: wait for the next one. A recovery code works once.',
      },
      expired: {
        title: 'This page had waited too long',
        more: 'Nothing was sent on. Here it is afresh: please do this step once more.',
      },
      'other-tab': {
        title: 'Another sign-in was begun in another tab',
        more: 'This page now belongs to the newer one. Do its step here, or start again.',
      },
      'not-sent': { title: 'No code could be sent there', more: 'Take another way, or try again later.' },
      unreadable: { title: 'Something is missing', more: 'Fill in the field, and go on.' },
    },
  },
  sw: {
    title: 'Hatua moja zaidi',
    lead: (name) =>
      `Nenosiri ni sahihi, ${name}. Sasa onyesha kwamba unacho kile ambacho ni chako peke yako.`,
    confirmTitle: 'Thibitisha kwamba ni wewe',
    confirmLead: (name) => `Umeingia kama ${name}. Kinachofuata kinahitaji uthibitisho mpya.`,
    code: 'Msimbo kutoka kwa programu yako ya uthibitishaji',
    codeHint: 'Tarakimu sita. Programu huonyesha msimbo mpya kila nusu dakika.',
    submit: 'Endelea',
    trust: 'Usiulize hatua hii kwenye kivinjari hiki kwa siku 30. Chagua hii kwenye kifaa chako mwenyewe tu.',
    or: 'au',
    passkey: 'Tumia ufunguo wa siri',
    passkeyTrouble: 'Ufunguo wa siri haukutumika. Bonyeza kitufe ujaribu tena, au tumia njia nyingine.',
    passkeyNeedsScripts:
      'Akaunti yako pia ina ufunguo wa siri. Ili kuutumia, fungua ukurasa huu katika kivinjari kinachojua funguo za siri, chenye hati zilizowashwa.',
    recovery: 'Msimbo wa akiba',
    recoveryHint: 'Mmojawapo wa ile kumi uliyochapisha au kuandika. Kila mmoja hutumika mara moja.',
    recoverySubmit: 'Tumia msimbo wa akiba',
    password: 'Nenosiri',
    send: {
      email: (address) => `Tuma msimbo kwa ${address}`,
      sms: (address) => `Tuma msimbo kwa SMS kwa ${address}`,
    },
    sentCode: 'Msimbo tuliokutumia',
    sentHint: 'Tarakimu sita, unafaa kwa dakika kumi. Huenda ukachukua muda kidogo kufika.',
    startAgain: 'Anza tena, au tumia akaunti nyingine',
    lost: 'Umepoteza vyote, hata misimbo ya akiba? Dawati la usaidizi la huduma iliyokuleta hapa linaweza kuomba akaunti yako ikaguliwe.',
    missingTitle: 'Hapa panahitaji uthibitisho wa pili',
    missingMore:
      'Nenosiri pekee halitoshi kwa kinachofuata. Ongeza ufunguo wa siri au programu ya uthibitishaji kwenye akaunti yako; ni dakika mbili tu.',
    setUp: 'Iweke sasa',
    goOn: 'Endelea bila hiyo',
    notes: {
      failed: {
        title: 'Hayo hayalingani',
        more: 'Msimbo wa programu hutumika mara moja na kwa takriban dakika moja: subiri unaofuata. Msimbo wa akiba hutumika mara moja.',
      },
      expired: {
        title: 'Ukurasa huu ulisubiri muda mrefu mno',
        more: 'Hakuna kilichotumwa. Huu hapa upya: tafadhali fanya hatua hii tena.',
      },
      'other-tab': {
        title: 'Kuingia kwingine kulianzishwa katika kichupo kingine',
        more: 'Ukurasa huu sasa ni wa kule kupya. Fanya hatua yake hapa, au anza tena.',
      },
      'not-sent': {
        title: 'Hakuna msimbo uliotumwa huko',
        more: 'Tumia njia nyingine, au ujaribu tena baadaye.',
      },
      unreadable: { title: 'Kuna kitu kinakosekana', more: 'Jaza sehemu, kisha uendelee.' },
    },
  },
  fr: {
    title: 'Encore une étape',
    lead: (name) =>
      `Le mot de passe est juste, ${name}. Montrez maintenant que vous détenez ce que vous seul avez.`,
    confirmTitle: 'Confirmez que c’est bien vous',
    confirmLead: (name) => `Session ouverte : ${name}. La suite demande une nouvelle preuve.`,
    code: 'Code de votre application d’authentification',
    codeHint: 'Six chiffres. L’application en affiche un nouveau toutes les trente secondes.',
    submit: 'Continuer',
    trust:
      'Ne plus demander cette étape dans ce navigateur pendant 30 jours. À cocher uniquement sur un appareil à vous.',
    or: 'ou',
    passkey: 'Utiliser une clé d’accès',
    passkeyTrouble:
      'La clé d’accès n’a pas servi. Appuyez sur le bouton pour réessayer, ou prenez un autre chemin.',
    passkeyNeedsScripts:
      'Votre compte a aussi une clé d’accès. Pour vous en servir, ouvrez cette page dans un navigateur qui connaît les clés d’accès, scripts activés.',
    recovery: 'Code de secours',
    recoveryHint: 'L’un des dix que vous avez imprimés ou notés. Chacun sert une fois.',
    recoverySubmit: 'Utiliser le code de secours',
    password: 'Mot de passe',
    send: {
      email: (address) => `Envoyer un code à ${address}`,
      sms: (address) => `Envoyer un code par SMS au ${address}`,
    },
    sentCode: 'Code que nous vous avons envoyé',
    sentHint: 'Six chiffres, valables dix minutes. Il peut tarder un peu.',
    startAgain: 'Recommencer, ou prendre un autre compte',
    lost: 'Tout perdu, même les codes de secours ? L’assistance du service qui vous a envoyé ici peut faire vérifier votre compte.',
    missingTitle: 'Il faut ici un second facteur',
    missingMore:
      'Un mot de passe seul ne suffit pas pour la suite. Ajoutez une clé d’accès ou une application d’authentification à votre compte ; cela prend deux minutes.',
    setUp: 'L’ajouter maintenant',
    goOn: 'Continuer sans',
    notes: {
      failed: {
        title: 'Cela ne correspond pas',
        more: 'Le code d’une application sert une fois, pendant une minute environ : attendez le suivant. Un code de secours sert une fois.',
      },
      expired: {
        title: 'Cette page a attendu trop longtemps',
        more: 'Rien n’a été transmis. La voici de nouveau : veuillez refaire cette étape.',
      },
      'other-tab': {
        title: 'Une autre connexion a été commencée dans un autre onglet',
        more: 'Cette page est maintenant celle de la plus récente. Faites-en l’étape ici, ou recommencez.',
      },
      'not-sent': {
        title: 'Aucun code n’a pu y être envoyé',
        more: 'Prenez un autre chemin, ou réessayez plus tard.',
      },
      unreadable: { title: 'Il manque quelque chose', more: 'Remplissez le champ, puis continuez.' },
    },
  },
}
