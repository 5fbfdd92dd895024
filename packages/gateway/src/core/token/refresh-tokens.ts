import { batcher, Overloaded } from '../../base/batch.ts'
import type { Database } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { after, instant, isBefore, type Instant, type Seconds } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { refusal } from '../refusal.ts'
import { proofOf, type CheckedCredentials } from '../client/client-credentials.ts'
import { countingGuesses } from '../client/count-guesses.ts'
import { endFamily } from './end-family.ts'
import { widened, type GrantPolicy, type Tokens } from './grant.ts'
import { badGrant, notRegisteredFor, type GrantRefusal } from './grant-refusal.ts'
import { draftFor, issueTokens, type Draft } from './issue-tokens.ts'
import { askedText, decideRefresh, type AskedRefresh } from './refresh.ts'
import {
  findRefreshes,
  spendRefreshTokens,
  type FoundRefresh,
  type RefreshFound,
  type RefreshQuestion,
  type SpendRefresh,
} from './refresh.sql.ts'
import type { Scope } from '../application/scope.ts'
import type { RefreshGrant } from './token-request.ts'

export type RefreshTokens = {
  readonly familyId: string
  readonly by: CheckedCredentials
  readonly request: RefreshGrant
  /** Thumbprint of the key whose proof came along. */
  readonly jkt: string | null
}

/**
 * Looks, decides, and spends the token by one statement that issues what follows. The whole answer is made and signed
 * before, and stored by that statement, encrypted under the token that is spent: so it is given exactly if the token is
 * spent, and whoever comes second, in this process or another, after a crash or a lost connection, opens and gives the
 * very same text (docs/decisions/0010).
 */
export async function refreshTokens(
  deps: Deps,
  asked: RefreshTokens,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  const { by, familyId, request } = asked
  const question = {
    familyId,
    hash: deps.digests.sha256(request.refreshToken),
    by: proofOf(deps.digests, by),
  }
  const found = await countingGuesses(deps, by, () => looking(deps, question))
  if (!found.ok) return found
  if (!found.value.application.mayRefresh) return no(notRegisteredFor('refresh_token'))
  return await answer(deps, { ...asked, question, found: found.value, tried: null }, policy)
}

type Look = RefreshTokens & {
  readonly question: RefreshQuestion
  readonly found: RefreshFound
  /** What this call has tried to spend the token for before it looked again. */
  readonly tried: { readonly attemptId: string; readonly tokens: Tokens } | null
}

async function answer(deps: Deps, look: Look, policy: GrantPolicy): Promise<Result<Tokens, GrantRefusal>> {
  const { familyId, by, request, jkt, found, tried } = look
  const { token } = found
  if (tried !== null && token?.usedBy === tried.attemptId) return ok(tried.tokens)
  const asked: AskedRefresh = {
    clientId: by.clientId,
    scopes: request.scopes,
    resources: request.resources,
    jkt,
  }
  const known = token === null ? null : { ...token, resources: [...token.resources, deps.publicUrl] }
  const verdict = decideRefresh(known, asked, deps.clock.now())
  switch (verdict.kind) {
    case 'repeat':
      return ok(openTokens(deps, request.refreshToken, verdict.sealed))
    case 'refuse':
      return no(
        verdict.code === 'invalid_grant'
          ? badGrant(verdict.because)
          : refusal(verdict.code, { field: fields[verdict.code], because: verdict.because }),
      )
    case 'end-family':
      await endFamily(deps, { id: familyId, clientId: by.clientId, because: verdict.because })
      return no(badGrant(`All tokens of this authorization are revoked: ${verdict.because}.`))
    case 'spend':
      if (token === null || tried !== null) return no(badGrant('The refresh token has ended just now.'))
      return await spend(deps, { ...look, token, asked, scopes: verdict.scopes }, policy)
  }
}

const fields = { invalid_scope: 'scope', invalid_target: 'resource' } as const

type Spending = Look & {
  readonly token: FoundRefresh
  readonly asked: AskedRefresh
  readonly scopes: readonly Scope[]
}

