export type AccountKindWord = 'citizen' | 'alien' | 'visitor' | 'diplomat' | 'business'

/** What an account page may have to say before the rest. */
export type AccountNote = 'removed' | 'language' | 'expired' | 'unknown'

export type AccountWords = {
  readonly title: string
  readonly hello: (name: string) => string
  readonly signOut: string
  readonly notes: Readonly<Record<AccountNote, string>>
  readonly profile: string
  readonly profileMore: string
  readonly kind: string
  readonly kinds: Readonly<Record<AccountKindWord, string>>
  readonly name: string
  readonly surname: string
  readonly idNumber: string
  readonly email: string
  readonly phone: string
  readonly verified: string
  readonly unverified: string
  readonly gender: string
  readonly genders: Readonly<Record<'m' | 'f', string>>
  readonly bornOn: string
  readonly kraPin: string
  readonly number: string
  readonly none: string
  readonly services: string
  readonly servicesMore: string
  readonly noServices: string
  readonly by: (organization: string) => string
  readonly sees: string
  readonly since: (time: string) => string
  readonly removeOne: (application: string) => string
  readonly facts: string
  readonly signedIn: string
  readonly passwordChanged: string
  readonly created: string
  readonly timesIn: string
  readonly security: string
  readonly securityMore: string
  readonly toSecurity: string
  readonly toProfile: string
  readonly language: string
  readonly languageMore: string
  readonly browserOn: (browser: string, system: string) => string
  readonly unknownBrowser: string
}
