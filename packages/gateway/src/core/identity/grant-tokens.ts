import { batcher, Overloaded } from '../../base/batch.ts'
import type { Database, Tx } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { base64url } from '../../base/bytes.ts'
import { after, isBefore, type Instant } from '../../base/time.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findActiveAccount } from './find-account.ts'
import { canBeClientId } from './find-application.ts'
import { authenticateChecked } from './authenticate-client.ts'
import { checkAssertion } from './check-assertion.ts'
import {
  proofOf,
  type CheckedCredentials,
  type ClientCredentials,
  type ClientRefusal,
} from './client-credentials.ts'
import { countingGuesses } from './count-guesses.ts'
import type { GrantPolicy, Tokens } from './grant.ts'
import { idTokenClaims } from './id-token.ts'
import {
  spendCodes,
  spendRefreshTokens,
  type Granted,
  type SpendCode,
  type SpendRefresh,
  type Spent,
} from './redeem.sql.ts'
import { findRefusedCode, findRefusedRefresh, revokeFamily, type Refused } from './token-family.sql.ts'
import type { CodeGrant, RefreshGrant, TokenRequest } from './token-request.ts'
import { familyOf, newToken } from './token.ts'
import { released } from './user-info.ts'

export type GrantRefusal =
  Refusal<'invalid_grant' | 'invalid_scope' | 'unsupported_grant_type'> | ClientRefusal

/**
 * Gives tokens to an application that proves who it is, for a code or a refresh token. Wrong, expired, spent or
 * another's: one refusal; only a sandbox says which. A code that comes with the wrong verifier or address, or from
 * another application, stays good for its owner: a stranger who saw it must not be able to burn it. One that comes a
 * second time ends all that it gave.
 */
export async function grantTokens(
  deps: Deps,
  by: ClientCredentials,
  request: TokenRequest,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  const checked = await checkAssertion(deps, by)
  if (!checked.ok) return checked
  switch (request.grant) {
    case 'code':
      return await redeemCode(deps, checked.value, request, policy)
    case 'refresh':
      return await refreshTokens(deps, checked.value, request, policy)
  }
}

async function redeemCode(
  deps: Deps,
  by: CheckedCredentials,
  request: CodeGrant,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  const familyId = familyOf('code', request.code)
  if (familyId === null || !canBeClientId(by.clientId))
    return await refused(deps, by, badGrant('The code is none that we gave.'))
  const draft = draftFor(deps, familyId, policy)
  const item: SpendCode = {
    ...spendOf(deps, draft, by, request.code),
    // An address that is missing is not the one of the request, and equals none.
    redirectUri: request.redirectUri ?? '',
    challenge: request.verifier === null ? null : base64url(deps.digests.sha256(request.verifier)),
  }
  const spent = await countingGuesses(deps, by, () => spending(redeeming(deps.db), item, draft))
  if (!spent.ok) return spent
  const { granted, ...application } = spent.value
  if (granted !== null) return await answer(deps, by, { draft, granted, ...application }, policy)
  const why = await findRefusedCode(deps.db, familyId, item.hash)
  if (await endIfReplayed(deps, by, { familyId, why, what: 'code' }))
    return no(badGrant('The code was used before. What it gave is revoked.'))
  return no(badGrant(whyCodeRefused(item, why, draft.now)))
}