async function spend(
  deps: Deps,
  spending: Spending,
  policy: GrantPolicy,
): Promise<Result<Tokens, GrantRefusal>> {
  const { found, token, question, scopes, jkt, by } = spending
  const { idTokenAlg, releases, keepsSecret } = found.application
  const own = widened(policy, found.application)
  const draft = draftFor(deps, spending.familyId, own)
  const issued = {
    draft,
    clientId: by.clientId,
    idTokenAlg,
    releases,
    authorized: token.authorized,
    scopes,
    jkt,
  }
  const tokens = await issueTokens(deps, { ...issued, refreshes: own.refresh === 'rotating' }, own)
  const item: SpendRefresh = {
    familyId: spending.familyId,
    hash: question.hash,
    attemptId: deps.ids.next(),
    accessHash: draft.accessHash,
    accessExpiresAt: draft.expiresAt,
    scopes,
    resources: spending.request.resources,
    jkt,
    next:
      tokens.refreshToken === null
        ? null
        : {
            hash: deps.digests.sha256(tokens.refreshToken),
            // Who proves itself by a secret may change its key; who cannot is known by it (RFC 9449 section 5).
            jkt: keepsSecret ? null : jkt,
            answer: {
              asked: askedText(spending.asked, token.scopes),
              sealed: deps.vault.sealUnder(spending.request.refreshToken, sealing, textOf(tokens)),
              expiresAt: after(draft.now, own.sameAnswerFor),
            },
          },
    refreshExpiresAt: earlier(draft.refreshExpiresAt, after(token.begunAt, own.familyLives)),
  }
  if (await spent(deps, item, draft)) return ok(tokens)
  const again = await looking(deps, question)
  if (again === null) return no(badGrant('The application was switched off just now.'))
  return await answer(
    deps,
    { ...spending, found: again, tried: { attemptId: item.attemptId, tokens } },
    policy,
  )
}

function earlier(one: Instant, other: Instant): Instant {
  return isBefore(one, other) ? one : other
}

const sealing = 'refresh answer'

type Sealed = Omit<Tokens, 'expiresAt' | 'expiresIn'> & {
  readonly expiresAt: number
  readonly expiresIn: Seconds
}

function textOf(tokens: Tokens): string {
  const sealed: Sealed = { ...tokens, expiresAt: tokens.expiresAt.epochMs }
  return JSON.stringify(sealed)
}

/** Only what we wrote opens, so its shape is ours. */
function openTokens({ vault }: Pick<Deps, 'vault'>, refreshToken: string, sealed: Uint8Array): Tokens {
  const tokens = JSON.parse(vault.openUnder(refreshToken, sealing, sealed)) as Sealed
  return { ...tokens, expiresAt: instant(tokens.expiresAt) }
}

async function looking(
  deps: Pick<Deps, 'db' | 'clock'>,
  question: RefreshQuestion,
): Promise<RefreshFound | null> {
  return await reader(deps.db)('', { item: question, now: deps.clock.now() })
}

/** A connection can die when the work is done but not yet told; the look that follows tells what became of it. */
async function spent(deps: Pick<Deps, 'db'>, item: SpendRefresh, { now }: Draft): Promise<boolean> {
  try {
    return await spender(deps.db)('', { item, now })
  } catch (fault) {
    if (fault instanceof Overloaded) throw fault
    return await spender(deps.db)('', { item, now })
  }
}

type Timed<Item> = { readonly item: Item; readonly now: Instant }

const limits = { limit: 64, queue: 5_000, together: true }

const reader = oncePer((db: Database) =>
  batcher<Timed<RefreshQuestion>, RefreshFound | null>({
    ...limits,
    run: async (asked) => await findRefreshes(db, items(asked), latest(asked)),
  }),
)

const spender = oncePer((db: Database) =>
  batcher<Timed<SpendRefresh>, boolean>({
    ...limits,
    run: async (asked) => await spendRefreshTokens(db, items(asked), latest(asked)),
  }),
)

function items<Item>(asked: readonly Timed<Item>[]): readonly Item[] {
  return asked.map(({ item }) => item)
}

function latest(asked: readonly Timed<unknown>[]): Instant {
  return asked.reduce((a, b) => (isBefore(a.now, b.now) ? b : a)).now
}
