import type { Ports } from '../ports.ts'
import { beginning, type Head, type RecordedAct } from './chain.ts'
import { findNewestLink, readLinkedActs } from './chain.sql.ts'

export type LinkedAct = Head & { readonly act: RecordedAct | null }

const page = 1000

/** Where the chain stands now. */
export async function readHead({ db }: Pick<Ports, 'db'>): Promise<Head> {
  return (await findNewestLink(db)) ?? beginning
}

/** Every link up to a head, in order, a page in memory at a time; acts that are gone are null. */
export async function* readChain({ db }: Pick<Ports, 'db'>, upTo: Head): AsyncGenerator<LinkedAct> {
  let after = 0
  for (;;) {
    const links = await readLinkedActs(db, { after, upTo: upTo.place, most: page })
    yield* links
    const last = links.at(-1)
    if (last === undefined) return
    after = last.place
  }
}
