// Callbacks that come early, twice, late, damaged or not at all, and processes that die over them.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { askAttempts } from '../../src/core/attempt/ask-attempts.ts'
import { hearCallback } from '../../src/core/attempt/hear-callback.ts'
import { readCallbacks } from '../../src/core/attempt/read-callbacks.ts'
import type { Deps } from '../../src/core/deps.ts'
import { comesTo, openStreet, until, type Street } from '../journeys/stk/street.ts'
import { paymentsOf, promptOnPhone, success } from '../journeys/stk/words.ts'

let street: Street

before(async () => {
  street = await openStreet({
    daraja: { promptLivesMs: 60_000 },
    onSend: async (request, send) => {
      // The provider gets little time to answer, so that silence is not waited for.
      const answered = await send({ ...request, timeoutMs: Math.min(request.timeoutMs, 500) })
      // What overtakes this answer has been read long before it arrives.
      if (request.body?.includes('254700000012') === true) await sleep(300)
      return answered
    },
  })
})
after(async () => {
  await street.close()
})

/** Lets so much time pass that somebody asks. */
async function askLater(seconds = 61): Promise<void> {
  street.world.clock.advance(seconds)
  await askAttempts(street.world.deps)
}

test('[money 63] a callback that overtakes the answer to the request is kept until we know whose it is', async () => {
  const bill = await street.bill('EARLY')
  await street.pay(bill, '254700000012')
  await until(
    async () => await street.callbacks(bill),
    (all) => all.length === 1,
  )
  await sleep(100)
  assert.deepEqual(
    (await street.attempts(bill)).map(({ state, provider_id }) => [state, provider_id]),
    [['started', null]],
  )
  const attempt = await comesTo(street, bill, 'succeeded')
  assert.ok(attempt.provider_id !== null)
  assert.equal((await paymentsOf(street, bill)).length, 1)
  const [callback] = await street.callbacks(bill)
  assert.ok(callback?.read_at !== null)
  assert.equal(callback?.fault, null)
})

test('[money 64] a callback that comes twice, or fifty times at once, pays once', async () => {
  const bill = await street.bill('TWICE')
  await street.pay(bill, '254700000007')
  const attempt = await comesTo(street, bill, 'succeeded')
  await until(
    async () => await street.callbacks(bill),
    (all) => all.length === 2 && all.every(({ read_at }) => read_at !== null),
  )
  const again = success(attempt.provider_id ?? '', { receipt: attempt.receipt ?? '' })
  const answers = await Promise.all(Array.from({ length: 50 }, async () => await street.callBack(again)))
  assert.ok(answers.every(({ status }) => status === 200))
  await until(
    async () => await street.callbacks(bill),
    (all) => all.length === 52 && all.every(({ read_at, fault }) => read_at !== null && fault === null),
  )
  assert.equal((await paymentsOf(street, bill)).length, 1)
})

for (const [phone, word] of [
  ['254700000008', 'not-answered'],
  ['254700000013', 'cancelled'],
] as const) {
  test(`[money 65] success after ${word} pays, and an attempt that was started meanwhile becomes a credit`, async () => {
    const bill = await street.bill(`LATE-${word}`)
    await street.control('POST', '/daraja', { laterAfterMs: 1500 })
    await street.pay(bill, phone)
    await comesTo(street, bill, 'failed')
    await street.control('POST', '/daraja', { laterAfterMs: 120 })
    assert.equal((await street.attempts(bill))[0]?.outcome, word)
    await street.pay(bill, '254700000001')
    const rows = await until(
      async () => await street.attempts(bill),
      (all) => all.length === 2 && all.every(({ state }) => state === 'succeeded'),
    )
    assert.equal(rows[0]?.outcome, null)
    const payments = await paymentsOf(street, bill)
    assert.deepEqual(
      payments.map(({ applied }) => applied.minor).toSorted((a, b) => Number(a - b)),
      [0n, 10_500n],
    )
  })
}

test('[money 66] a query that answers "being processed" leaves the prompt open, and asks again later', async () => {
  const { bill } = await promptOnPhone(street, 'PROCESSING', '254700000105')
  await askLater()
  const [asked] = await street.attempts(bill)
  assert.deepEqual([asked?.state, asked?.open, asked?.asks], ['waiting', true, 1])
  assert.match((await street.page(bill)).text, /No answer yet: we are asking M-PESA/)
  await askAttempts(street.world.deps)
  assert.equal((await street.attempts(bill))[0]?.asks, 1, 'not at once')
  await street.answer('254700000105', 'approve')
  await comesTo(street, bill, 'succeeded')
})

test('[money 67] a request that is never answered stays unknown until the callback tells', async () => {
  const bill = await street.bill('SILENT')
  await street.pay(bill, '254700000011')
  const attempt = await comesTo(street, bill, 'succeeded')
  assert.ok(attempt.provider_id !== null)
  assert.equal((await paymentsOf(street, bill)).length, 1)
})

