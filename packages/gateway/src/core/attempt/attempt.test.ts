import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { money } from '../../base/money.ts'
import { after, instant, seconds } from '../../base/time.ts'
import {
  decide,
  decideHeard,
  decideStart,
  stillUnknown,
  succeeded,
  type Attempt,
  type AttemptChange,
  type Heard,
  type Outcome,
} from './attempt.ts'

const now = instant(Date.UTC(2026, 10, 22, 9))
const started: Attempt = {
  organizationId: 'o',
  id: 'a',
  invoiceId: 'i',
  invoiceNumber: 'WQBGPWRR',
  description: 'Plot 7 rates',
  channel: 'c',
  amount: money(10_500n, 'KES'),
  payerPhone: '254700000001',
  state: 'started',
  open: true,
  outcome: null,
  providerId: null,
  detail: {},
  receipt: null,
  asks: 0,
  createdAt: now,
}
const waiting: Attempt = { ...started, state: 'waiting', providerId: 'p1' }
const failed: Attempt = { ...waiting, state: 'failed', open: false, outcome: 'cancelled' }
const done: Attempt = { ...waiting, state: 'succeeded', open: false, receipt: 'R1' }

function paid(receipt = 'R1', minor = 10_500n, currency: 'KES' | 'UGX' = 'KES'): Heard {
  return {
    providerId: 'p1',
    outcome: {
      kind: 'paid',
      money: { externalId: receipt, amount: money(minor, currency), payerAccount: '', paidAt: null },
    },
  }
}
const said = (outcome: Outcome): Heard => ({ providerId: 'p1', outcome })

test('a success is booked while the attempt waits, after it failed and while it is unknown', () => {
  for (const attempt of [
    waiting,
    failed,
    { ...waiting, state: 'unknown' as const },
    { ...waiting, receipt: 'R1' },
  ]) {
    assert.equal(decideHeard(attempt, paid(), now).kind, 'book', attempt.state)
  }
})

test('the same success again says nothing, and another receipt is not believed', () => {
  assert.deepEqual(decideHeard(done, paid(), now), { kind: 'nothing' })
  assert.deepEqual(decideHeard(done, paid('R2'), now), { kind: 'doubt', doubt: 'other-receipt' })
  assert.deepEqual(decideHeard({ ...waiting, receipt: 'R1' }, paid('R2'), now), {
    kind: 'doubt',
    doubt: 'other-receipt',
  })
})

test('another attempt, amount or currency is not believed', () => {
  assert.deepEqual(decideHeard({ ...waiting, providerId: 'p2' }, paid(), now), {
    kind: 'doubt',
    doubt: 'other-attempt',
  })
  assert.deepEqual(decideHeard(waiting, paid('R1', 10_499n), now), { kind: 'doubt', doubt: 'other-amount' })
  assert.deepEqual(decideHeard(waiting, paid('R1', 10_500n, 'UGX'), now), {
    kind: 'doubt',
    doubt: 'other-amount',
  })
})

test('a callback before the provider’s answer waits for it; when no answer comes, its id is taken', () => {
  assert.deepEqual(decideHeard(started, paid(), now), { kind: 'wait' })
  assert.equal(decideHeard({ ...started, state: 'unknown' }, paid(), now).kind, 'book')
})

test('a failure closes what is open and touches nothing that is paid', () => {
  const failure = said({ kind: 'failed', outcome: 'wrong-pin' })
  const decision = decideHeard(waiting, failure, now)
  assert.ok(decision.kind === 'save')
  assert.deepEqual(
    [decision.change.state, decision.change.open, decision.change.askAt],
    ['failed', false, null],
  )
  assert.deepEqual(decideHeard(done, failure, now), { kind: 'nothing' })
  assert.deepEqual(decideHeard({ ...waiting, receipt: 'R1' }, failure, now), { kind: 'nothing' })
  assert.deepEqual(decideHeard(failed, failure, now), { kind: 'nothing' })
})

