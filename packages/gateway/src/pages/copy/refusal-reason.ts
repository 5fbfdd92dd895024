import type { Locale } from '../../base/locale.ts'

/** Why an application was refused, by what is on record; `{at}` and the like stand for what goes with it. */
const en = {
  reasons: {
    client_id_missing: 'No client_id came, neither as a parameter nor by HTTP Basic.',
    client_unknown: 'There is no application with this client_id.',
    organization_waiting: 'The organization waits for an operator’s approval.',
    organization_suspended: 'The organization is suspended by an operator.',
    application_suspended: 'The application is suspended by an operator.',
    application_paused: 'The application is switched off in the console.',
    application_off: 'The application is switched off.',
    secret_missing: 'No client secret came, and this application has one.',
    secret_unknown: 'The secret is none that this application has or had.',
    secret_ended: 'The secret was right until it was rotated out: it ended at {at}.',
    secret_needless: 'A {kind} application has no secret, and one came.',
    secret_misplaced: 'The secret is right, but it did not come as registered: {method}.',
    secret_right: 'The secret is right, but the application could not be believed otherwise.',
    assertion_missing:
      'This application proves itself by a signed statement (private_key_jwt), and none came.',
    assertion_unbelieved:
      'The signed statement (client_assertion) was not believed: its key, audience, times or its jti.',
    bearer_missing: 'No access token came in the Authorization header.',
    token_missing: 'No token came.',
    token_alien: 'The text is none of our tokens.',
    token_jwt: 'A JWT came, perhaps an ID token, where one of our access tokens belongs.',
    token_cut: 'The token is cut off or changed: its checksum does not fit.',
    token_unknown: 'We gave no such token, or it ended more than a day ago.',
    token_expired: 'The token expired at {at}.',
    token_revoked: 'The token was revoked at {at}: {because}.',
    token_of_another: 'The token was given to another application.',
    token_refreshes: 'A refresh token came where an access token belongs.',
    token_good: 'The token is good, but not for this request.',
    account_closed: 'The account is closed.',
  },
  /** What ended a token, by the words that are on record of it. */
  ends: {
    revoked: 'its application gave it back',
    'code used twice': 'the code that it came of was used twice',
    'refresh token used twice': 'a refresh token was used twice',
    'account inactive': 'the account is closed',
    'consent withdrawn': 'the person removed the application',
    'signed out': 'the person signed out',
    'factors removed': 'the person’s second factors were removed',
    'password changed': 'the person changed the password',
    'password recovered': 'the person set a new password',
    operator: 'an operator signed the person out',
  },
}

type RefusalReasonCopy = typeof en
export type ReasonCode = keyof RefusalReasonCopy['reasons']
export type EndCode = keyof RefusalReasonCopy['ends']
export type ReasonDetails = Readonly<Partial<Record<'at' | 'kind' | 'method' | 'because', string>>>

const sw: RefusalReasonCopy = {
  reasons: {
    client_id_missing: 'Hakuna client_id iliyokuja, si kama kigezo wala kwa HTTP Basic.',
    client_unknown: 'Hakuna programu yenye client_id hii.',
    organization_waiting: 'Shirika linasubiri idhini ya msimamizi.',
    organization_suspended: 'Shirika limesimamishwa na msimamizi.',
    application_suspended: 'Programu imesimamishwa na msimamizi.',
    application_paused: 'Programu imezimwa katika konsoli.',
    application_off: 'Programu imezimwa.',
    secret_missing: 'Hakuna siri iliyokuja, na programu hii ina siri.',
    secret_unknown: 'Siri hii si yoyote ambayo programu inayo au iliwahi kuwa nayo.',
    secret_ended: 'Siri ilikuwa sahihi hadi ilipobadilishwa: iliisha {at}.',
    secret_needless: 'Programu ya aina {kind} haina siri, na siri ilikuja.',
    secret_misplaced: 'Siri ni sahihi, lakini haikuja kwa njia iliyosajiliwa: {method}.',
    secret_right: 'Siri ni sahihi, lakini programu haikuweza kuaminiwa kwa sababu nyingine.',
    assertion_missing:
      'Programu hii hujithibitisha kwa tamko lililotiwa sahihi (private_key_jwt), na halikuja.',
    assertion_unbelieved:
      'Tamko lililotiwa sahihi (client_assertion) halikuaminiwa: ufunguo wake, mlengwa, nyakati au jti yake.',
    bearer_missing: 'Hakuna tokeni ya ufikiaji iliyokuja katika kichwa cha Authorization.',
    token_missing: 'Hakuna tokeni iliyokuja.',
    token_alien: 'Maandishi haya si tokeni yetu yoyote.',
    token_jwt: 'JWT ilikuja, labda tokeni ya utambulisho (ID token), mahali pa tokeni yetu ya ufikiaji.',
    token_cut: 'Tokeni imekatwa au imebadilishwa: tarakimu zake za ukaguzi hazilingani.',
    token_unknown: 'Hatukutoa tokeni kama hii, au iliisha zaidi ya siku moja iliyopita.',
    token_expired: 'Muda wa tokeni uliisha {at}.',
    token_revoked: 'Tokeni ilibatilishwa {at}: {because}.',
    token_of_another: 'Tokeni ilitolewa kwa programu nyingine.',
    token_refreshes: 'Tokeni ya kuhuisha ilikuja mahali pa tokeni ya ufikiaji.',
    token_good: 'Tokeni ni nzuri, lakini si kwa ombi hili.',
    account_closed: 'Akaunti imefungwa.',
  },
  ends: {
    revoked: 'programu yake iliirudisha',
    'code used twice': 'msimbo ulioizaa ulitumika mara mbili',
    'refresh token used twice': 'tokeni ya kuhuisha ilitumika mara mbili',
    'account inactive': 'akaunti imefungwa',
    'consent withdrawn': 'mtu aliiondoa programu',
    'signed out': 'mtu alitoka',
    'factors removed': 'uthibitisho wa pili wa mtu uliondolewa',
    'password changed': 'mtu alibadilisha nenosiri',
    'password recovered': 'mtu aliweka nenosiri jipya',
    operator: 'msimamizi alimtoa mtu',
  },
}

