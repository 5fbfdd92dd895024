import { fromHex } from '../../base/bytes.ts'
import type { Ports } from '../ports.ts'
import { beginning, digestOf, linkOf } from './chain.ts'
import { findNewestLink, insertLinks, listUnchainedActs, lockChain, markChained } from './chain.sql.ts'

/** Acts in one transaction: some milliseconds of hashing. */
const batch = 500

/**
 * Appends acts that have no link yet to the chain, the oldest first; one that commits late is appended when it appears.
 * Only one process at a time does so, so the chain cannot fork, and whoever dies on the way leaves nothing behind.
 * Returns how many were linked.
 */
export async function linkActs(
  { db, digests }: Pick<Ports, 'db' | 'digests'>,
  most = batch,
): Promise<number> {
  return await db.transaction(async (tx) => {
    if (!(await lockChain(tx))) return 0
    // After the lock, in a statement of its own: only so it sees what the process before committed.
    let head = (await findNewestLink(tx)) ?? beginning
    const acts = await listUnchainedActs(tx, most)
    if (acts.length === 0) return 0
    const links = acts.map((act) => {
      head = { place: head.place + 1, hash: linkOf(head.hash, digestOf(act, digests), digests) }
      return { place: head.place, actId: act.id, hash: fromHex(head.hash) }
    })
    await insertLinks(tx, links)
    await markChained(
      tx,
      acts.map(({ id }) => id),
    )
    return acts.length
  })
}

/** Whether a round of that size may have left some behind. */
export function wasFull(linked: number): boolean {
  return linked === batch
}
