import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { batcher, Overloaded, type BatchOptions } from './batch.ts'
import { Unavailable } from './unavailable.ts'

/** A batcher whose batches end when the test says so; it remembers them. */
function held(more: Partial<BatchOptions<number, string>> = {}) {
  const batches: (readonly number[])[] = []
  const ends: (() => void)[] = []
  const submit = batcher<number, string>({
    limit: 4,
    queue: 10,
    run: async (items) => {
      batches.push(items)
      await new Promise<void>((resolve) => ends.push(resolve))
      return items.map((item) => `answer ${item}`)
    },
    ...more,
  })
  const end = async (): Promise<void> => {
    ends.shift()?.()
    await turns()
  }
  return { batches, submit, end }
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

test('an idle lane runs at once, and what arrives meanwhile forms the next batches, in order and within the limit', async () => {
  const { batches, submit, end } = held()
  const answers = Promise.all([1, 2, 3, 4, 5, 6].map(async (item) => await submit('one', item)))
  await turns()
  assert.deepEqual(batches, [[1]])
  await end()
  assert.deepEqual(batches, [[1], [2, 3, 4, 5]])
  await end()
  await end()
  assert.deepEqual(batches, [[1], [2, 3, 4, 5], [6]])
  assert.deepEqual(
    await answers,
    [1, 2, 3, 4, 5, 6].map((item) => `answer ${item}`),
  )
})

test('partitions do not wait for each other, and one partition has as many lanes as it may', async () => {
  const { batches, submit, end } = held({ lanes: 2 })
  const all = ['a', 'a', 'a', 'b'].map(async (partition, place) => await submit(partition, place))
  await turns()
  assert.deepEqual(batches, [[0], [1], [3]])
  for (let count = 0; count < 4; count += 1) await end()
  assert.equal((await Promise.all(all)).length, 4)
  assert.deepEqual(batches.at(-1), [2])
})

test('beside a running batch another one sets out only when it is half as large, and what is left goes when that has ended', async () => {
  const { batches, submit, end } = held({ lanes: 2, limit: 10 })
  const all = [submit('one', 0)]
  await turns()
  all.push(submit('one', 1))
  await turns()
  assert.deepEqual(batches, [[0], [1]], 'one beside one')
  for (const item of [2, 3, 4, 5]) all.push(submit('one', item))
  await end()
  await end()
  assert.deepEqual(batches, [[0], [1], [2, 3, 4, 5]])
  all.push(submit('one', 6))
  await turns()
  assert.equal(batches.length, 3, 'one does not set out beside four')
  all.push(submit('one', 7))
  await turns()
  assert.deepEqual(batches.at(-1), [6, 7])
  all.push(submit('one', 8))
  await end()
  await end()
  assert.deepEqual(batches.at(-1), [8], 'nothing is left behind')
  await end()
  assert.equal((await Promise.all(all)).length, 9)
})

test('a full queue turns callers away, and takes them again when it has room', async () => {
  const { submit, end } = held({ queue: 2 })
  const first = [1, 2, 3].map(async (item) => await submit('one', item))
  await turns()
  await assert.rejects(submit('one', 4), Overloaded)
  await end()
  await end()
  assert.deepEqual(await Promise.all(first), ['answer 1', 'answer 2', 'answer 3'])
  const later = submit('one', 5)
  await turns()
  await end()
  assert.equal(await later, 'answer 5')
})

test('a batch that throws is run again item by item: only the bad one fails', async () => {
  const runs: number[] = []
  const submit = batcher<number, number>({
    limit: 10,
    queue: 10,
    run: async (items) => {
      runs.push(items.length)
      await turns()
      if (items.includes(3)) throw new Error('three is bad')
      return items
    },
  })
  const answers = await Promise.allSettled([0, 1, 2, 3, 4].map(async (item) => await submit('one', item)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(runs, [1, 4, 1, 1, 1, 1])
})

test('when what it rests on is gone a batch fails as one, without asking for each item', async () => {
  let runs = 0
  const submit = batcher<number, number>({
    limit: 10,
    queue: 10,
    run: async () => {
      runs += 1
      await turns()
      throw new Unavailable('gone')
    },
  })
  const answers = await Promise.allSettled([1, 2, 3, 4].map(async (item) => await submit('one', item)))
  assert.ok(answers.every((answer) => answer.status === 'rejected' && answer.reason instanceof Unavailable))
  assert.equal(runs, 2)
})

test('work that answers for fewer items than it got is a fault of the work, and nobody gets another’s answer', async () => {
  const submit = batcher<number, number>({ limit: 10, queue: 10, run: async () => await Promise.resolve([]) })
  await assert.rejects(submit('one', 1), /1 items, 0 answers/)
})

test('however calls arrive, each gets its own answer and none is lost or run twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ partition: fc.constantFrom('a', 'b'), pause: fc.boolean() }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      async (calls, limit, lanes) => {
        const ran: number[] = []
        const submit = batcher<number, number>({
          limit,
          lanes,
          queue: 100,
          run: async (items) => {
            await new Promise((resolve) => setImmediate(resolve))
            ran.push(...items)
            assert.ok(items.length <= limit)
            return items.map((item) => item * 2)
          },
        })
        const answers: Promise<number>[] = []
        for (const [item, { partition, pause }] of calls.entries()) {
          answers.push(submit(partition, item))
          if (pause) await new Promise((resolve) => setImmediate(resolve))
        }
        assert.deepEqual(
          await Promise.all(answers),
          calls.map((_, item) => item * 2),
        )
        assert.deepEqual(
          ran.toSorted((a, b) => a - b),
          calls.map((_, item) => item),
        )
      },
    ),
    { numRuns: 50 },
  )
})
