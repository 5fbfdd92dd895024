import { batcher, Overloaded } from '../../base/batch.ts'
import type { Database } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { base64url } from '../../base/bytes.ts'
import { isBefore, type Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { refusal } from '../refusal.ts'
import { askDevice } from '../device/ask-device.ts'
import { authenticateChecked } from '../client/authenticate-client.ts'
import { checkAssertion } from '../client/check-assertion.ts'
import { proofOf, type CheckedCredentials, type ClientCredentials } from '../client/client-credentials.ts'
import { countingGuesses } from '../client/count-guesses.ts'
import { endFamily } from './end-family.ts'
import { canBeClientId } from '../application/find-application.ts'
import type { GrantPolicy, Tokens } from './grant.ts'
import { badGrant, notRegisteredFor, type GrantRefusal } from './grant-refusal.ts'
import { issueForClient } from './issue-for-client.ts'
import { draftFor, issueTokens, type Draft } from './issue-tokens.ts'
import { spendCodes, type Granted, type SpendCode, type Spent } from './redeem.sql.ts'
import { refreshTokens } from './refresh-tokens.ts'
import { readResources } from '../application/resource.ts'
import { findRefusedCode, type Refused } from './token-family.sql.ts'
import type { CodeGrant, DeviceGrant, RefreshGrant, TokenRequest } from './token-request.ts'
import { familyOf } from './token.ts'

/** Thumbprint of the key whose proof came along (RFC 9449); null when none did. */
type Bound = { readonly jkt: string | null }

/**
 * Gives tokens to an application that proves who it is, for a code or a refresh token. Wrong, expired, spent or
 * another's: one refusal; only a sandbox says which. A code that comes with the wrong verifier or address, or from
 * another application, stays good for its owner: a stranger who saw it must not be able to burn it. One that comes a
 * second time ends all that it gave.
 */
export async function grantTokens(
  deps: Deps,
  by: ClientCredentials,
  request: TokenRequest & Bound,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  const checked = await checkAssertion(deps, by)
  if (!checked.ok) return checked
  switch (request.grant) {
    case 'code':
      return await redeemCode(deps, checked.value, request, policy)
    case 'refresh':
      return await refresh(deps, checked.value, request, policy)
    case 'client':
      return await issueForClient(deps, checked.value, request, policy)
    case 'device':
      return await redeemDevice(deps, checked.value, request, policy)
  }
}

/** What she allowed stands as a code that was brought back to no address, without a challenge. */
async function redeemDevice(
  deps: Deps,
  by: CheckedCredentials,
  { deviceCode, resources, jkt }: DeviceGrant & Bound,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  const asked = await askDevice(deps, by, deviceCode)
  if (!asked.ok) return asked
  const code = { grant: 'code', code: deviceCode, redirectUri: null, verifier: null } as const
  return await redeemCode(deps, by, { ...code, resources, jkt, kind: 'device' }, policy)
}

async function redeemCode(
  deps: Deps,
  by: CheckedCredentials,
  request: CodeGrant & Bound & { readonly kind?: 'device' },
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  const familyId = familyOf(request.kind ?? 'code', request.code)
  if (familyId === null || !canBeClientId(by.clientId))
    return await refused(deps, by, badGrant('The code is none that we gave.'))
  const draft = draftFor(deps, familyId, policy)
  const item: SpendCode = {
    familyId,
    hash: deps.digests.sha256(request.code),
    by: proofOf(deps.digests, by),
    attemptId: deps.ids.next(),
    accessHash: draft.accessHash,
    accessExpiresAt: draft.expiresAt,
    refreshHash: draft.refreshToken === null ? null : deps.digests.sha256(draft.refreshToken),
    refreshExpiresAt: draft.refreshExpiresAt,
    jkt: request.jkt,
    resources: request.resources,
    // An address that is missing is not the one of the request, and equals none.
    redirectUri: request.redirectUri ?? '',
    challenge: request.verifier === null ? null : base64url(deps.digests.sha256(request.verifier)),
  }
  const spent = await countingGuesses(deps, by, () => spending(deps, item, draft))
  if (!spent.ok) return spent
  const { granted, ...application } = spent.value
  if (granted !== null)
    return await answer(deps, by, { draft, granted, jkt: request.jkt, ...application }, policy)
  if (!application.mayRedeem) return no(notRegisteredFor('authorization_code'))
  const why = await findRefusedCode(deps.db, familyId, item.hash)
  if (why !== null && why.usedAt !== null && why.clientId === by.clientId) {
    await endFamily(deps, { id: familyId, clientId: by.clientId, because: 'code used twice' })
    return no(badGrant('The code was used before. What it gave is revoked.'))
  }
  return no(codeRefusal(item, why, { now: draft.now, issuer: deps.publicUrl }))
}

async function refresh(
  deps: Deps,
  by: CheckedCredentials,
  request: RefreshGrant & Bound,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  if (policy.refresh === 'none') {
    const because = 'Tokens are not refreshed here.'
    return await refused(deps, by, refusal('unsupported_grant_type', { because }))
  }
  const familyId = familyOf('refresh', request.refreshToken)
  if (familyId === null || !canBeClientId(by.clientId))
    return await refused(deps, by, badGrant('The refresh token is none that we gave.'))
  return await refreshTokens(deps, { familyId, by, request, jkt: request.jkt }, policy)
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

type Given = Omit<Spent, 'granted'> & { readonly granted: Granted; readonly draft: Draft }

async function answer(
  deps: Deps,
  by: CheckedCredentials,
  given: Given & Bound,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  const { draft, granted, idTokenAlg, releases, jkt } = given
  const { clientId } = by
  if (!granted.accountActive) {
    await endFamily(deps, { id: draft.familyId, clientId, because: 'account inactive' })
    return no(badGrant('The account is not active.'))
  }
  const { scopes, refreshes } = granted
  return ok(
    await issueTokens(
      deps,
      { draft, clientId, idTokenAlg, releases, authorized: granted, scopes, refreshes, jkt },
      policy,
    ),
  )
}

function codeRefusal(
  item: SpendCode,
  why: Refused | null,
  { now, issuer }: { readonly now: Instant; readonly issuer: string },
): GrantRefusal {
  const because = whyCodeRefused(item, why, now)
  if (because !== null || why === null) return badGrant(because ?? 'The code is none that we gave.')
  const read = readResources(item.resources ?? [], [...why.resources, issuer])
  return read.ok
    ? badGrant('A DPoP proof is missing, or of another key than the request named.')
    : read.refusal
}

function whyCodeRefused(item: SpendCode, why: Refused | null, now: Instant): string | null {
  if (why === null) return 'The code is none that we gave.'
  if (why.clientId !== item.by.clientId) return 'The code was given to another application.'
  if (why.revoked) return 'What was granted was taken back.'
  if (!isBefore(now, why.expiresAt)) return 'The code has expired.'
  if (item.challenge !== why.challenge) {
    if (why.challenge === null) return 'A code_verifier came, but the request had no code_challenge.'
    return item.challenge === null
      ? 'code_verifier is missing.'
      : 'code_verifier does not match code_challenge.'
  }
  return item.redirectUri === why.redirectUri ? null : 'redirect_uri is not the one of the request.'
}

/** A connection can die when the work is done but not yet told: the same attempt, asked again, finds its own effect. */
async function spending(deps: Deps, item: SpendCode, { now }: Draft): Promise<Spent | null> {
  const asked = { item, now, issuer: deps.publicUrl }
  try {
    return await redeeming(deps.db)('', asked)
  } catch (fault) {
    if (fault instanceof Overloaded) throw fault
    return await redeeming(deps.db)('', asked)
  }
}

type Asked = { readonly item: SpendCode; readonly now: Instant; readonly issuer: string }

const redeeming = oncePer((db: Database) =>
  batcher<Asked, Spent | null>({
    limit: 64,
    queue: 5_000,
    together: true,
    run: async (asked) => {
      const latest = asked.reduce((a, b) => (isBefore(a.now, b.now) ? b : a))
      return await spendCodes(
        db,
        asked.map(({ item }) => item),
        latest,
      )
    },
  }),
)
