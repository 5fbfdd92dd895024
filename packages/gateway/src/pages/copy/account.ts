import type { Locale } from './locale.ts'

export type AccountKindWord = 'citizen' | 'alien' | 'visitor' | 'diplomat' | 'business'

/** What an account page may have to say before the rest. */
export type AccountNote =
  | 'removed'
  | 'session-ended'
  | 'language'
  | 'expired'
  | 'unknown'
  | 'password-changed'
  | 'password-wrong'
  | 'password-weak'
  | 'password-wait'

type AccountCopy = {
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
  readonly sessions: string
  readonly sessionsMore: string
  readonly here: string
  readonly signedInAt: (time: string) => string
  readonly seenAt: (time: string) => string
  readonly endSessionOf: (browser: string) => string
  readonly everywhere: string
  readonly everywhereMore: string
  readonly facts: string
  readonly signedIn: string
  readonly passwordChanged: string
  readonly created: string
  readonly timesIn: string
  readonly password: string
  readonly passwordMore: string
  readonly current: string
  readonly chosen: string
  readonly chosenHint: string
  readonly change: string
  readonly language: string
  readonly languageMore: string
  readonly browserOn: (browser: string, system: string) => string
  readonly unknownBrowser: string
}

export const accountCopy: Readonly<Record<Locale, AccountCopy>> = {
  en: {
    title: 'Your account',
    hello: (name) => `Karibu, ${name}`,
    signOut: 'Sign out',
    notes: {
      removed: 'Removed. That service sees nothing of you any more, and has to ask again.',
      'session-ended': 'That browser is signed out.',
      language: 'We write to you in English from now on.',
      expired:
        'That page had waited too long, so nothing was changed. Here it is afresh: please press once more.',
      'password-changed': 'The new password holds from now on. Every other browser is signed out.',
      'password-wrong': 'The password you have now did not match, so it was not changed.',
      'password-weak':
        'That new password is too easy to guess, so it was not changed. Use at least 8 characters, nothing that stands in your account, and nothing that everybody uses.',
      'password-wait': 'Too many tries with a wrong password. Please wait a minute, then try again.',
      unknown: 'We could not read that, so nothing was changed. Please press once more.',
    },
    profile: 'About you',
    profileMore: 'This is what we hold, as it was registered.',
    kind: 'Kind of account',
    kinds: {
      citizen: 'Citizen',
      alien: 'Foreign resident',
      visitor: 'Visitor',
      diplomat: 'Diplomat',
      business: 'Business',
    },
    name: 'Name',
    surname: 'Surname',
    idNumber: 'ID number',
    email: 'E-mail',
    phone: 'Phone',
    verified: 'verified',
    unverified: 'not verified',
    gender: 'Gender',
    genders: { m: 'Male', f: 'Female' },
    bornOn: 'Date of birth',
    kraPin: 'KRA PIN',
    number: 'Account number',
    none: 'not given',
    services: 'Connected services',
    servicesMore: 'You let these services see something of you. Remove one, and it loses that at once.',
    noServices:
      'No service sees anything of you. When you sign in at one and press Proceed, it appears here.',
    by: (organization) => `by ${organization}`,
    sees: 'It may see',
    since: (time) => `Since ${time}`,
    removeOne: (application) => `Remove ${application}`,
    sessions: 'Where you are signed in',
    sessionsMore: 'Do you see one that is not yours? Sign it out, or all of them.',
    here: 'this browser',
    signedInAt: (time) => `signed in ${time}`,
    seenAt: (time) => `last used ${time}`,
    endSessionOf: (browser) => `Sign out ${browser}`,
    everywhere: 'Sign out everywhere',
    everywhereMore: 'Ends every session at once, this one too.',
    facts: 'Signing in',
    signedIn: 'Signed in since',
    passwordChanged: 'Password set',
    created: 'Account opened',
    timesIn: 'Times are in East Africa Time.',
    password: 'Password',
    passwordMore:
      'Another password signs out every other browser, and every connected service has to sign you in again.',
    current: 'Password now',
    chosen: 'New password',
    chosenHint: 'At least 8 characters. A few words that only you would put together are best.',
    change: 'Change the password',
    language: 'Language',
    languageMore: 'For these pages and for what we write to you.',
    browserOn: (browser, system) => `${browser} on ${system}`,
    unknownBrowser: 'a browser that does not say its name',
  },
  sw: {
    title: 'Akaunti yako',
    hello: (name) => `Karibu, ${name}`,
    signOut: 'Toka',
    notes: {
      removed: 'Imeondolewa. Huduma hiyo haioni tena chochote chako, na italazimika kuomba upya.',
      'session-ended': 'Kivinjari hicho kimetolewa.',
      language: 'Kuanzia sasa tunakuandikia kwa Kiswahili.',
      expired:
        'Ukurasa huo ulisubiri muda mrefu mno, hivyo hakuna kilichobadilishwa. Huu hapa ni mpya: bonyeza tena.',
      'password-changed': 'Nenosiri jipya linatumika kuanzia sasa. Vivinjari vingine vyote vimetolewa.',
      'password-wrong': 'Nenosiri la sasa halikulingana, hivyo halikubadilishwa.',
      'password-weak':
        'Nenosiri hilo jipya ni rahisi kukisia, hivyo halikubadilishwa. Tumia angalau herufi 8, lisiwe lililo kwenye akaunti yako wala linalotumiwa na wengi.',
      'password-wait':
        'Majaribio mengi mno ya nenosiri lisilo sahihi. Tafadhali subiri dakika moja, kisha ujaribu tena.',
      unknown: 'Hatukuweza kusoma hilo, hivyo hakuna kilichobadilishwa. Tafadhali bonyeza tena.',
    },
    profile: 'Kukuhusu',
    profileMore: 'Haya ndiyo tuliyo nayo, kama yalivyosajiliwa.',
    kind: 'Aina ya akaunti',
    kinds: {
      citizen: 'Raia',
      alien: 'Mkaazi wa kigeni',
      visitor: 'Mgeni',
      diplomat: 'Mwanadiplomasia',
      business: 'Biashara',
    },
    name: 'Jina',
    surname: 'Jina la ukoo',
    idNumber: 'Nambari ya kitambulisho',
    email: 'Barua pepe',
    phone: 'Simu',
    verified: 'imethibitishwa',
    unverified: 'haijathibitishwa',
    gender: 'Jinsia',
    genders: { m: 'Mume', f: 'Mke' },
    bornOn: 'Tarehe ya kuzaliwa',
    kraPin: 'KRA PIN',
    number: 'Nambari ya akaunti',
    none: 'haijatolewa',
    services: 'Huduma zilizounganishwa',
    servicesMore:
      'Umeruhusu huduma hizi kuona baadhi ya taarifa zako. Ukiondoa moja, inapoteza ruhusa hiyo papo hapo.',
    noServices:
      'Hakuna huduma inayoona chochote chako. Ukiingia kwenye huduma na kubonyeza Endelea, itaonekana hapa.',
    by: (organization) => `ya ${organization}`,
    sees: 'Inaweza kuona',
    since: (time) => `Tangu ${time}`,
    removeOne: (application) => `Ondoa ${application}`,
    sessions: 'Mahali ulipoingia',
    sessionsMore: 'Unaona mahali ambapo si pako? Patoe, au utoke kote.',
    here: 'kivinjari hiki',
    signedInAt: (time) => `uliingia ${time}`,
    seenAt: (time) => `kilitumika mwisho ${time}`,
    endSessionOf: (browser) => `Toka kwenye ${browser}`,
    everywhere: 'Toka kote',
    everywhereMore: 'Hutoa vivinjari vyote kwa mara moja, pamoja na hiki.',
    facts: 'Kuingia',
    signedIn: 'Umeingia tangu',
    passwordChanged: 'Nenosiri liliwekwa',
    created: 'Akaunti ilifunguliwa',
    timesIn: 'Saa ni za Afrika Mashariki.',
    password: 'Nenosiri',
    passwordMore:
      'Nenosiri jipya hutoa vivinjari vingine vyote, na kila huduma iliyounganishwa italazimika kukuingiza upya.',
    current: 'Nenosiri la sasa',
    chosen: 'Nenosiri jipya',
    chosenHint: 'Angalau herufi 8. Maneno machache ambayo ni wewe tu ungeyaunganisha yanafaa zaidi.',
    change: 'Badilisha nenosiri',
    language: 'Lugha',
    languageMore: 'Ya kurasa hizi na ya tunayokuandikia.',
    browserOn: (browser, system) => `${browser} kwenye ${system}`,
    unknownBrowser: 'kivinjari kisichotaja jina lake',
  },
}
