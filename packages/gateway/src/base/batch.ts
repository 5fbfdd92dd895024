import { Unavailable } from './unavailable.ts'

/**
 * The one batching mechanism, for reads and for writes. An idle lane runs the first call at once; what arrives
 * while it is under way forms the next batch. There is no timer: batches grow with load and are single when idle.
 */

export type BatchOptions<Item, Answer> = {
  /**
   * Does the work of a whole batch and answers in the order of its items. Throws only when none of it was done, or
   * `Unavailable` when nobody knows.
   */
  readonly run: (items: readonly Item[]) => Promise<readonly Answer[]>
  /** Most items in one batch. */
  readonly limit: number
  /** Most items waiting in one partition before callers are turned away. */
  readonly queue: number
  /** Batches under way at once in one partition. More than 1 only where all of them lock rows in one order. */
  readonly lanes?: number
  /**
   * Waits for the end of the event loop's turn before a lane sets out, so that calls which arrived together go
   * together. For reads that are cheap for the server and dear to send one by one.
   */
  readonly together?: boolean
}

/** Thrown when a partition's queue is full; the caller is told to come back later (503 with Retry-After). */
export class Overloaded extends Error {
  override readonly name = 'Overloaded'
}

type Waiting<Item, Answer> = {
  readonly item: Item
  readonly resolve: (answer: Answer) => void
  readonly reject: (fault: unknown) => void
}

type Lane<Item, Answer> = {
  readonly waiting: Waiting<Item, Answer>[]
  busy: number
  /** Items in the batches that run now. */
  underWay: number
}

/** Returns a function that puts an item into its partition's next batch and answers with that item's result. */
export function batcher<Item, Answer>(options: BatchOptions<Item, Answer>) {
  const partitions = new Map<string, Lane<Item, Answer>>()
  const lanes = options.lanes ?? 1

  async function drain(partition: string, lane: Lane<Item, Answer>): Promise<void> {
    lane.busy += 1
    if (options.together === true) await turn()
    while (isWorthIt(lane)) {
      const batch = lane.waiting.splice(0, options.limit)
      lane.underWay += batch.length
      await runOne(options, batch)
      lane.underWay -= batch.length
    }
    lane.busy -= 1
    if (lane.busy === 0 && lane.waiting.length === 0) partitions.delete(partition)
  }

  /**
   * A batch costs much the same whatever its size, so beside another one it waits until it is half as large. Nothing
   * is left behind: when the others end, whatever waits sets out.
   */
  const isWorthIt = ({ waiting, underWay }: Lane<Item, Answer>): boolean =>
    waiting.length > 0 && (underWay === 0 || waiting.length >= Math.min(underWay / 2, options.limit))

  return function submit(partition: string, item: Item): Promise<Answer> {
    const lane = partitions.get(partition) ?? { waiting: [], busy: 0, underWay: 0 }
    partitions.set(partition, lane)
    if (lane.waiting.length >= options.queue)
      return Promise.reject(new Overloaded(`${partition}: queue is full`))
    return new Promise((resolve, reject) => {
      lane.waiting.push({ item, resolve, reject })
      if (lane.busy < lanes && isWorthIt(lane)) void drain(partition, lane)
    })
  }
}

/**
 * One bad item never fails its neighbours: a batch that throws is run again item by item. Not when what we rest on is
 * gone, because that is nobody's item, and a hundred would wait for it one after the other.
 */
async function runOne<Item, Answer>(options: BatchOptions<Item, Answer>, batch: Waiting<Item, Answer>[]) {
  try {
    settle(batch, await options.run(batch.map((waiting) => waiting.item)))
  } catch (fault) {
    if (batch.length === 1 || fault instanceof Unavailable) for (const { reject } of batch) reject(fault)
    else for (const waiting of batch) await runOne(options, [waiting])
  }
}

function settle<Item, Answer>(batch: readonly Waiting<Item, Answer>[], answers: readonly Answer[]) {
  if (answers.length !== batch.length) throw new Error(`${batch.length} items, ${answers.length} answers`)
  batch.forEach((waiting, place) => waiting.resolve(answers[place] as Answer))
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
