import { after, seconds } from '../../base/time.ts'
import type { Ports } from '../ports.ts'
import { findGoneAddresses, insertEndpoints, lockFreeEndpoints } from './endpoint.sql.ts'
import { mostAbreast } from './lane.ts'
import { addressOf, type Lane, type Notice } from './notice.ts'
import { claimDueNotices, findWaitingLanes, type FoundLane } from './notice.sql.ts'
import { findWebhookSecrets } from './webhook-secret.sql.ts'

/** A notice that is ours to send until its lease ends. */
export type ClaimedNotice = Notice & {
  /** Whether its address said 410 before. */
  readonly gone: boolean
  /** Live webhook secrets of its organization, sealed. */
  readonly secrets: readonly Uint8Array[]
}

export type Claimed = {
  readonly notices: readonly ClaimedNotice[]
  /** Where the next claim goes on; null when this one came to the end of the lanes. */
  readonly cursor: Lane | null
}

/** Longer than a try may take, so that a lease ends only when its process did. */
const lease = seconds(25)
/** Lanes looked at by one claim: thousands of dead merchants cost many cheap claims, never one dear one. */
const mostLanes = 500

/**
 * Takes up to `room` notices that are due, a fair share from each lane, never more abreast in a lane than it bears,
 * whatever number of processes claim. A lane that another process is claiming from is left to it.
 */
export async function claimNotices(ports: Ports, room: number, behind: Lane | null): Promise<Claimed> {
  const now = ports.clock.now()
  const found = await findWaitingLanes(ports.db, now, behind, mostLanes)
  const due = found.filter((lane) => lane.due)
  const chosen = due.slice(0, room)
  const isCut = chosen.length < due.length
  const cursor = isCut ? chosen.at(-1) : found.length === mostLanes ? found.at(-1) : undefined
  if (chosen.length === 0) return { notices: [], cursor: cursor ?? null }
  const notices = await claimFrom(ports, chosen, room)
  return { notices: await withKeys(ports, notices), cursor: cursor ?? null }
}

async function claimFrom(
  ports: Ports,
  lanes: readonly FoundLane[],
  room: number,
): Promise<readonly Notice[]> {
  const now = ports.clock.now()
  const strangers = lanes.filter(({ known }) => !known)
  if (strangers.length > 0) await insertEndpoints(ports.db, strangers)
  const share = Math.ceil(room / lanes.length)
  return await ports.db.transaction(async (tx) => {
    // Locked first and counted in a second statement: only that one sees what the claimer before us committed.
    const locked = await lockFreeEndpoints(tx, lanes, now)
    if (locked.length === 0) return []
    return await claimDueNotices(tx, {
      lanes: locked.map(({ organizationId, origin, failures }) => {
        return { organizationId, origin, most: Math.min(mostAbreast(failures), share) }
      }),
      now,
      leasedUntil: after(now, lease),
      most: room,
    })
  })
}

async function withKeys(ports: Ports, notices: readonly Notice[]): Promise<readonly ClaimedNotice[]> {
  if (notices.length === 0) return []
  const addresses = notices.map(({ organizationId, endpoint }) => ({
    organizationId,
    address: addressOf(endpoint),
  }))
  const organizationIds = [...new Set(notices.map(({ organizationId }) => organizationId))]
  const [gone, secrets] = await Promise.all([
    findGoneAddresses(ports.db, addresses),
    findWebhookSecrets(ports.db, organizationIds, ports.clock.now()),
  ])
  const closed = new Set(gone.map(({ organizationId, address }) => `${organizationId} ${address}`))
  return notices.map((notice) => ({
    ...notice,
    gone: closed.has(`${notice.organizationId} ${addressOf(notice.endpoint)}`),
    secrets: secrets.get(notice.organizationId) ?? [],
  }))
}
