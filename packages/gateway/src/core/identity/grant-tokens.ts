import { batcher, Overloaded } from '../../base/batch.ts'
import type { Database, Tx } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { base64url } from '../../base/secret.ts'
import { after, isBefore, type Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findActiveAccount } from './find-account.ts'
import type { Account } from './account.ts'
import type { Application } from './application.ts'
import type { GrantPolicy, Tokens } from './grant.ts'
import { idTokenClaims } from './id-token.ts'
import {
  spendCodes,
  spendRefreshTokens,
  type Granted,
  type SpendCode,
  type SpendRefresh,
} from './redeem.sql.ts'
import { findRefusedCode, findRefusedRefresh, revokeFamily, type Refused } from './token-family.sql.ts'
import type { CodeGrant, RefreshGrant, TokenRequest } from './token-request.ts'
import { familyOf, newToken } from './token.ts'
import { released } from './user-info.ts'

export type GrantRefusal = Refusal<'invalid_grant' | 'invalid_scope' | 'unsupported_grant_type'>

/**
 * Gives tokens for a code or a refresh token. Wrong, expired, spent or another's: one refusal; only a sandbox says
 * which. A code that comes with the wrong verifier or address, or from another application, stays good for its owner:
 * a stranger who saw it must not be able to burn it. One that comes a second time ends all that it gave.
 */
export async function grantTokens(
  deps: Deps,
  application: Application,
  request: TokenRequest,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  switch (request.grant) {
    case 'code':
      return await redeemCode(deps, application, request, policy)
    case 'refresh':
      return await refreshTokens(deps, application, request, policy)
  }
}

async function redeemCode(
  deps: Deps,
  application: Application,
  request: CodeGrant,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  const familyId = familyOf('code', request.code)
  if (familyId === null) return no(badGrant('The code is none that we gave.'))
  const draft = draftFor(deps, familyId, policy)
  const anyRegistered = policy.redirectAtToken === 'any-registered'
  const lenient =
    anyRegistered && request.redirectUri !== null && application.redirectUris.includes(request.redirectUri)
  const item: SpendCode = {
    ...spendOf(deps, draft, application, request.code),
    // An address that is missing is not the one of the request, and equals none.
    redirectUri: lenient ? null : (request.redirectUri ?? ''),
    challenge: request.verifier === null ? null : base64url(deps.digests.sha256(request.verifier)),
  }
  const granted = await twice(() => redeeming(deps.db)('', { item, now: draft.now }))
  if (granted !== null) return await answer(deps, application, { draft, granted }, policy)
  const why = await findRefusedCode(deps.db, familyId, item.hash)
  if (await endIfReplayed(deps, application, { familyId, why, what: 'code' }))
    return no(badGrant('The code was used before. What it gave is revoked.'))
  return no(badGrant(whyCodeRefused(item, why, draft.now)))
}

async function refreshTokens(
  deps: Deps,
  application: Application,
  request: RefreshGrant,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  if (policy.refresh === 'none')
    return no(refusal('unsupported_grant_type', { because: 'Tokens are not refreshed here.' }))
  const familyId = familyOf('refresh', request.refreshToken)
  if (familyId === null) return no(badGrant('The refresh token is none that we gave.'))
  const draft = draftFor(deps, familyId, policy)
  const item: SpendRefresh = {
    ...spendOf(deps, draft, application, request.refreshToken),
    scopes: request.scopes,
    familyLives: policy.familyLives,
  }
  const granted = await twice(() => refreshing(deps.db)('', { item, now: draft.now }))
  if (granted !== null) return await answer(deps, application, { draft, granted }, policy)
  const why = await findRefusedRefresh(deps.db, familyId, item.hash)
  if (await endIfReplayed(deps, application, { familyId, why, what: 'refresh token' }))
    return no(badGrant('The refresh token was used before. All tokens of its family are revoked.'))
  if (why === null || !isGood(why, application, draft.now))
    return no(badGrant('The refresh token has ended.'))
  return no(refusal('invalid_scope', { field: 'scope', because: 'A refresh cannot widen what was granted.' }))
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
  application: Application,
  spent: string,
): Omit<SpendRefresh, 'scopes' | 'familyLives'> {
  return {
    familyId: draft.familyId,
    hash: deps.digests.sha256(spent),
    clientId: application.clientId,
    attemptId: deps.ids.next(),
    accessHash: draft.accessHash,
    accessExpiresAt: draft.expiresAt,
    refreshHash: draft.refreshToken === null ? null : deps.digests.sha256(draft.refreshToken),
    refreshExpiresAt: draft.refreshExpiresAt,
  }
}

