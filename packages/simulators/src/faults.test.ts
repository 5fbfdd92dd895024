import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chanceFrom } from './chance.ts'
import { corrupted, faultPlan, parseFaultRule } from './faults.ts'
import type { Side } from './other-side.fixture.ts'
import { otherSide } from './other-side.fixture.ts'

const phone = (last: number) => `25471200000${last}`

/** Pushes to a phone and approves by hand at once. */
async function pay(side: Side, last: number): Promise<string> {
  const answer = await side.push({ PartyA: phone(last), PhoneNumber: phone(last) })
  const { prompts } = (await side.control('GET', `/phone/prompts?msisdn=${phone(last)}`)).json as {
    prompts: { id: string }[]
  }
  await side.control('POST', `/phone/prompts/${prompts[0]?.id}`, { answer: 'approve' })
  return String(answer.json['CheckoutRequestID'])
}

test('a dropped callback never arrives, and the fault strikes as often as planned', async (t) => {
  const side = await otherSide(t)
  const planned = await side.control('POST', '/faults', { kind: 'drop', times: 1 })
  assert.deepEqual(planned.json, {
    faults: [{ probability: 1, times: 1, delayMs: 2000, on: 'callback', kind: 'drop' }],
  })
  await pay(side, 1)
  const second = await pay(side, 2)
  const [arrived, ...others] = await side.arrives(1)
  assert.ok(arrived?.includes(second))
  assert.deepEqual(others, [])
})

test('a delayed callback arrives after its delay', async (t) => {
  const side = await otherSide(t)
  await side.control('POST', '/faults', { kind: 'delay', delayMs: 5000 })
  await pay(side, 1)
  side.clock.advance(4_999)
  await new Promise((resolve) => setTimeout(resolve, 30))
  assert.equal(side.received.length, 0)
  side.clock.advance(1)
  await side.arrives(1)
})

test('a reordered callback is overtaken by the next one', async (t) => {
  const side = await otherSide(t)
  await side.control('POST', '/faults', { kind: 'reorder', times: 1, delayMs: 60_000 })
  const first = await pay(side, 1)
  const second = await pay(side, 2)
  const [one, other] = await side.arrives(2)
  assert.ok(one?.includes(second) && other?.includes(first))
})

test('a lie turns a cancelled prompt into a forged success; the query keeps to the truth', async (t) => {
  const side = await otherSide(t)
  await side.control('POST', '/faults', { kind: 'lie' })
  const answer = await side.push()
  await side.control('POST', '/phone/prompts/1', { answer: 'cancel' })
  const [forged] = await side.arrives(1)
  assert.match(forged ?? '', /"ResultCode":0,.*"FORGED0000"/)
  assert.equal((await side.query(String(answer.json['CheckoutRequestID']))).json['ResultCode'], '1032')
})

test('calls can be too many, over quota, damaged or cut off', async (t) => {
  const side = await otherSide(t)
  await side.control('POST', '/faults', [
    { on: 'push', kind: 'busy', times: 1 },
    { on: 'push', kind: 'quota', times: 1 },
    { on: 'push', kind: 'corrupt', times: 1 },
    { on: 'push', kind: 'drop', times: 1 },
  ])
  const busy = await side.push()
  assert.deepEqual([busy.status, busy.json['errorCode']], [500, '500.003.02'])
  const quota = await side.push()
  assert.deepEqual([quota.status, quota.json['errorCode']], [500, '500.003.03'])
  assert.equal((await side.control('GET', '/phone/prompts')).text, '{"prompts":[]}', 'nothing was done')
  const damaged = await side.push({ PartyA: phone(1), PhoneNumber: phone(1) })
  assert.throws(() => JSON.parse(damaged.text))
  await assert.rejects(side.push({ PartyA: phone(2), PhoneNumber: phone(2) }))
  const { prompts } = (await side.control('GET', '/phone/prompts')).json as { prompts: unknown[] }
  assert.equal(prompts.length, 2, 'the work was done before the line was cut')
})

test('the plan can be cleared', async (t) => {
  const side = await otherSide(t)
  await side.control('POST', '/faults', { kind: 'drop' })
  assert.equal((await side.control('DELETE', '/faults')).status, 204)
  await pay(side, 1)
  await side.arrives(1)
})

test('the seed decides when a fault of some probability strikes, and the same seed decides the same', () => {
  const struck = (seed: string): string => {
    const faults = faultPlan(chanceFrom(seed))
    faults.schedule([{ on: 'callback', kind: 'drop', probability: 0.5, times: null, delayMs: 0 }])
    return Array.from({ length: 40 }, () => (faults.onCallback() === null ? '.' : 'x')).join('')
  }
  assert.equal(struck('one'), struck('one'))
  assert.notEqual(struck('one'), struck('other'))
  assert.match(struck('one'), /x/)
  assert.match(struck('one'), /\./)
})

test('a rule that makes no sense is refused with its reason', () => {
  for (const [fields, reason] of [
    [{ kind: 'explode' }, /^kind: one of drop/],
    [{ kind: 'busy' }, /^kind: one of drop/],
    [{ kind: 'lie', on: 'push' }, /^kind: one of drop, delay, corrupt, busy, quota/],
    [{ kind: 'drop', on: 'moon' }, /^on:/],
    [{ kind: 'drop', probability: 1.1 }, /^probability/],
    [{ kind: 'drop', times: 0 }, /^times/],
    [{ kind: 'delay', delayMs: -1 }, /^delayMs/],
  ] as const) {
    const rule = parseFaultRule(fields)
    assert.ok(!rule.ok)
    assert.match(rule.refusal, reason)
  }
})

test('damage always makes JSON unreadable', () => {
  const chance = chanceFrom('damage')
  for (let round = 0; round < 200; round += 1) {
    assert.throws(() => JSON.parse(corrupted('{"Body":{"stkCallback":{"ResultCode":0}}}', chance)))
  }
})
