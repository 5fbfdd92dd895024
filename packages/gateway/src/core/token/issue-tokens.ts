import { after, type Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { Releases } from '../application/application.ts'
import { sayAsked } from '../authorization/claims-request.ts'
import { findActiveAccount } from '../account/find-account.ts'
import type { GrantPolicy, Tokens } from './grant.ts'
import { idTokenClaims } from './id-token.ts'
import type { Authorized } from '../authorization/authorized.ts'
import type { Scope } from '../application/scope.ts'
import type { SigningAlg } from '../signing-key/signing-key.ts'
import { newToken } from './token.ts'
import { sessionName } from '../authorization/subject.ts'
import { released } from './user-info.ts'

/** What is about to be given: random texts and their ends, made before it is known whether they will be. */
export type Draft = {
  readonly familyId: string
  readonly accessToken: string
  readonly accessHash: Uint8Array
  readonly refreshToken: string | null
  readonly now: Instant
  readonly expiresAt: Instant
  readonly refreshExpiresAt: Instant
}

export function draftFor(
  deps: Pick<Deps, 'clock' | 'chance' | 'digests'>,
  familyId: string,
  policy: GrantPolicy,
): Draft {
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

export type Issued = {
  readonly draft: Draft
  readonly clientId: string
  readonly idTokenAlg: SigningAlg
  readonly releases: Releases
  readonly authorized: Authorized
  readonly scopes: readonly Scope[]
  /** Whether the draft's refresh token is given. */
  readonly refreshes: boolean
  /** The key that the access token is bound to. */
  readonly jkt: string | null
}

/** The answer in full, the ID token signed. */
export async function issueTokens(
  deps: Pick<Deps, 'db' | 'digests' | 'signer' | 'publicUrl'>,
  issued: Issued,
  policy: GrantPolicy,
): Promise<Tokens> {
  const { draft, scopes, refreshes, jkt, idTokenAlg } = issued
  return {
    type: jkt === null ? 'Bearer' : 'DPoP',
    accessToken: draft.accessToken,
    expiresAt: draft.expiresAt,
    expiresIn: policy.accessTokenLives,
    scopes,
    refreshToken: refreshes ? draft.refreshToken : null,
    idToken: scopes.includes('openid')
      ? await deps.signer.sign(idTokenAlg, await claimsFor(deps, issued, policy))
      : null,
  }
}

async function claimsFor(
  deps: Pick<Deps, 'db' | 'digests' | 'publicUrl'>,
  { clientId, releases, draft, authorized, scopes, idTokenAlg }: Issued,
  policy: GrantPolicy,
): Promise<Readonly<Record<string, unknown>>> {
  // What scopes release is fetched as user information (OpenID Connect Core 5.4); a token is copied about too freely.
  const isWhole = releases === 'national-identity'
  const asked = Object.keys(authorized.claims?.id_token ?? {})
  const isSeen = isWhole || asked.some((claim) => policy.attributeOf(claim) !== null)
  const account = isSeen ? await findActiveAccount(deps, authorized.accountId) : null
  const seen = isWhole ? released(releases, scopes) : []
  const { namedSession } = authorized
  return idTokenClaims({
    issuer: deps.publicUrl,
    clientId,
    subject: authorized.subject,
    sid: namedSession === null ? null : sessionName(deps.digests, clientId, namedSession),
    claims: authorized.claims,
    methods: authorized.methods,
    signedInAt: authorized.signedInAt,
    nonce: authorized.nonce,
    accessTokenHash: idTokenAlg === 'EdDSA' ? deps.digests.sha512(draft.accessToken) : draft.accessHash,
    issuedAt: draft.now,
    lives: policy.idTokenLives,
    identity:
      account === null ? {} : { ...policy.describe(account, seen), ...sayAsked(policy, account, asked) },
  })
}
