import assert from 'node:assert/strict'
import { test } from 'node:test'
import { after, instant, seconds, type Instant } from '../../base/time.ts'
import { afterFailures, mostAbreast, soundsLike, type Health } from './lane.ts'
import type { Heard } from './notice.ts'

const start = instant(1_000_000)
const dead: Heard = { kind: 'no-answer', because: 'timeout' }
const well: Health = { failures: 0, restsUntil: null }

function answer(status: number, retryAfter = ''): Heard {
  return { kind: 'answer', status, headers: { 'retry-after': retryAfter }, body: new Uint8Array() }
}

function failing(times: number, from: Health = well): readonly [Health, Instant] {
  let health = from
  let now = start
  for (let count = 0; count < times; count += 1) {
    now = health.restsUntil ?? now
    health = afterFailures(health, [{ startedAt: now, heard: dead }], now, 0.5)
  }
  return [health, now]
}

test('a dead host rests longer and longer, at most a minute, and is then knocked at by one notice alone [money 58]', () => {
  const rests = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50].map((times) => {
    const [health, now] = failing(times)
    return ((health.restsUntil?.epochMs ?? 0) - now.epochMs) / 1000
  })
  assert.deepEqual(rests, [0, 1, 2, 4, 8, 16, 32, 60, 60, 60])
  assert.equal(mostAbreast(0), 16)
  assert.equal(mostAbreast(1), 16)
  assert.equal(mostAbreast(2), 1)
})

test('tries that failed together are one failure', () => {
  const together = Array.from({ length: 16 }, () => ({ startedAt: start, heard: dead }))
  const later = after(start, seconds(15))
  const first = afterFailures(well, together, later, 0.5)
  assert.equal(first.failures, 1)
  assert.equal(afterFailures(first, together, later, 0.5).failures, 1)
  assert.equal(afterFailures(first, [{ startedAt: later, heard: dead }], later, 0.5).failures, 2)
})

test('a host that asks for a rest gets it, bounded to a quarter of an hour [money 57]', () => {
  const rest = (asked: string): number => {
    const { restsUntil } = afterFailures(well, [{ startedAt: start, heard: answer(429, asked) }], start, 0)
    return ((restsUntil?.epochMs ?? 0) - start.epochMs) / 1000
  }
  assert.equal(rest('30'), 30)
  assert.equal(rest('86400'), 900)
  assert.equal(rest(''), 0)
})

test('a rest that was granted is not shortened by the next failure', () => {
  const resting: Health = { failures: 3, restsUntil: after(start, seconds(600)) }
  const later = after(start, seconds(1))
  assert.deepEqual(afterFailures(resting, [{ startedAt: start, heard: dead }], later, 0), resting)
})

test('an answer about one notice says nothing about its host', () => {
  for (const status of [301, 400, 401, 404, 410, 422])
    assert.equal(soundsLike(answer(status)), null, String(status))
  for (const status of [429, 500, 502, 503, 504])
    assert.equal(soundsLike(answer(status)), 'ill', String(status))
  for (const status of [200, 204]) assert.equal(soundsLike(answer(status)), 'well', String(status))
  assert.equal(soundsLike(dead), 'ill')
  assert.equal(soundsLike({ kind: 'no-answer', because: 'url-forbidden' }), null)
  assert.equal(soundsLike({ kind: 'not-sent', because: 'unprintable' }), null)
})