async function refreshTokens(
  deps: Deps,
  by: CheckedCredentials,
  request: RefreshGrant,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  if (policy.refresh === 'none') {
    const because = 'Tokens are not refreshed here.'
    return await refused(deps, by, refusal('unsupported_grant_type', { because }))
  }
  const familyId = familyOf('refresh', request.refreshToken)
  if (familyId === null || !canBeClientId(by.clientId))
    return await refused(deps, by, badGrant('The refresh token is none that we gave.'))
  const draft = draftFor(deps, familyId, policy)
  const item: SpendRefresh = {
    ...spendOf(deps, draft, by, request.refreshToken),
    scopes: request.scopes,
    familyLives: policy.familyLives,
  }
  const spent = await countingGuesses(deps, by, () => spending(refreshing(deps.db), item, draft))
  if (!spent.ok) return spent
  const { granted, ...application } = spent.value
  if (granted !== null) return await answer(deps, by, { draft, granted, ...application }, policy)
  const why = await findRefusedRefresh(deps.db, familyId, item.hash)
  if (await endIfReplayed(deps, by, { familyId, why, what: 'refresh token' }))
    return no(badGrant('The refresh token was used before. All tokens of its family are revoked.'))
  if (why === null || !isGood(why, by, draft.now)) return no(badGrant('The refresh token has ended.'))
  return no(refusal('invalid_scope', { field: 'scope', because: 'A refresh cannot widen what was granted.' }))
}

/** Refuses what needs no look-up, but tells only an application that has proved itself. */
async function refused(
  deps: Deps,
  by: CheckedCredentials,
  refusal: GrantRefusal,
): Promise<Result<Tokens, GrantRefusal>> {
  const client = await authenticateChecked(deps, by)
  return client.ok ? no(refusal) : client
}

/** What is about to be given: random texts and their ends, made before it is known whether they will be. */
type Draft = {
  readonly familyId: string
  readonly accessToken: string
  readonly accessHash: Uint8Array
  readonly refreshToken: string | null
  readonly now: Instant
  readonly expiresAt: Instant
  readonly refreshExpiresAt: Instant
}

function draftFor(deps: Deps, familyId: string, policy: GrantPolicy): Draft {
  const now = deps.clock.now()
  const accessToken = newToken('access', familyId, deps.chance)
  return {
    familyId,
    accessToken,
    accessHash: deps.digests.sha256(accessToken),
    refreshToken: policy.refresh === 'none' ? null : newToken('refresh', familyId, deps.chance),
    now,
    expiresAt: after(now, policy.accessTokenLives),
    refreshExpiresAt: after(now, policy.refreshTokenLives),
  }
}

function spendOf(
  deps: Deps,
  draft: Draft,
  by: CheckedCredentials,
  spent: string,
): Omit<SpendRefresh, 'scopes' | 'familyLives'> {
  return {
    familyId: draft.familyId,
    hash: deps.digests.sha256(spent),
    by: proofOf(deps.digests, by),
    attemptId: deps.ids.next(),
    accessHash: draft.accessHash,
    accessExpiresAt: draft.expiresAt,
    refreshHash: draft.refreshToken === null ? null : deps.digests.sha256(draft.refreshToken),
    refreshExpiresAt: draft.refreshExpiresAt,
  }
}

type Given = Omit<Spent, 'granted'> & { readonly draft: Draft; readonly granted: Granted }

async function answer(
  deps: Deps,
  by: CheckedCredentials,
  given: Given,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  const { draft, granted } = given
  if (!granted.accountActive) {
    const family = { id: draft.familyId, clientId: by.clientId, because: 'account inactive' }
    await revokeFamily(deps.db, family, draft.now)
    return no(badGrant('The account is not active.'))
  }
  return ok({
    accessToken: draft.accessToken,
    expiresAt: draft.expiresAt,
    expiresIn: policy.accessTokenLives,
    scopes: granted.scopes,
    refreshToken: granted.refreshes ? draft.refreshToken : null,
    idToken: granted.scopes.includes('openid')
      ? await deps.signer.sign(given.idTokenAlg, await claimsFor(deps, by, given, policy))
      : null,
  })
}

