import { batcher, Overloaded } from '../../base/batch.ts'
import type { Instant } from '../../base/time.ts'
import type { Ports } from '../ports.ts'
import type { Refusal } from '../refusal.ts'
import { draw, type BucketRule } from '../limit/bucket.ts'
import { canBeClientId } from '../application/find-application.ts'
import type { RefusalReason } from './reason.ts'
import { clientReason, tokenReason } from './refusal-reason.ts'
import {
  findApplicationSwitches,
  findPresentedToken,
  insertRefusedRequests,
  type PresentedToken,
  type Switches,
} from './refused-request.sql.ts'
import {
  cut,
  isLogged,
  loggedOfClient,
  loggedOfNobody,
  redacted,
  type RefusedRequest,
  type SeenRequest,
} from './refused-request.ts'
import { familyOf, kindOf } from '../token/token.ts'

export type RefusalNoter = (seen: SeenRequest, refusal: Refusal) => Promise<void>

type Noted = { readonly seen: SeenRequest; readonly refusal: Refusal; readonly at: Instant }
type Needs = Pick<Ports, 'db' | 'clock' | 'digests' | 'log'>

/**
 * Returns what keeps refusals for the request log. It works after the answer was sent and in batches; what comes faster
 * than anybody could read is left out, so that neither a broken loop nor a stranger fills the table.
 */
export function refusalNoter(ports: Needs, operatorId: string): RefusalNoter {
  const spend = spender()
  const submit = batcher<Noted, null>({
    limit: 100,
    queue: 1_000,
    run: async (batch) => {
      await save(ports, operatorId, batch, spend)
      return batch.map(() => null)
    },
  })
  return async (seen, refusal) => {
    if (!isLogged(seen.path)) return
    const at = ports.clock.now()
    if (!spend(`client ${seen.clientId.slice(0, 200)}`, loggedOfClient, at)) return
    try {
      await submit('', { seen, refusal, at })
    } catch (fault) {
      if (!(fault instanceof Overloaded)) throw fault
      ports.log.warn('request log is full', { id: seen.id })
    }
  }
}

type Spend = (key: string, rule: BucketRule, at: Instant) => boolean

async function save(ports: Needs, operatorId: string, batch: readonly Noted[], spend: Spend): Promise<void> {
  const tokens = await Promise.all(batch.map(({ seen }) => presented(ports, seen)))
  const ids = batch.map(({ seen }, place) => nameOf(seen, tokens[place] ?? null))
  const known = await findApplicationSwitches(ports.db, [...new Set(ids.filter(canBeClientId))])
  const applications = new Map(known.map((one) => [one.clientId, one]))
  const rows = batch.map((noted, place) => {
    const clientId = ids[place] ?? ''
    const found = { application: applications.get(clientId) ?? null, token: tokens[place] ?? null }
    return rowOf(ports, noted, { ...found, clientId, operatorId })
  })
  const kept = rows.filter(
    ({ organizationId, clientId, at }) =>
      organizationId !== operatorId || applications.has(clientId) || spend('nobody', loggedOfNobody, at),
  )
  if (kept.length > 0) await insertRefusedRequests(ports.db, kept)
}

/** Whose it is: what it says itself, else whom its token was given to. */
function nameOf(seen: SeenRequest, token: PresentedToken | null): string {
  return seen.clientId === '' ? (token?.clientId ?? '') : seen.clientId
}

async function presented({ db, digests }: Needs, { token }: SeenRequest): Promise<PresentedToken | null> {
  const kind = token === null ? null : kindOf(token)
  const familyId = token === null || kind === null ? null : familyOf(kind, token)
  return token === null || familyId === null
    ? null
    : await findPresentedToken(db, familyId, digests.sha256(token))
}

type Found = {
  readonly application: Switches | null
  readonly token: PresentedToken | null
  readonly clientId: string
  readonly operatorId: string
}

function rowOf({ digests }: Needs, { seen, refusal, at }: Noted, found: Found): RefusedRequest {
  const { application, token, clientId, operatorId } = found
  const secretHash = seen.secret === null ? null : digests.sha256(seen.secret)
  const because = {
    invalid_client: () =>
      clientReason({ seen, refusal, secretHash, application, now: at, equal: digests.equal }),
    invalid_token: () => tokenReason(seen, token, at),
    bearer_missing: (): RefusalReason => ({ code: 'bearer_missing', details: {} }),
  }
  const reason = Object.hasOwn(because, refusal.code) ? because[refusal.code as keyof typeof because]() : null
  return {
    organizationId: application?.organizationId ?? operatorId,
    id: seen.id,
    at,
    clientId: cut(clientId, 200),
    endpoint: cut(seen.path, 100),
    code: isAboutToken(seen) && refusal.code === 'invalid_token' ? 'inactive' : refusal.code,
    reason,
    because: cut(reason === null ? sentenceOf(refusal) : plainly(reason), 1000),
    parameters: redacted(seen.parameters),
  }
}

/** Introspection refuses nobody: it says that a token is not active. */
function isAboutToken({ path }: SeenRequest): boolean {
  return path.endsWith('/introspect')
}

/** For whoever reads the table itself: `secret_ended at 2026-11-01T06:30:00.000Z`. */
function plainly({ code, details }: RefusalReason): string {
  return [code, ...Object.entries(details).flat()].join(' ')
}

function sentenceOf({ mend, field, because, code }: Refusal): string {
  const exact = Object.values(mend ?? {}).join(' ')
  if (exact !== '') return exact
  return because === undefined ? `${code}${field === undefined ? '' : `: ${field}`}` : because
}

/** Buckets of this process alone, the longest unused forgotten first: what it keeps too much of, two weeks take away. */
function spender(): Spend {
  const clearAt = new Map<string, number>()
  return (key, rule, at) => {
    const drawn = draw(clearAt.get(key) ?? null, { rule, count: 1 }, at.epochMs)
    clearAt.delete(key)
    clearAt.set(key, drawn.clearAt)
    if (clearAt.size > 10_000) clearAt.delete(clearAt.keys().next().value ?? '')
    return drawn.granted === 1
  }
}
