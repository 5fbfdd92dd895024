import type { Locale } from '../../base/locale.ts'

type ConsentCopy = {
  readonly title: (application: string) => string
  readonly by: string
  readonly sees: string
  readonly as: string
  readonly later: string
  readonly proceed: string
  readonly back: string
}

export const consentCopy: Readonly<Record<Locale, ConsentCopy>> = {
  en: {
    title: (application) => `Let ${application} in?`,
    by: 'This service is run by',
    sees: 'It will see',
    as: 'You are signed in as',
    later: 'You can take this back at any time under “Connected services” on your account page.',
    proceed: 'Proceed',
    back: 'Back',
  },
  sw: {
    title: (application) => `Ruhusu ${application} kuingia?`,
    by: 'Huduma hii inaendeshwa na',
    sees: 'Itaona',
    as: 'Umeingia kama',
    later:
      'Unaweza kuondoa ruhusa hii wakati wowote chini ya “Huduma zilizounganishwa” kwenye ukurasa wa akaunti yako.',
    proceed: 'Endelea',
    back: 'Rudi',
  },
  fr: {
    title: (application) => `Laisser entrer ${application} ?`,
    by: 'Ce service est géré par',
    sees: 'Il verra',
    as: 'Vous agissez en tant que',
    later:
      'Vous pouvez revenir sur ce choix à tout moment, sous « Services connectés », sur la page de votre compte.',
    proceed: 'Continuer',
    back: 'Retour',
  },
}
