import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import type { Database } from '../../base/db.ts'
import { instant } from '../../base/time.ts'
import { boundsOf, draw, leaseOf, standing, type BucketRule } from './bucket.ts'
import { sharedLimits } from './share-limits.ts'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const digests = { derive: (_purpose: string, text: string) => new TextEncoder().encode(text.padEnd(18)) }

/** The database as bucket.sql.ts uses it; every answer comes `lag` turns of the event loop later. */
function fakeDatabase(now: () => number, lag: () => number): Pick<Database, 'query'> {
  const rows = new Map<string, number>()
  return {
    query: async (_statement, values) => {
      const [keys, bursts, rates, counts] = values as [string[], number[], number[], number[]]
      const drawn = keys.map((key, at) => {
        const rule = { burst: bursts[at] ?? 0, perSecond: rates[at] ?? 0 }
        const got = draw(rows.get(key) ?? null, { rule, count: counts[at] ?? 0 }, now())
        rows.set(key, got.clearAt)
        return { key, granted: got.granted, clear_ms: got.clearAt }
      })
      for (let turns = lag(); turns > 0; turns -= 1) await setImmediate()
      return drawn as never
    },
  }
}

const rules: fc.Arbitrary<BucketRule> = fc.record({
  burst: fc.integer({ min: 1, max: 200 }),
  perSecond: fc.constantFrom(0.1, 0.5, 1, 7, 20, 100),
})

const event = fc.record({
  process: fc.nat({ max: 3 }),
  pauseMs: fc.constantFrom(0, 0, 0, 1, 50, 1000, 10_000),
  requests: fc.integer({ min: 1, max: 40 }),
  turns: fc.nat({ max: 3 }),
})

/** The most by which any stretch of time was passed: `count - (burst + perSecond × seconds)`. */
function excessOf(admitted: readonly number[], { burst, perSecond }: BucketRule): number {
  let most = Number.NEGATIVE_INFINITY
  // The best place to begin a stretch that ends here is where `place - perSecond × time` was smallest.
  let lowest = Number.POSITIVE_INFINITY
  for (const [place, at] of admitted.entries()) {
    lowest = Math.min(lowest, place - (at / 1000) * perSecond)
    most = Math.max(most, place + 1 - (at / 1000) * perSecond - lowest - burst)
  }
  return most
}

test('[identity 64] N processes together let through at most burst + rate × time + N leases, in any stretch of time', async () => {
  await fc.assert(
    fc.asyncProperty(
      rules,
      fc.integer({ min: 1, max: 4 }),
      fc.array(event, { minLength: 1, maxLength: 60 }),
      fc.infiniteStream(fc.nat({ max: 4 })),
      async (rule, processes, events, lags) => {
        let now = 1_000_000
        const clock = { now: () => instant(now) }
        const db = fakeDatabase(
          () => now,
          () => Number(lags.next().value),
        ) as Database
        const doors = Array.from({ length: processes }, () =>
          sharedLimits({ db, clock, log: quiet, digests } as never),
        )
        const admitted: number[] = []
        for (const { process, pauseMs, requests, turns } of events) {
          // A database that takes longer than a second is another test.
          if (pauseMs >= 1000) for (let turn = 0; turn < 12; turn += 1) await setImmediate()
          now += pauseMs
          const door = doors[process % processes]
          for (let each = 0; each < requests; each += 1)
            if (door?.('somebody', rule).admitted === true) admitted.push(now)
          for (let turn = 0; turn < turns; turn += 1) await setImmediate()
        }
        const excess = excessOf(admitted, rule)
        assert.ok(excess <= processes * leaseOf(rule) + 1e-3, `${excess} of ${processes} × ${leaseOf(rule)}`)
      },
    ),
    { numRuns: 400 },
  )
})

