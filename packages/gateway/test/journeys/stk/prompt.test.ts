import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow } from '@lango/sdk'
import { startAttempt } from '../../../src/core/attempt/start-attempt.ts'
import { readBalances } from '../../../src/core/ledger/balance.sql.ts'
import { comesTo, openStreet, type Street } from './street.ts'

let street: Street

before(async () => {
  street = await openStreet()
})
after(async () => {
  await street.close()
})

test('Wanjiku approves the prompt: the page turns to paid, the merchant and the books know', async () => {
  const bill = await street.bill('STK-1')
  const answer = await street.pay(bill, '0700 000 001')
  assert.equal(answer.status, 303)
  const attempt = await comesTo(street, bill, 'succeeded')
  assert.match(attempt.receipt ?? '', /^[A-Z0-9]{10}$/)
  const [prompt] = await street.prompts('254700000001')
  assert.equal(prompt?.amount, 105)
  assert.equal(prompt.accountReference, bill.number)
  assert.equal(prompt.description, 'Plot 7 rates')
  const page = await street.page(bill)
  assert.match(page.text, /Paid/)
  assert.match(page.text, new RegExp(attempt.receipt ?? 'no receipt'))
  const { merchant, serviceCode } = street.town
  const shop = pesaflow({
    baseUrl: street.world.url,
    apiClientId: merchant.apiClientId,
    keys: merchant.keys,
    serviceId: serviceCode,
  })
  const status = await shop.status('STK-1')
  assert.equal(status.status, 'settled')
  assert.equal(status.amountPaid, '105.00')
  const addresses = ['merchant/KES', 'fees/KES', 'clearing/mpesa/KES']
  const keys = addresses.map((address) => ({ organizationId: merchant.organizationId, address }))
  assert.deepEqual(await readBalances(street.world.deps.db, keys), [10_000n, 500n, -10_500n])
})

test('a merchant has the prompt sent at once, and the page already waits for it', async () => {
  const bill = await street.bill('STK-FIRST', {
    prompt: true,
    payer: { name: 'Amina Hassan', idNumber: '00000022', phone: '254700000103', email: '' },
  })
  await comesTo(street, bill, 'waiting')
  assert.match((await street.page(bill)).text, /We asked your phone/)
  await street.answer('254700000103', 'approve')
  await comesTo(street, bill, 'succeeded')
  assert.equal(
    (
      await street.bill('STK-FIRST', {
        prompt: true,
        payer: { name: 'Amina Hassan', idNumber: '00000022', phone: '254700000103', email: '' },
      })
    ).number,
    bill.number,
  )
  assert.equal((await street.attempts(bill)).length, 1, 'a paid bill asks nobody')
})

test('an empty field means the phone of the bill, of which the page shows no more than its ends', async () => {
  const bill = await street.bill('STK-OWN')
  assert.match((await street.page(bill)).text, /use 2547\*+01/)
  await street.pay(bill, '')
  await comesTo(street, bill, 'succeeded')
})

const endings = [
  ['254700000002', 'cancelled', /was cancelled/, /ulighairiwa/],
  ['254700000003', 'wrong-pin', /PIN was not right/, /PIN haikuwa sahihi/],
  ['254700000004', 'too-little-money', /not enough money/, /pesa za kutosha/],
  ['254700000005', 'not-answered', /nobody answered/, /hakuna aliyejibu/],
  ['254700000010', 'expired', /time to approve was over/, /Muda wa kuidhinisha uliisha/],
  ['254700000015', 'below-minimum', /less than M-PESA carries/, /kidogo kuliko/],
  ['254700000016', 'daily-limit', /in a day/, /kikomo cha M-PESA cha siku/],
  ['254700000017', 'same-again', /Wait two minutes/, /Subiri dakika mbili/],
  ['254700000018', 'payee-full', /can take no more/, /haiwezi kupokea/],
  ['254700000019', 'push-failed', /could not send/, /haikuweza kutuma/],
  ['254700000020', 'pin-locked', /PIN is locked/, /imefungwa/],
] as const

