import assert from 'node:assert/strict'
import { test } from 'node:test'
import { after, days, instant, seconds } from '../../base/time.ts'
import type { NoAnswer } from '../ports.ts'
import type { InvoiceEvent } from './event.ts'
import { addressOf, askedToWait, decide, schedule, type Heard, type Notice } from './notice.ts'

const now = instant(Date.parse('2026-03-01T12:00:00Z'))

function notice(tries: number, createdAt = now): Notice {
  return {
    organizationId: 'o',
    origin: 'https://shop.example',
    id: 'n',
    invoiceId: 'i',
    sequence: 1,
    dialect: 'd',
    event: {} as InvoiceEvent,
    endpoint: 'https://shop.example/ipn?order=1',
    tries,
    createdAt,
  }
}

function answer(status: number, headers: Readonly<Record<string, string>> = {}): Heard {
  return { kind: 'answer', status, headers, body: new Uint8Array() }
}

const silence = (because: NoAnswer): Heard => ({ kind: 'no-answer', because })

function waits(heard: Heard, tries = 1, chance = 0.5): number {
  const decision = decide(notice(tries), heard, now, chance)
  assert.ok(decision.state === 'waiting', decision.state)
  return (decision.at.epochMs - now.epochMs) / 1000
}

test('any 2xx is a receipt', () => {
  for (const status of [200, 201, 202, 204, 299]) {
    assert.deepEqual(decide(notice(1), answer(status), now, 0), { state: 'delivered' }, String(status))
  }
})

test('everything else is tried again, a redirect too [money 46] [money 50]', () => {
  for (const status of [199, 301, 302, 307, 308, 400, 401, 404, 409, 422, 500, 502, 503, 504]) {
    assert.equal(waits(answer(status)), 5, String(status))
  }
  for (const because of [
    'address-forbidden',
    'name-unknown',
    'refused',
    'unreachable',
    'tls',
    'timeout',
    'too-large',
    'broken-off',
  ] as const) {
    assert.equal(waits(silence(because)), 5, because)
  }
  assert.equal(waits({ kind: 'not-sent', because: 'unprintable' }), 5)
})

test('waits grow from seconds to a day, over three days in all, and then it is given up [money 46]', () => {
  const all = schedule.map((_wait, place) => waits(answer(500), place + 1))
  assert.deepEqual(all, [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400])
  assert.ok(all.reduce((sum, wait) => sum + wait, 0) > 3 * 86_400)
  const last = decide(notice(schedule.length + 1), answer(500), now, 0)
  assert.deepEqual(last, { state: 'given-up', because: 'tried-out' })
})

test('chance spreads tries that failed together, by a tenth either way', () => {
  const spread = [0, 0.25, 0.5, 0.999].map((chance) => waits(answer(500), 2, chance))
  assert.equal(new Set(spread).size, 4)
  for (const wait of spread) assert.ok(wait >= 270 && wait <= 330, String(wait))
})

test('410 Gone ends it at once [money 56]', () => {
  assert.deepEqual(decide(notice(1), answer(410), now, 0), { state: 'given-up', because: 'gone' })
  const before: Heard = { kind: 'not-sent', because: 'gone' }
  assert.deepEqual(decide(notice(1), before, now, 0), { state: 'given-up', because: 'gone' })
  assert.equal(addressOf('https://shop.example/ipn?order=1#x'), 'https://shop.example/ipn')
})

test('an address that may not be one does not heal', () => {
  assert.deepEqual(decide(notice(1), silence('url-forbidden'), now, 0), {
    state: 'given-up',
    because: 'address',
  })
})

test('Retry-After of 429 and 503 is honoured, and bounded [money 57]', () => {
  assert.equal(waits(answer(429, { 'retry-after': '120' })), 120)
  assert.equal(waits(answer(503, { 'retry-after': 'Sun, 01 Mar 2026 12:10:00 GMT' })), 600)
  assert.equal(waits(answer(429, { 'retry-after': '1' })), 5, 'never sooner than the schedule')
  assert.equal(waits(answer(429, { 'retry-after': '999999999' })), 86_400, 'never beyond a day')
  for (const nonsense of ['', '-5', 'soon', '1e3', '0x10', '99999999999999999999']) {
    assert.equal(waits(answer(429, { 'retry-after': nonsense })), 5, nonsense)
  }
  assert.equal(askedToWait(answer(503, { 'retry-after': 'Sun, 01 Mar 2020 12:10:00 GMT' }), now), 0)
  assert.equal(askedToWait(answer(500, { 'retry-after': '120' }), now), null)
})

test('a notice that stood in line for a week is not kept for ever', () => {
  const old = notice(1, after(now, seconds(-days(8).seconds)))
  assert.deepEqual(decide(old, answer(500), now, 0), { state: 'given-up', because: 'tried-out' })
  assert.deepEqual(decide(old, answer(200), now, 0), { state: 'delivered' })
})