test('one process alone lets through all of the burst, and then the rate', async () => {
  let now = 0
  const clock = { now: () => instant(now) }
  const rule = { burst: 80, perSecond: 10 }
  const db = fakeDatabase(
    () => now,
    () => 0,
  ) as Database
  const door = sharedLimits({ db, clock, log: quiet, digests } as never)
  const admit = async (tries: number): Promise<number> => {
    let count = 0
    for (let each = 0; each < tries; each += 1) {
      if (door('somebody', rule).admitted) count += 1
      await setImmediate()
      await setImmediate()
    }
    return count
  }
  const first = await admit(200)
  assert.ok(first >= 80 && first <= 80 + leaseOf(rule), String(first))
  const verdict = door('somebody', rule)
  assert.deepEqual([verdict.admitted, verdict.left], [false, 0])
  assert.ok(verdict.waitSeconds >= 1)
  now += 10_000
  const later = await admit(200)
  assert.ok(later >= 90 - leaseOf(rule) && later <= 100 + leaseOf(rule), String(later))
})

test('a lease serves many requests: the database is asked seldom, and nobody waits for it', async () => {
  let asked = 0
  const rule = { burst: 20_000, perSecond: 10_000 }
  const real = fakeDatabase(
    () => 0,
    () => 0,
  )
  const db = {
    query: async (...given: Parameters<Database['query']>) => {
      asked += 1
      return await real.query(...given)
    },
  } as Database
  const door = sharedLimits({ db, clock: { now: () => instant(0) }, log: quiet, digests } as never)
  for (let each = 0; each < 10_000; each += 1) {
    assert.ok(door('bank', rule).admitted)
    if (each % 100 === 0) await setImmediate()
  }
  assert.ok(asked > 0 && asked <= 20, `${asked} questions`)
})

test('of a crowd that comes at once, larger than a lease, nobody is refused what the bucket holds', async () => {
  const rule = { burst: 300, perSecond: 20 }
  const db = fakeDatabase(
    () => 0,
    () => 0,
  ) as Database
  const door = sharedLimits({ db, clock: { now: () => instant(0) }, log: quiet, digests } as never)
  const admitted = async (): Promise<boolean> => {
    const verdict = door('a mobile network', rule)
    if (verdict.pending === null) return verdict.admitted
    await verdict.pending
    return await admitted()
  }
  const crowd = await Promise.all(Array.from({ length: 400 }, async () => await admitted()))
  const count = crowd.filter(Boolean).length
  assert.ok(count >= 300 && count <= 300 + leaseOf(rule), String(count))
})

for (const [name, query] of [
  ['does not answer', async () => await new Promise<never>(() => undefined)],
  ['is gone', async () => await Promise.reject(new Error('gone'))],
] as const) {
  test(`while the database ${name} each process counts alone, and does not shut`, async () => {
    let now = 0
    const rule = { burst: 80, perSecond: 10 }
    const db = { query } as unknown as Database
    const door = sharedLimits({ db, clock: { now: () => instant(now) }, log: quiet, digests } as never)
    let admitted = 0
    for (let second = 0; second < 60; second += 1) {
      for (let each = 0; each < 100; each += 1) if (door('somebody', rule).admitted) admitted += 1
      now += 1000
      await setImmediate()
    }
    assert.ok(admitted >= 200 && admitted <= 80 + 60 * 10 + leaseOf(rule), String(admitted))
  })
}

test('what is left and when it opens again', () => {
  const rule = { burst: 10, perSecond: 2 }
  assert.deepEqual(standing(0, rule, 0), { left: 10, waitMs: 0 })
  assert.deepEqual(standing(5000, rule, 0), { left: 0, waitMs: 500 })
  assert.deepEqual(draw(null, { rule, count: 4 }, 0), { granted: 4, clearAt: 2000 })
  assert.deepEqual(draw(5000, { rule, count: 4 }, 0), { granted: 0, clearAt: 5000 })
  assert.deepEqual(boundsOf({ burst: 300, perSecond: 20 }), { most: 19, credit: 18 })
})
