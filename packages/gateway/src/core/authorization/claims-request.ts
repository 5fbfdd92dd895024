/** The `claims` parameter: OpenID Connect Core 1.0 section 5.5. */
import { no, ok, type Result } from '../../base/result.ts'
import type { Account } from '../account/account.ts'
import {
  assuranceLevels,
  levelOf,
  type AssuranceLevel,
  type AuthenticationMethod,
} from '../factor/assurance.ts'
import type { GrantPolicy } from '../token/grant.ts'

export type ClaimsRequest = {
  readonly userinfo?: ClaimsAsked
  readonly id_token?: ClaimsAsked
}

/** By the name of the claim; null asks for it without saying more. */
export type ClaimsAsked = Readonly<Record<string, ClaimAsked | null>>

type ClaimAsked = {
  readonly essential?: boolean
  readonly value?: unknown
  readonly values?: readonly unknown[]
}

/** More than any page could show somebody who has to agree to it. */
const mostClaims = 50

/** Members that we do not know are left aside, as the section asks. The refusal is one sentence for the asker. */
export function readClaimsRequest(text: string | undefined): Result<ClaimsRequest, string> {
  if (text === undefined) return ok({})
  const whole = parsed(text)
  if (whole === null) return no('claims is no JSON object.')
  const members: [string, ClaimsAsked][] = []
  for (const place of ['userinfo', 'id_token'] as const) {
    const asked = whole[place]
    if (asked === undefined || asked === null) continue
    if (!isObject(asked)) return no(`claims: ${place} is no object.`)
    const entries = Object.entries(asked)
    if (entries.length > mostClaims) return no(`claims: ${place} asks for more than ${mostClaims} claims.`)
    if (!entries.every(([, claim]) => isClaimAsked(claim)))
      return no(`claims: a claim of ${place} is null, or an object with essential, value or values.`)
    members.push([place, asked as ClaimsAsked])
  }
  return ok(Object.fromEntries(members))
}

/** Those of the claims that `served` says yes to; null where none is left. */
export function onlyClaims(
  { userinfo, id_token: idToken }: ClaimsRequest,
  served: (claim: string) => boolean,
): ClaimsRequest | null {
  const only = (asked: ClaimsAsked = {}): ClaimsAsked =>
    Object.fromEntries(Object.entries(asked).filter(([claim]) => served(claim)))
  const left = { userinfo: only(userinfo), id_token: only(idToken) }
  const isEmpty = Object.keys(left.userinfo).length + Object.keys(left.id_token).length === 0
  return isEmpty ? null : left
}

export function claimNames({ userinfo, id_token: idToken }: ClaimsRequest): readonly string[] {
  return [...new Set([...Object.keys(userinfo ?? {}), ...Object.keys(idToken ?? {})])]
}

/** The claims that were asked for by name, of those that are known. */
export function sayAsked(
  { describe, attributeOf }: Pick<GrantPolicy, 'describe' | 'attributeOf'>,
  account: Account,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  const wanted = names.map(attributeOf).filter((name) => name !== null)
  const said = Object.entries(describe(account, [...new Set(wanted)]))
  return Object.fromEntries(said.filter(([claim]) => names.includes(claim)))
}

/** Who she has to be, where the request says so (section 5.5.1); null where it does not. */
export function subjectAsked({ userinfo, id_token: idToken }: ClaimsRequest): string | null {
  const value = idToken?.['sub']?.value ?? userinfo?.['sub']?.value
  return typeof value === 'string' ? value : null
}

export type LevelAsked = {
  /** Null: none that there is. */
  readonly level: AssuranceLevel | null
  /** Whether nothing less will do (section 5.5.1.1). */
  readonly essential: boolean
}

/** How sure the application wants to be; an essential claim goes before `acr_values`, which only says what it prefers. */
export function levelAsked(claims: ClaimsRequest, acrValues: string | undefined): LevelAsked | null {
  const acr = claims.id_token?.['acr']
  const values = acr === undefined || acr === null ? [] : [acr.value, ...(acr.values ?? [])]
  const given = values.filter((value) => value !== undefined)
  const known = given.filter(isLevel)
  if (acr?.essential === true && given.length > 0) return { level: lowest(known), essential: true }
  const [preferred] = [...known, ...(acrValues ?? '').split(' ').filter(isLevel)]
  return preferred === undefined ? null : { level: preferred, essential: false }
}

/**
 * What the ID token says of the level. Whoever asks for certain values gets one of them, so a sign-in that is surer
 * than asked for is told as the highest of those that it reaches.
 */
export function levelTold(
  methods: readonly AuthenticationMethod[],
  claims: ClaimsRequest | null,
): AssuranceLevel {
  const level = levelOf(methods)
  const acr = claims?.id_token?.['acr']
  const asked = [acr?.value, ...(acr?.values ?? [])].filter(isLevel)
  return assuranceLevels.toReversed().find((each) => reaches(level, each) && asked.includes(each)) ?? level
}

export function reaches(level: AssuranceLevel, wanted: AssuranceLevel): boolean {
  return assuranceLevels.indexOf(level) >= assuranceLevels.indexOf(wanted)
}

function lowest(levels: readonly AssuranceLevel[]): AssuranceLevel | null {
  return assuranceLevels.find((level) => levels.includes(level)) ?? null
}

function isLevel(value: unknown): value is AssuranceLevel {
  return assuranceLevels.some((level) => level === value)
}

function isClaimAsked(claim: unknown): claim is ClaimAsked | null {
  if (claim === null) return true
  if (!isObject(claim)) return false
  const { essential, values } = claim
  return (
    (essential === undefined || typeof essential === 'boolean') &&
    (values === undefined || Array.isArray(values))
  )
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
