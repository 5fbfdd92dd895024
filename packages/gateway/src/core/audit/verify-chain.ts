import type { Ports } from '../ports.ts'
import { beginning, checkChain, digestOf, type Broken, type Head } from './chain.ts'
import { readLinkless } from './chain.sql.ts'
import { readChain, readHead } from './read-chain.ts'

export type Verified = {
  readonly head: Head
  /** Acts that the next rounds will link; until then nothing protects them. */
  readonly waiting: number
  /** Null: the chain holds. */
  readonly broken: Broken | null
}

type Needs = Pick<Ports, 'db' | 'digests'>

const page = 1000
const lowest = '00000000-0000-0000-0000-000000000000'

/**
 * Reads every act and every link and says where the chain breaks first. With a head that was kept elsewhere it also finds
 * a chain that somebody rewrote from some place on, and one whose end was cut off.
 */
export async function verifyChain(ports: Needs, kept: Head | null = null): Promise<Verified> {
  const head = await readHead(ports)
  const inLinks = await verifyLinks(ports, head, kept)
  const { waiting, unlinked } = await findLinkless(ports)
  const inActs: Broken | null =
    unlinked === null
      ? null
      : { place: head.place, what: 'missing', says: `act ${unlinked} was chained, and its link is gone` }
  return { head, waiting, broken: inLinks ?? inActs }
}

async function verifyLinks(ports: Needs, head: Head, kept: Head | null): Promise<Broken | null> {
  const check = checkChain(beginning, ports.digests)
  for await (const { place, hash, act } of readChain(ports, head)) {
    const digest = act === null ? null : digestOf(act, ports.digests)
    const broken = check.add({ place, hash, digest }) ?? differs({ place, hash }, kept)
    if (broken !== null) return broken
  }
  const broken = check.end()
  if (broken !== null || kept === null || kept.place <= head.place) return broken
  const says = `the chain ends at place ${head.place}: the end was cut off after place ${kept.place} was kept`
  return { place: head.place + 1, what: 'missing', says }
}

function differs(link: Head, kept: Head | null): Broken | null {
  if (kept === null || kept.place !== link.place || kept.hash === link.hash) return null
  const says = `the chain was written anew: at place ${kept.place} it is not what was kept`
  return { place: kept.place, what: 'changed', says }
}

async function findLinkless({ db }: Needs): Promise<{ waiting: number; unlinked: string | null }> {
  let waiting = 0
  let after = lowest
  for (;;) {
    const acts = await readLinkless(db, { after, most: page })
    const wrong = acts.find((act) => act.wrong)
    if (wrong !== undefined) return { waiting, unlinked: wrong.id }
    waiting += acts.filter((act) => act.waits).length
    const last = acts.at(-1)
    if (last === undefined) return { waiting, unlinked: null }
    after = last.id
  }
}
