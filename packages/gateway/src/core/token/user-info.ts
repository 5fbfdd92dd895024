/** What an application may learn of an account. One table: the consent page reads it out, the answers are made by it. */
import type { Locale, Words } from '../../base/locale.ts'
import type { Application, Releases } from '../application/application.ts'
import type { Api } from '../application/resource.ts'
import { isResourceScope, type Scope } from '../application/scope.ts'

export type Attribute =
  | 'number'
  | 'id-number'
  | 'kind'
  | 'name'
  | 'gender'
  | 'birth-date'
  | 'language'
  | 'email'
  | 'phone'
  | 'tax-number'

type Entry = {
  /** The scope that releases it; null where only the whole national identity does. */
  readonly by: Scope | null
  readonly words: Words
}

const attributes: Readonly<Record<Attribute, Entry>> = {
  name: { by: 'profile', words: { en: 'Your names', sw: 'Majina yako', fr: 'Vos noms' } },
  'id-number': {
    by: null,
    words: { en: 'Your identity number', sw: 'Nambari yako ya kitambulisho', fr: 'Votre numéro d’identité' },
  },
  kind: {
    by: null,
    words: {
      en: 'Your kind of account (citizen, alien, visitor…)',
      sw: 'Aina ya akaunti yako (raia, mgeni…)',
      fr: 'Votre type de compte (citoyen, résident étranger, visiteur…)',
    },
  },
  gender: { by: 'profile', words: { en: 'Your gender', sw: 'Jinsia yako', fr: 'Votre sexe' } },
  'birth-date': {
    by: 'profile',
    words: { en: 'Your date of birth', sw: 'Tarehe yako ya kuzaliwa', fr: 'Votre date de naissance' },
  },
  language: { by: 'profile', words: { en: 'Your language', sw: 'Lugha yako', fr: 'Votre langue' } },
  email: {
    by: 'email',
    words: { en: 'Your e-mail address', sw: 'Anwani yako ya barua pepe', fr: 'Votre adresse e-mail' },
  },
  phone: {
    by: 'phone',
    words: { en: 'Your phone number', sw: 'Nambari yako ya simu', fr: 'Votre numéro de téléphone' },
  },
  'tax-number': { by: null, words: { en: 'Your KRA PIN', sw: 'KRA PIN yako', fr: 'Votre KRA PIN' } },
  number: {
    by: null,
    words: {
      en: 'Your account number and whether it is active',
      sw: 'Nambari ya akaunti yako na kama inatumika',
      fr: 'Votre numéro de compte et s’il est actif',
    },
  },
}

/** What scopes give beside attributes. */
const abilities: Readonly<Partial<Record<Scope, Words>>> = {
  openid: {
    en: 'That it is you who signed in',
    sw: 'Kwamba ni wewe uliyeingia',
    fr: 'Qu’il s’agit bien de vous',
  },
  offline_access: {
    en: 'All this also while you are away, until you disconnect it',
    sw: 'Haya yote hata usipokuwepo, hadi utakapoiondoa',
    fr: 'Tout cela aussi en votre absence, jusqu’à ce que vous le retiriez',
  },
}

/** Pseudo scope in a remembered consent: she agreed to the whole national identity, not only to scopes. */
const nationalIdentity = 'national-identity'

/** Another: she agreed to one attribute that was asked for by itself. No scope looks so. */
const sees = (name: Attribute): string => `sees ${name}`

/** The attributes that an application sees, by scopes or by the words of a consent. */
export function released(releases: Releases, scopes: readonly string[]): readonly Attribute[] {
  const names = Object.keys(attributes) as Attribute[]
  if (releases === 'national-identity') return names
  return names.filter((name) => isReleasedBy(name, scopes) || scopes.includes(sees(name)))
}

function isReleasedBy(name: Attribute, scopes: readonly string[]): boolean {
  const { by } = attributes[name]
  return by !== null && scopes.includes(by)
}

/** Whether an application may ask for an attribute by itself: where it might ask for it by a scope. */
export function mayAsk(application: Pick<Application, 'releases' | 'scopes'>, name: Attribute): boolean {
  return application.releases === 'national-identity' || isReleasedBy(name, application.scopes)
}

/** The words of a consent for a person to read. `apis`: the APIs whose scopes may be among them. */
export function saysWhatIsSeen(
  releases: Releases,
  words: readonly string[],
  apis: readonly Api[],
  locale: Locale,
): readonly string[] {
  const ability = (scope: Scope): readonly string[] => {
    const said = words.includes(scope) ? abilities[scope] : undefined
    return said === undefined ? [] : [said[locale]]
  }
  return [
    ...ability('openid'),
    ...released(releases, words).map((name) => attributes[name].words[locale]),
    ...words.filter(isResourceScope).flatMap((scope) => saysElsewhere(scope, apis, locale)),
    ...ability('offline_access'),
  ]
}

/** A scope of an API is named as its owner named it, once for each API that it opens. */
function saysElsewhere(scope: Scope, apis: readonly Api[], locale: Locale): readonly string[] {
  const names = apis.filter(({ scopes }) => scopes.includes(scope)).map(({ name }) => name)
  return names.length === 0 ? [elsewhere[locale](scope)] : names.map((name) => `${name}: ${scope}`)
}

/** Where no API is registered for the scope. */
const elsewhere: Readonly<Record<Locale, (scope: string) => string>> = {
  en: (scope) => `Permission “${scope}” at services that it works with`,
  sw: (scope) => `Ruhusa “${scope}” kwenye huduma inazofanya kazi nazo`,
  fr: (scope) => `L’autorisation «\u00a0${scope}\u00a0» auprès des services avec lesquels il travaille`,
}

/** What has to be agreed to, in the words in which a consent is remembered. */
export function consentNeeded(
  releases: Releases,
  scopes: readonly Scope[],
  asked: readonly Attribute[] = [],
): readonly string[] {
  if (releases === 'national-identity') return [...scopes, nationalIdentity]
  return [...scopes, ...asked.filter((name) => !isReleasedBy(name, scopes)).map(sees)]
}