const fr: RefusalReasonCopy = {
  reasons: {
    client_id_missing: 'Aucun client_id n’est venu, ni en paramètre ni par HTTP Basic.',
    client_unknown: 'Aucune application n’a ce client_id.',
    organization_waiting: 'L’organisation attend l’approbation d’un opérateur.',
    organization_suspended: 'L’organisation est suspendue par un opérateur.',
    application_suspended: 'L’application est suspendue par un opérateur.',
    application_paused: 'L’application est désactivée dans la console.',
    application_off: 'L’application est désactivée.',
    secret_missing: 'Aucun secret n’est venu, et cette application en a un.',
    secret_unknown: 'Ce secret n’est aucun de ceux que l’application a ou a eus.',
    secret_ended: 'Le secret était bon jusqu’à son remplacement : il a pris fin le {at}.',
    secret_needless: 'Une application de type {kind} n’a pas de secret, et il en est venu un.',
    secret_misplaced: 'Le secret est bon, mais n’est pas venu comme enregistré : {method}.',
    secret_right: 'Le secret est bon, mais l’application n’a pas pu être crue pour une autre raison.',
    assertion_missing:
      'Cette application se prouve par une déclaration signée (private_key_jwt), et aucune n’est venue.',
    assertion_unbelieved:
      'La déclaration signée (client_assertion) n’a pas été crue : sa clé, son audience, ses dates ou son jti.',
    bearer_missing: 'Aucun jeton d’accès n’est venu dans l’en-tête Authorization.',
    token_missing: 'Aucun jeton n’est venu.',
    token_alien: 'Ce texte n’est aucun de nos jetons.',
    token_jwt: 'Un JWT est venu, peut-être un jeton d’identité, à la place d’un de nos jetons d’accès.',
    token_cut: 'Le jeton est coupé ou modifié : sa somme de contrôle ne correspond pas.',
    token_unknown: 'Nous n’avons pas donné ce jeton, ou il a pris fin depuis plus d’un jour.',
    token_expired: 'Le jeton a expiré le {at}.',
    token_revoked: 'Le jeton a été révoqué le {at} : {because}.',
    token_of_another: 'Le jeton a été donné à une autre application.',
    token_refreshes: 'Un jeton de renouvellement est venu à la place d’un jeton d’accès.',
    token_good: 'Le jeton est bon, mais pas pour cette demande.',
    account_closed: 'Le compte est fermé.',
  },
  ends: {
    revoked: 'son application l’a rendu',
    'code used twice': 'le code dont il vient a servi deux fois',
    'refresh token used twice': 'un jeton de renouvellement a servi deux fois',
    'account inactive': 'le compte est fermé',
    'consent withdrawn': 'la personne a retiré l’application',
    'signed out': 'la personne s’est déconnectée',
    'factors removed': 'les seconds facteurs de la personne ont été retirés',
    'password changed': 'la personne a changé son mot de passe',
    'password recovered': 'la personne a choisi un nouveau mot de passe',
    operator: 'un opérateur a déconnecté la personne',
  },
}

export const refusalReasonCopy: Readonly<Record<Locale, RefusalReasonCopy>> = { en, sw, fr }
