import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '../base/time.ts'
import { openIds, systemChance } from './ids.ts'

test('identifiers rise strictly, also when the clock stands or steps back', () => {
  let now = 1_700_000_000_000
  const ids = openIds({ now: () => instant(now) }, systemChance)
  const made: string[] = []
  for (let count = 0; count < 10_000; count += 1) made.push(ids.next())
  now -= 60_000
  made.push(ids.next())
  now += 120_000
  made.push(ids.next())
  assert.deepEqual(made, [...made].sort())
  assert.equal(new Set(made).size, made.length)
})

test('an identifier is a UUIDv7 that carries its time', () => {
  const at = 1_700_000_000_123
  const id = openIds({ now: () => instant(at) }, systemChance).next()
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16), at)
})

test('two processes at one time make different identifiers', () => {
  const clock = { now: () => instant(1_700_000_000_000) }
  assert.notEqual(openIds(clock, systemChance).next(), openIds(clock, systemChance).next())
})