async function claimsFor(
  deps: Deps,
  { clientId }: CheckedCredentials,
  { releases, draft, granted }: Given,
  policy: GrantPolicy,
): Promise<Readonly<Record<string, unknown>>> {
  // What scopes release is fetched as user information (OpenID Connect Core 5.4); a token is copied about too freely.
  const account = releases === 'national-identity' ? await findActiveAccount(deps, granted.accountId) : null
  return idTokenClaims({
    issuer: deps.publicUrl,
    clientId,
    subject: granted.subject,
    methods: granted.methods,
    signedInAt: granted.signedInAt,
    nonce: granted.nonce,
    accessTokenHash: draft.accessHash,
    issuedAt: draft.now,
    lives: policy.idTokenLives,
    identity: account === null ? {} : policy.describe(account, released(releases, granted.scopes)),
  })
}

type Replay = {
  readonly familyId: string
  readonly why: Refused | null
  readonly what: 'code' | 'refresh token'
}

/** Ends the family of something that its own application presents again. Returned, not thrown: it must commit. */
async function endIfReplayed(deps: Deps, by: CheckedCredentials, replay: Replay): Promise<boolean> {
  const { familyId, why, what } = replay
  if (why === null || why.usedAt === null || why.clientId !== by.clientId) return false
  const family = { id: familyId, clientId: by.clientId, because: `${what} used twice` }
  await deps.db.transaction(async (tx) => {
    // What was ended before is no news: a thief who goes on trying must not fill the trail.
    if (!(await revokeFamily(tx, family, deps.clock.now()))) return
    const name = what === 'code' ? 'code.replayed' : 'token.replayed'
    const act = { what: name, by: { kind: 'application', id: by.clientId } } as const
    await recordAct(tx, { ...act, about: { kind: 'grant', id: familyId } }, deps)
  })
  deps.log.warn(`${what} used twice`, { clientId: by.clientId, familyId })
  return true
}

function whyCodeRefused(item: SpendCode, why: Refused | null, now: Instant): string {
  if (why === null) return 'The code is none that we gave.'
  if (why.clientId !== item.by.clientId) return 'The code was given to another application.'
  if (why.revoked) return 'What was granted was taken back.'
  if (!isBefore(now, why.expiresAt)) return 'The code has expired.'
  if (item.challenge === why.challenge) return 'redirect_uri is not the one of the request.'
  if (why.challenge === null) return 'A code_verifier came, but the request had no code_challenge.'
  return item.challenge === null
    ? 'code_verifier is missing.'
    : 'code_verifier does not match code_challenge.'
}

function isGood(why: Refused, by: CheckedCredentials, now: Instant): boolean {
  return why.clientId === by.clientId && !why.revoked && isBefore(now, why.expiresAt)
}

/** The same words for every reason, because they would tell a thief how far he got; a sandbox adds the reason. */
function badGrant(why: string): Refusal<'invalid_grant'> {
  return refusal('invalid_grant', {
    because: 'The code or token is not good, or not for this application, address and verifier.',
    mend: { problem: why },
  })
}

/** A connection can die when the work is done but not yet told: the same attempt, asked again, finds its own effect. */
async function spending<Item>(
  submit: (partition: string, asked: Asked<Item>) => Promise<Spent | null>,
  item: Item,
  { now }: Draft,
): Promise<Spent | null> {
  try {
    return await submit('', { item, now })
  } catch (fault) {
    if (fault instanceof Overloaded) throw fault
    return await submit('', { item, now })
  }
}

type Asked<Item> = { readonly item: Item; readonly now: Instant }

const redeeming = oncePer(spender(spendCodes))
const refreshing = oncePer(spender(spendRefreshTokens))

function spender<Item>(
  spend: (tx: Tx, items: readonly Item[], now: Instant) => Promise<readonly (Spent | null)[]>,
) {
  return (db: Database) =>
    batcher<Asked<Item>, Spent | null>({
      limit: 64,
      queue: 5_000,
      together: true,
      run: async (asked) => {
        const latest = asked.reduce((a, b) => (isBefore(a.now, b.now) ? b : a)).now
        return await spend(
          db,
          asked.map(({ item }) => item),
          latest,
        )
      },
    })
}
