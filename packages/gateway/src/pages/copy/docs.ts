import type { Locale } from '../../base/locale.ts'

/** The documents are written in English, and so is what stands around them. */
export const docsCopy = {
  title: 'Documentation',
  lead: 'How to sign people in, raise bills, take payments and be told of them.',
  contents: 'Documents',
  start: 'Start',
  nav: { docs: 'Docs', sandbox: 'Sandbox', account: 'Account' },
} as const

type Door = { readonly title: string; readonly more: string }

type LandingWords = {
  readonly title: string
  readonly lead: string
  readonly tryIt: string
  readonly shop: Door
  readonly sandbox: Door
  readonly docs: Door
  readonly account: Door
}

export const landingCopy: Readonly<Record<Locale, LandingWords>> = {
  en: {
    title: 'One gate for identity and payments',
    lead: 'Lango signs people in, takes their payments in every local way and tells merchants so, exactly once. You run it yourself, and every eCitizen and Pesaflow client works with it unchanged.',
    tryIt: 'Try it in the sandbox',
    shop: { title: 'The demo shop', more: 'Sign in, buy something, pay, and watch the order turn to paid.' },
    sandbox: {
      title: 'The sandbox',
      more: 'The phone, the bank and the merchant’s inbox: the other side of each payment.',
    },
    docs: {
      title: 'Documentation',
      more: 'Each call with a sample in your language, and what every answer means.',
    },
    account: { title: 'Your account', more: 'What you allowed, and where you are signed in.' },
  },
  sw: {
    title: 'Lango moja la utambulisho na malipo',
    lead: 'Lango huwaingiza watu, hupokea malipo yao kwa kila njia ya hapa nyumbani na kuwaarifu wafanyabiashara, mara moja tu. Unaliendesha mwenyewe, na kila mteja wa eCitizen na Pesaflow hufanya kazi nalo bila kubadilishwa.',
    tryIt: 'Jaribu hapa',
    shop: { title: 'Duka la mfano', more: 'Ingia, nunua kitu, lipa, na uone agizo likiwa limelipwa.' },
    sandbox: {
      title: 'Uwanja wa majaribio',
      more: 'Simu, benki na kikasha cha mfanyabiashara: upande wa pili wa kila malipo.',
    },
    docs: { title: 'Nyaraka', more: 'Kila ombi na mfano katika lugha yako, na maana ya kila jibu.' },
    account: { title: 'Akaunti yako', more: 'Ulichoruhusu, na ulikoingia.' },
  },
  fr: {
    title: 'Une seule porte pour l’identité et les paiements',
    lead: 'Lango identifie les personnes, reçoit leurs paiements par tous les moyens locaux et en informe les commerçants, une fois et une seule. Vous l’exploitez vous-même, et tout client eCitizen ou Pesaflow fonctionne avec lui sans changement.',
    tryIt: 'Essayez-le ici',
    shop: {
      title: 'La boutique de démonstration',
      more: 'Connectez-vous, achetez, payez, et voyez la commande passer à payée.',
    },
    sandbox: {
      title: 'Le terrain d’essai',
      more: 'Le téléphone, la banque et la boîte de réception du commerçant : l’autre côté de chaque paiement.',
    },
    docs: {
      title: 'La documentation',
      more: 'Chaque appel avec un exemple dans votre langage, et le sens de chaque réponse.',
    },
    account: { title: 'Votre compte', more: 'Ce que vous avez permis, et où votre session est ouverte.' },
  },
}
