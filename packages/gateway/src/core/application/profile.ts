import { seconds, type Seconds } from '../../base/time.ts'

export const profileNames = ['standard', 'fapi2'] as const
export type Profile = (typeof profileNames)[number]

/**
 * What a profile turns on for one application; null where it says nothing. Whoever enforces one of these asks here, and
 * for no profile by name.
 */
export type ProfileRules = {
  /** Its authorization requests come pushed alone, whatever else is registered. */
  readonly pushes: boolean
  /** Its tokens are given for a key alone, of whichever grant they come. */
  readonly bindsTokens: boolean
  /** The one way in which it proves itself. */
  readonly authMethod: 'private_key_jwt' | null
  /** What signs neither for it nor from it. */
  readonly signsNeverBy: readonly 'RS256'[]
  readonly codeLivesAtMost: Seconds | null
  /** Its refresh tokens stay the same where a wire would rotate them. */
  readonly reusesRefreshTokens: boolean
  /** Whether an operator may loosen anything for it, PKCE among it. */
  readonly takesAllowances: boolean
}

/**
 * `fapi2` is the FAPI 2.0 Security Profile (final), with DPoP: sections 5.3.2.1, 5.3.2.2 and, of algorithms, 5.4. What it
 * asks beyond this everybody gets: a registered redirect_uri in each request, PKCE by S256, our issuer as the only audience
 * of assertions, `iss` in each answer, and pushed requests that end within ten minutes.
 */
export const profiles: Readonly<Record<Profile, ProfileRules>> = {
  standard: {
    pushes: false,
    bindsTokens: false,
    authMethod: null,
    signsNeverBy: [],
    codeLivesAtMost: null,
    reusesRefreshTokens: false,
    takesAllowances: true,
  },
  fapi2: {
    pushes: true,
    bindsTokens: true,
    authMethod: 'private_key_jwt',
    signsNeverBy: ['RS256'],
    codeLivesAtMost: seconds(60),
    // Whoever must prove a key gains nothing by rotation, and loses by an answer that got lost.
    reusesRefreshTokens: true,
    takesAllowances: false,
  },
}