test('pending asks ever more slowly for a day, then leaves it to the desk', () => {
  let attempt = waiting
  let at = now
  let waits: number[] = []
  for (let round = 0; round < 100; round += 1) {
    const decision = decide(attempt, said({ kind: 'pending', because: '' }), at)
    assert.ok(decision.kind === 'save')
    const { change } = decision
    if (change.askAt === null) {
      assert.deepEqual([change.state, change.open], ['unknown', false])
      assert.ok(at.epochMs - now.epochMs > 86_400_000)
      assert.deepEqual(
        waits,
        [...waits].sort((a, b) => a - b),
      )
      return
    }
    assert.equal(change.state, 'waiting')
    waits = [...waits, change.askAt.epochMs - at.epochMs]
    attempt = { ...attempt, ...change }
    at = change.askAt
  }
  assert.fail('it asks for ever')
})

test('what is paid and cannot be named stays open for good, and a receipt settles it', () => {
  const decision = decide(waiting, said({ kind: 'paid-without-receipt' }), after(now, seconds(2 * 86_400)))
  assert.ok(decision.kind === 'save')
  const { state, open, outcome, askAt } = decision.change
  assert.deepEqual([state, open, outcome, askAt], ['unknown', true, 'paid-without-receipt', null])
  const { askAt: _askAt, ...change } = decision.change
  assert.equal(decideHeard({ ...waiting, ...change }, paid(), now).kind, 'book')
})

test('pending after "paid without receipt" does not forget that it is paid', () => {
  const known: Attempt = { ...waiting, state: 'unknown', outcome: 'paid-without-receipt' }
  const decision = decide(known, said({ kind: 'pending', because: '' }), after(now, seconds(2 * 86_400)))
  assert.ok(decision.kind === 'save')
  assert.deepEqual([decision.change.state, decision.change.open], ['unknown', true])
})

test('the answer to our request never undoes what a callback did', () => {
  const answer = { kind: 'waiting', providerId: 'p1', detail: {}, askAfterSeconds: 60 } as const
  assert.equal(decideStart(started, answer, now)?.state, 'waiting')
  assert.equal(decideStart({ ...started, state: 'unknown' }, answer, now)?.state, 'waiting')
  for (const attempt of [done, failed, waiting]) assert.equal(decideStart(attempt, answer, now), null)
  assert.equal(decideStart(started, { kind: 'failed', outcome: 'busy' }, now)?.open, false)
  assert.equal(decideStart(started, { kind: 'unknown', because: '' }, now)?.state, 'unknown')
})

test('what nobody can be asked about stays open for a quarter of an hour', () => {
  const early = stillUnknown(started, after(now, seconds(60)))
  assert.deepEqual([early.state, early.open, early.askAt], ['unknown', true, after(now, seconds(900))])
  const late = stillUnknown(started, after(now, seconds(900)))
  assert.deepEqual([late.state, late.open, late.askAt], ['unknown', false, null])
})

test('in whatever order words come, money is booked once if any true success is among them, and else never', () => {
  const word = fc.constantFrom<Heard>(
    paid('R1'),
    paid('R1'),
    paid('R2'),
    paid('R1', 1n),
    { ...paid('R1'), providerId: 'p9' },
    said({ kind: 'failed', outcome: 'cancelled' }),
    said({ kind: 'pending', because: '' }),
    said({ kind: 'paid-without-receipt' }),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      let attempt = waiting
      let booked = 0
      for (const heard of words) {
        const decision = decideHeard(attempt, heard, now)
        if (decision.kind === 'save') attempt = changed(attempt, decision.change)
        if (decision.kind === 'book') {
          booked += 1
          attempt = changed({ ...attempt, receipt: decision.money.externalId }, succeeded(attempt))
        }
      }
      const isTrue = words.some(
        ({ outcome, providerId }) =>
          outcome.kind === 'paid' && providerId === 'p1' && outcome.money.amount.minor === 10_500n,
      )
      assert.equal(booked, isTrue ? 1 : 0)
      assert.equal(attempt.state === 'succeeded', isTrue)
    }),
  )
})

function changed(attempt: Attempt, { askAt: _askAt, ...change }: AttemptChange): Attempt {
  return { ...attempt, ...change }
}
