import type { Locale } from '../../base/locale.ts'

/** Words that stand on every page or on many. */
export const frameCopy = {
  en: {
    skip: 'Skip to the content',
    language: 'Language',
    sandbox: 'Sandbox',
    sandboxNote: 'No real money moves here.',
    back: 'Back',
    continue: 'Continue',
    home: 'Home',
    error: 'This needs mending',
    optional: 'optional',
    print: 'Print',
    footer: 'One gate for identity and payments',
  },
  sw: {
    skip: 'Ruka hadi kwenye maudhui',
    language: 'Lugha',
    sandbox: 'Majaribio',
    sandboxNote: 'Hakuna pesa halisi inayohamishwa hapa.',
    back: 'Rudi',
    continue: 'Endelea',
    home: 'Mwanzo',
    error: 'Hapa panahitaji kurekebishwa',
    optional: 'si lazima',
    print: 'Chapisha',
    footer: 'Lango moja la utambulisho na malipo',
  },
  fr: {
    skip: 'Aller au contenu',
    language: 'Langue',
    sandbox: 'Essai',
    sandboxNote: 'Aucun argent réel ne circule ici.',
    back: 'Retour',
    continue: 'Continuer',
    home: 'Accueil',
    error: 'À corriger',
    optional: 'facultatif',
    print: 'Imprimer',
    footer: 'Une seule porte pour l’identité et les paiements',
  },
} as const satisfies Readonly<Record<Locale, Readonly<Record<string, string>>>>
