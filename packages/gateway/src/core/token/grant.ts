/** How an application gets tokens, and how strict we are about it. */
import { minutes, days, seconds, type Instant, type Seconds } from '../../base/time.ts'
import type { Account } from '../account/account.ts'
import type { Allowance } from '../application/allowance.ts'
import { allows, type Application } from '../application/application.ts'
import { profiles } from '../application/profile.ts'
import type { Scope } from '../application/scope.ts'
import type { Attribute } from './user-info.ts'

export type SecretPlace = 'header' | 'body' | 'query'

/** Ways to a token: RFC 6749 sections 4.1.3, 6 and 4.4, RFC 8628 section 3.4. */
export const grantTypes = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const
export type GrantType = (typeof grantTypes)[number]

/**
 * A dialect's ways, widened by what an operator allowed one application, narrowed by its profile. Only redeem.sql.ts asks
 * for an allowance itself.
 */
export type GrantPolicy = {
  /** Those that this wire speaks of. */
  readonly grants: readonly GrantType[]
  readonly pkce: 'required' | 'optional'
  /** What ties an answer to the browser that asked: `bound` wants PKCE, a state or a nonce. */
  readonly request: 'bound' | 'unbound'
  readonly clientSecretIn: readonly SecretPlace[]
  readonly codeLives: Seconds
  readonly accessTokenLives: Seconds
  readonly idTokenLives: Seconds
  /** Unused for that long, a refresh token ends. */
  readonly refreshTokenLives: Seconds
  /** However often it is refreshed, what was authorized ends after this. */
  readonly familyLives: Seconds
  /** `reusable`: a refresh token stays the same, because its application proves itself by more than the token. */
  readonly refresh: 'rotating' | 'reusable' | 'none'
  /** For that long a refresh token that was used gives the same answer to the same request. */
  readonly sameAnswerFor: Seconds
  /** `keys`: tokens may be bound to a key (RFC 9449). `nothing`: the wire knows bearers alone. */
  readonly bindsTo: 'keys' | 'nothing'
  /** How this wire names what is known of an account. */
  readonly describe: Describe
  /** What an application may ask for by the names of this wire (OpenID Connect Core 5.5). */
  readonly attributeOf: (claim: string) => Attribute | null
}

export type Describe = (account: Account, seen: readonly Attribute[]) => Readonly<Record<string, unknown>>

/** What every dialect begins with (RFC 9700). */
export const strict: Omit<GrantPolicy, 'describe'> = {
  grants: ['authorization_code', 'refresh_token'],
  attributeOf: () => null,
  pkce: 'required',
  request: 'bound',
  clientSecretIn: ['header', 'body'],
  codeLives: seconds(60),
  accessTokenLives: minutes(60),
  idTokenLives: minutes(60),
  refreshTokenLives: days(30),
  familyLives: days(180),
  refresh: 'rotating',
  sameAnswerFor: seconds(30),
  bindsTo: 'nothing',
}

/** As its operator widened it and its profile narrows it. */
export function widened(
  policy: GrantPolicy,
  application: Pick<Application, 'allowances' | 'profile'>,
): GrantPolicy {
  const { codeLivesAtMost, reusesRefreshTokens, takesAllowances } = profiles[application.profile]
  const may = (allowance: Allowance): boolean => takesAllowances && allows(application, allowance)
  return {
    ...policy,
    ...(may('no-pkce') ? { pkce: 'optional' as const } : {}),
    ...(may('no-state') ? { request: 'unbound' as const } : {}),
    ...(reusesRefreshTokens && policy.refresh === 'rotating' ? { refresh: 'reusable' as const } : {}),
    ...(codeLivesAtMost !== null && codeLivesAtMost.seconds < policy.codeLives.seconds
      ? { codeLives: codeLivesAtMost }
      : {}),
  }
}

export type Tokens = {
  readonly type: 'Bearer' | 'DPoP'
  readonly accessToken: string
  readonly expiresAt: Instant
  readonly expiresIn: Seconds
  readonly scopes: readonly Scope[]
  /** With the scope `offline_access`. */
  readonly refreshToken: string | null
  /** With the scope `openid`. */
  readonly idToken: string | null
}