for (const [phone, outcome, english, swahili] of endings) {
  test(`a prompt that ends ${outcome} leaves nothing paid and says what to do`, async () => {
    const bill = await street.bill(`STK-${outcome}`)
    await street.pay(bill, phone)
    const attempt = await comesTo(street, bill, 'failed')
    assert.equal(attempt.outcome, outcome)
    assert.equal(attempt.receipt, null)
    const page = await street.page(bill)
    assert.match(page.text, english)
    assert.match(page.text, /Nothing was paid/)
    assert.match((await street.page(bill, 'sw')).text, swahili)
    await street.pay(bill, '254700000001')
    await comesTo(street, bill, 'succeeded')
  })
}

test('a number that cannot be asked is refused at the form, and nobody is asked', async () => {
  const bill = await street.bill('STK-NUMBER')
  for (const phone of ['12345', '+44 20 7946 0018', '0800 000 000', 'nobody']) {
    const answer = await street.pay(bill, phone)
    assert.equal(answer.status, 422, phone)
    assert.match(await answer.text(), /no phone number that can be asked/, phone)
  }
  assert.deepEqual(await street.attempts(bill), [])
})

test('an amount with cents is not carried, neither rounded nor tried', async () => {
  const bill = await street.bill('STK-CENTS', { amount: '10.50' })
  const page = await street.page(bill)
  assert.doesNotMatch(page.text, /with M-PESA/, 'it is not offered')
  const asked = { requestId: bill.requestId, channel: 'mpesa', phone: '254700000001', token: 'a token' }
  const started = await startAttempt(street.world.deps, asked)
  assert.deepEqual(started, {
    ok: false,
    refusal: { code: 'channel_refused', field: 'amount', because: 'M-PESA carries whole shillings only' },
  })
  assert.deepEqual(await street.attempts(bill), [])
})

test('a channel that takes no prompts, or that nobody knows, starts nothing', async () => {
  const bill = await street.bill('STK-BANK')
  for (const channel of ['bank', 'carrier-pigeon']) {
    assert.equal((await street.pay(bill, '254700000001', channel)).status, 422, channel)
  }
  assert.deepEqual(await street.attempts(bill), [])
})

test('a page that nobody gave, and a bill that is paid, start nothing', async () => {
  const asked = { channel: 'mpesa', phone: '254700000001', token: 'a token' }
  const nowhere = await startAttempt(street.world.deps, { ...asked, requestId: 'AAAAAAAAAAAAAAAAAAAA' })
  assert.equal(nowhere.ok ? '' : nowhere.refusal.code, 'not_found')
  const bill = await street.bill('STK-PAID')
  await street.pay(bill, '254700000001')
  await comesTo(street, bill, 'succeeded')
  const again = await startAttempt(street.world.deps, { ...asked, requestId: bill.requestId })
  assert.equal(again.ok ? '' : again.refusal.code, 'invoice_settled')
})

test('a channel that was switched off starts nothing more, and what it started is still heard', async () => {
  const bill = await street.bill('STK-OFF')
  await street.pay(bill, '254700000105')
  await comesTo(street, bill, 'waiting')
  const toggle = async (enabled: boolean) => {
    const text = "update channel_setting set enabled = $1 where channel = 'mpesa'"
    await street.world.deps.db.query({ name: 'test_toggle', text }, [enabled])
  }
  await toggle(false)
  const other = await street.bill('STK-OFF-2')
  const asked = { requestId: other.requestId, channel: 'mpesa', phone: '254700000001', token: 'a token' }
  const started = await startAttempt(street.world.deps, asked)
  assert.equal(started.ok ? '' : started.refusal.code, 'channel_unavailable')
  assert.doesNotMatch((await street.page(other)).text, /M-PESA/)
  await street.answer('254700000105', 'approve')
  await comesTo(street, bill, 'succeeded')
  await toggle(true)
})

test('a phone that is busy with another prompt is told so, and pays when it is free', async () => {
  const first = await street.bill('STK-BUSY-1')
  const second = await street.bill('STK-BUSY-2')
  await street.pay(first, '254700000104')
  await comesTo(street, first, 'waiting')
  await street.pay(second, '254700000104')
  const attempt = await comesTo(street, second, 'failed')
  assert.equal(attempt.outcome, 'phone-busy')
  await street.answer('254700000104', 'approve')
  await comesTo(street, first, 'succeeded')
})
