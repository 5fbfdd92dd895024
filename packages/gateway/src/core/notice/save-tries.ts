import type { Chance } from '../../base/id.ts'
import type { Instant } from '../../base/time.ts'
import type { Ports } from '../ports.ts'
import {
  healEndpoints,
  insertGoneAddresses,
  lockEndpoints,
  saveEndpointHealth,
  type LockedLane,
} from './endpoint.sql.ts'
import { afterFailures, soundsLike } from './lane.ts'
import { tellingHeaders } from './delivery.ts'
import { addressOf, decide, isGone, type Decision, type Heard, type Lane } from './notice.ts'
import { saveTryRecords, type TryRecord } from './notice.sql.ts'
import type { Tried } from './send-notice.ts'

/** Decides what follows from each try and saves it, with the health of the hosts. Answers in the order of the tries. */
export async function saveTries(ports: Ports, tries: readonly Tried[]): Promise<readonly Decision[]> {
  const now = ports.clock.now()
  const decided = tries.map((tried) => ({
    tried,
    decision: decide(tried.notice, tried.heard, now, fraction(ports.chance)),
  }))
  const ill = byLane(tries.filter(({ heard }) => soundsLike(heard) === 'ill'))
  const well = byLane(tries.filter(({ heard }) => soundsLike(heard) === 'well'))
  const gone = tries
    .filter(({ heard }) => heard.kind === 'answer' && isGone(heard))
    .map(({ notice }) => notice)
  // One success says more than the failures beside it.
  for (const lane of well.keys()) ill.delete(lane)
  await ports.db.transaction(async (tx) => {
    await saveTryRecords(
      tx,
      decided.map(({ tried, decision }) => recordOf(tried, decision, now)),
    )
    if (gone.length > 0) {
      const addresses = gone.map(({ organizationId, endpoint }) => ({
        organizationId,
        address: addressOf(endpoint),
      }))
      await insertGoneAddresses(tx, addresses, now)
    }
    if (well.size > 0) await healEndpoints(tx, lanesOf(well))
    if (ill.size > 0) {
      const before = await lockEndpoints(tx, lanesOf(ill))
      await saveEndpointHealth(
        tx,
        before.map((lane) => worsened(ports, lane, ill.get(keyOf(lane)) ?? [], now)),
      )
    }
  })
  for (const { tried, decision } of decided) tell(ports, tried, decision)
  return decided.map(({ decision }) => decision)
}

function worsened(ports: Ports, lane: LockedLane, knocks: readonly Tried[], now: Instant): LockedLane {
  return { ...lane, ...afterFailures(lane, knocks, now, fraction(ports.chance)) }
}

function recordOf(tried: Tried, decision: Decision, now: Instant): TryRecord {
  const { notice, heard } = tried
  return {
    organizationId: notice.organizationId,
    id: notice.id,
    place: notice.tries,
    state: decision.state,
    nextAt: decision.state === 'waiting' ? decision.at : now,
    deliveredAt: decision.state === 'delivered' ? now : null,
    startedAt: tried.startedAt,
    tookMs: tried.endedAt.epochMs - tried.startedAt.epochMs,
    request: tried.request,
    bodyBytes: tried.bodyBytes,
    status: heard.kind === 'answer' ? heard.status : null,
    answer: heard.kind === 'answer' ? legible(heard) : null,
    answerHeaders: heard.kind === 'answer' ? tellingHeaders(heard.headers) : null,
    fault: heard.kind === 'answer' ? null : heard.because,
  }
}

/** The answer as text; PostgreSQL keeps no NUL in a text. */
function legible({ body }: Extract<Heard, { readonly kind: 'answer' }>): string {
  return new TextDecoder().decode(body).replaceAll('\u0000', '\ufffd')
}

function tell(ports: Ports, { notice }: Tried, decision: Decision): void {
  if (decision.state !== 'given-up') return
  ports.log.warn('notice.given-up', {
    notice: notice.id,
    organization: notice.organizationId,
    origin: notice.origin,
    tries: notice.tries,
    because: decision.because,
  })
}

function byLane(tries: readonly Tried[]): Map<string, readonly Tried[]> {
  return new Map(
    Object.entries(Object.groupBy(tries, ({ notice }) => keyOf(notice))).map(([key, of]) => [key, of ?? []]),
  )
}

function lanesOf(groups: ReadonlyMap<string, readonly Tried[]>): readonly Lane[] {
  return [...groups.values()].flatMap(([first]) => (first === undefined ? [] : [first.notice]))
}

function keyOf({ organizationId, origin }: Lane): string {
  return `${organizationId} ${origin}`
}

/** A random number in [0, 1). */
function fraction(chance: Chance): number {
  const [high = 0, low = 0] = chance.bytes(2)
  return (high * 256 + low) / 65_536
}