async function answer(
  deps: Deps,
  application: Application,
  { draft, granted }: { readonly draft: Draft; readonly granted: Granted },
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  const account = await findActiveAccount(deps, granted.accountId)
  if (account === null) {
    const family = { id: draft.familyId, clientId: application.clientId, because: 'account inactive' }
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
      ? await deps.signer.sign(
          application.idTokenAlg,
          claimsFor(deps, { application, account, draft, granted }, policy),
        )
      : null,
  })
}

type Facts = {
  readonly application: Application
  readonly account: Account
  readonly draft: Draft
  readonly granted: Granted
}

function claimsFor(deps: Deps, { application, account, draft, granted }: Facts, policy: GrantPolicy) {
  // What scopes release is fetched as user information (OpenID Connect Core 5.4); a token is copied about too freely.
  const national = application.releases === 'national-identity'
  return idTokenClaims({
    issuer: deps.publicUrl,
    clientId: application.clientId,
    accountId: account.id,
    signedInAt: granted.signedInAt,
    nonce: granted.nonce,
    accessTokenHash: draft.accessHash,
    issuedAt: draft.now,
    lives: policy.idTokenLives,
    identity: national ? policy.describe(account, released(application.releases, granted.scopes)) : {},
  })
}

type Replay = { readonly familyId: string; readonly why: Refused | null; readonly what: string }

/** Ends the family of something that its own application presents again. Returned, not thrown: it must commit. */
async function endIfReplayed(deps: Deps, application: Application, replay: Replay): Promise<boolean> {
  const { familyId, why, what } = replay
  if (why === null || why.usedAt === null || why.clientId !== application.clientId) return false
  const family = { id: familyId, clientId: application.clientId, because: `${what} used twice` }
  await revokeFamily(deps.db, family, deps.clock.now())
  deps.log.warn(`${what} used twice`, { clientId: application.clientId, familyId })
  return true
}

function whyCodeRefused(item: SpendCode, why: Refused | null, now: Instant): string {
  if (why === null) return 'The code is none that we gave.'
  if (why.clientId !== item.clientId) return 'The code was given to another application.'
  if (why.revoked) return 'What was granted was taken back.'
  if (!isBefore(now, why.expiresAt)) return 'The code has expired.'
  if (item.redirectUri !== null && item.redirectUri !== why.redirectUri)
    return 'redirect_uri is not the one of the request.'
  if (why.challenge === null) return 'A code_verifier came, but the request had no code_challenge.'
  return item.challenge === null
    ? 'code_verifier is missing.'
    : 'code_verifier does not match code_challenge.'
}

function isGood(why: Refused, application: Application, now: Instant): boolean {
  return why.clientId === application.clientId && !why.revoked && isBefore(now, why.expiresAt)
}

/** The same words for every reason, because they would tell a thief how far he got; a sandbox adds the reason. */
function badGrant(why: string): Refusal<'invalid_grant'> {
  return refusal('invalid_grant', {
    because: 'The code or token is not good, or not for this application, address and verifier.',
    mend: { problem: why },
  })
}

/** A connection can die when the work is done but not yet told: the same attempt, asked again, finds its own effect. */
async function twice<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (fault) {
    if (fault instanceof Overloaded) throw fault
    return await work()
  }
}

const redeeming = oncePer(spender(spendCodes))
const refreshing = oncePer(spender(spendRefreshTokens))

function spender<Item>(
  spend: (tx: Tx, items: readonly Item[], now: Instant) => Promise<readonly (Granted | null)[]>,
) {
  return (db: Database) =>
    batcher<{ readonly item: Item; readonly now: Instant }, Granted | null>({
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