for (const [phone, what] of [
  ['254700000006', 'is lost'],
  ['254700000009', 'lies about the amount'],
  ['254700000014', 'arrives damaged'],
] as const) {
  test(`a callback that ${what} leaves a payment that is known and not named: nobody is asked to pay twice`, async () => {
    const bill = await street.bill(`UNNAMED-${phone}`)
    await street.pay(bill, phone)
    await until(
      async () => await street.prompts(phone),
      ([prompt]) => prompt?.state === 'ended',
    )
    await comesTo(street, bill, 'waiting')
    if (what !== 'is lost') {
      await until(
        async () => await street.callbacks(bill),
        (all) => all.length === 1 && all[0]?.read_at !== null,
      )
    }
    await askLater()
    const attempt = await comesTo(street, bill, 'unknown')
    assert.deepEqual([attempt.outcome, attempt.open], ['paid-without-receipt', true])
    assert.deepEqual(await paymentsOf(street, bill), [])
    assert.match((await street.page(bill)).text, /Please do not pay again/)
    for (let day = 0; day < 2; day += 1) await askLater(86_400)
    const [later] = await street.attempts(bill)
    assert.deepEqual([later?.state, later?.open], ['unknown', true])
    // The word that names it may still come, from whatever corner.
    await street.callBack(success(attempt.provider_id ?? '', { receipt: `LATE${phone.slice(-6)}` }))
    await comesTo(street, bill, 'succeeded')
    assert.equal((await paymentsOf(street, bill)).length, 1)
  })
}

test('an attempt that could not be asked about is given up after a quarter of an hour, and a late callback still pays', async () => {
  await street.control('POST', '/faults', { on: 'push', kind: 'drop', times: 1 })
  const bill = await street.bill('GIVEN-UP')
  await street.pay(bill, '254700000109')
  await comesTo(street, bill, 'unknown')
  const address = street.callbackUrl()
  const { token } = await street.page(bill)
  await street.submit(bill, { token, phone: '254700000109', channel: 'mpesa' })
  assert.equal((await street.attempts(bill)).length, 1, 'resolved before it is tried again')
  const [prompt] = await street.prompts('254700000109')
  await street.answer('254700000109', 'ignore')
  await askLater(901)
  const [given] = await street.attempts(bill)
  assert.deepEqual([given?.state, given?.open], ['unknown', false])
  await street.pay(bill, '254700000001')
  await comesTo(street, bill, 'succeeded')
  await street.callBack(success(prompt?.checkoutRequestId ?? '', { receipt: 'LATELATE01' }), address)
  await until(
    async () => await street.attempts(bill),
    (all) => all.every(({ state }) => state === 'succeeded'),
  )
  assert.equal((await paymentsOf(street, bill)).length, 2)
  await street.answer('254700000109', 'cancel')
})

test('a callback that was stored and not read, because we died, is read by whoever comes next', async () => {
  const { bill, id, address } = await promptOnPhone(street, 'DIED-1', '254700000110')
  const dying: Deps = { ...street.world.deps, background: () => undefined }
  const secret = address.split('/').at(-1) ?? ''
  const heard = await hearCallback(dying, {
    alias: 'till',
    secret,
    body: success(id, { receipt: 'DIEDDIED01' }),
  })
  assert.ok(heard.ok)
  assert.deepEqual(heard.value, { ResultCode: 0, ResultDesc: 'Accepted' })
  assert.equal((await street.attempts(bill))[0]?.state, 'waiting')
  street.world.clock.advance(16)
  await readCallbacks(street.world.deps)
  assert.equal((await street.attempts(bill))[0]?.state, 'succeeded')
  await street.answer('254700000110', 'cancel')
})

test('dying between the books and the attempt ends in the same place', async () => {
  const { bill, id, address } = await promptOnPhone(street, 'DIED-2', '254700000111')
  const { deps } = street.world
  const dying: Deps = {
    ...deps,
    log: { ...deps.log, error: () => undefined },
    background: () => undefined,
    book: async (report) => {
      await deps.book(report)
      throw new Error('killed')
    },
  }
  const secret = address.split('/').at(-1) ?? ''
  await hearCallback(dying, { alias: 'till', secret, body: success(id, { receipt: 'DIEDDIED02' }) })
  street.world.clock.advance(16)
  await readCallbacks(dying)
  assert.deepEqual(
    (await street.attempts(bill)).map(({ state, receipt }) => [state, receipt]),
    [['waiting', 'DIEDDIED02']],
  )
  street.world.clock.advance(31)
  await readCallbacks(deps)
  assert.equal((await street.attempts(bill))[0]?.state, 'succeeded')
  assert.equal((await paymentsOf(street, bill)).length, 1)
  await street.answer('254700000111', 'cancel')
})
