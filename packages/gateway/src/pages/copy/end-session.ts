import type { Locale } from '../../base/locale.ts'

type EndSessionCopy = {
  readonly title: string
  readonly asks: (application: string) => string
  readonly somebody: string
  readonly all: string
  readonly strayed: string
  readonly leave: string
  readonly stay: string
}

export const endSessionCopy: Readonly<Record<Locale, EndSessionCopy>> = {
  en: {
    title: 'Sign out?',
    asks: (application) => `${application} asks to sign you out here.`,
    somebody: 'A service asks to sign you out here.',
    all: 'You will then be signed out of this gate. Services that can hear of it sign you out too.',
    strayed:
      'The service wants you at an address afterwards that it did not register. You will not be taken there.',
    leave: 'Sign out',
    stay: 'Stay signed in',
  },
  sw: {
    title: 'Ungependa kutoka?',
    asks: (application) => `${application} inaomba utoke hapa.`,
    somebody: 'Huduma fulani inaomba utoke hapa.',
    all: 'Utakuwa umetoka kwenye lango hili. Huduma zinazoweza kuarifiwa zitakutoa pia.',
    strayed: 'Huduma hiyo inataka uende kwenye anwani ambayo haikuisajili. Hutapelekwa huko.',
    leave: 'Toka',
    stay: 'Baki ndani',
  },
  fr: {
    title: 'Se déconnecter\u00a0?',
    asks: (application) => `${application} demande à vous déconnecter ici.`,
    somebody: 'Un service demande à vous déconnecter ici.',
    all: 'Vous quitterez cette porte. Les services qui peuvent en être avertis vous déconnecteront aussi.',
    strayed:
      'Le service veut ensuite vous envoyer à une adresse qu’il n’a pas enregistrée. Vous n’y serez pas conduit.',
    leave: 'Se déconnecter',
    stay: 'Garder la session',
  },
}
