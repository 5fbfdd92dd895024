import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkLetter, invoiceLetters, isInvoiceNumber } from '../../src/base/id.ts'
import { cancelUnpaid } from '../../src/core/invoice/invoice.sql.ts'
import { viewCheckout } from '../../src/core/invoice/view-checkout.ts'
import { readBalances } from '../../src/core/ledger/balance.sql.ts'
import type { Report } from '../../src/core/payment/report.ts'
import { ask, merchantDesk, type MerchantDesk } from '../merchant-desk.ts'
import { stage, type Stage } from '../refusals/payment-cases.ts'
import { must, openWorld, type World } from '../world.ts'

let world: World
let at: Stage
let desk: MerchantDesk
before(async () => {
  world = await openWorld()
  at = await stage(world)
  desk = merchantDesk(world, at.town)
})
after(async () => {
  await world.close()
})

const success = { status: 200, description: 'Success' }
const pay = async (ref_no: string, amount: string) =>
  assert.deepEqual((await at.confirm({ ref_no, amount })).body, success)
const status = async (number: string) => {
  const { body } = await desk.status(number)
  return [body['status'], body['amount_paid']]
}
const balance = async (address: string): Promise<bigint> =>
  (await readBalances(world.deps.db, [{ organizationId: at.town.merchant.organizationId, address }]))[0] ?? 0n

test('[money 22] two part payments and a rest settle exactly, and the fee is earned once, at the end', async () => {
  const number = await at.bill()
  const fees = await balance('fees/KES')
  await pay(number, '40.00')
  assert.deepEqual(await status(number), ['partial', '40.00'])
  await pay(number, '64.99')
  assert.deepEqual(await status(number), ['partial', '104.99'])
  assert.equal(await balance('fees/KES'), fees)
  await pay(number, '0.01')
  assert.deepEqual(await status(number), ['settled', '105.00'])
  assert.equal(await balance('fees/KES'), fees + 500n)
})

test('[money 23] what is paid too much becomes a credit that the receipt shows', async () => {
  const made = await desk.checkout()
  const number = String(made.body['invoice_number'])
  const credits = await balance('credits/KES')
  await pay(number, '40.00')
  await pay(number, '100.00')
  assert.deepEqual(await status(number), ['settled', '105.00'])
  assert.equal(await balance('credits/KES'), credits + 3_500n)
  const requestId = new URL(String(made.body['invoice_link'])).searchParams.get('request_id') ?? ''
  const { payments } = must(await viewCheckout(world.deps, requestId))
  assert.deepEqual(
    payments.map(({ amount, applied }) => [amount.minor, applied.minor]),
    [
      [4_000n, 4_000n],
      [10_000n, 6_500n],
    ],
  )
  const receipt = await ask(String(made.body['invoice_link']))
  assert.match(receipt.text, /35\.00/, 'the page says how much is her credit')
})

test('[money 24] money that comes after the bill expired is late, not lost, and the bill stays as it was', async () => {
  const number = await at.bill({ expired: true })
  const credits = await balance('credits/KES')
  await pay(number, '105.00')
  assert.deepEqual(await status(number), ['pending', '0.00'])
  assert.equal(await balance('credits/KES'), credits + 10_500n)
})

test('[money 24] a partly paid bill that expires keeps what it has, and the late rest is a credit', async () => {
  const { organizationId } = at.town.merchant
  const number = await at.bill()
  await pay(number, '50.00')
  await world.deps.db.query(
    {
      name: 'expire_for_test',
      text: `update invoice set expires_at = $3 where organization_id = $1 and number = $2`,
    },
    [organizationId, number, new Date(world.deps.clock.now().epochMs - 1000)],
  )
  const credits = await balance('credits/KES')
  await pay(number, '55.00')
  assert.deepEqual(await status(number), ['partial', '50.00'])
  assert.equal(await balance('credits/KES'), credits + 5_500n)
})

/** Another channel's word that a bill was paid, past the bank's wire. */
async function report(number: string, more: Partial<Report>): Promise<Report> {
  const key = await world.deps.routeInvoice(number)
  assert.ok(key)
  return {
    source: 'wallet',
    externalId: world.deps.ids.next(),
    fingerprint: new Uint8Array(32),
    attemptId: world.deps.ids.next(),
    organizationId: key.organizationId,
    invoiceId: key.invoiceId,
    homeless: null,
    money: { minor: 10_500n, currency: 'KES' },
    channel: 'Wallet',
    askedReference: number,
    payerName: 'Wanjiku Kamau',
    payerAccount: '254700000001',
    paidAt: world.deps.clock.now(),
    ...more,
  }
}

test('[money 25] two channels pay one bill at the same instant: one settles it, the other is a credit', async () => {
  for (let round = 0; round < 20; round += 1) {
    const number = await at.bill()
    const [credits, earned] = [await balance('credits/KES'), await balance('merchant/KES')]
    const other = await report(number, {})
    const [bank, booked] = await Promise.all([at.confirm({ ref_no: number }), world.deps.book(other)])
    assert.deepEqual(bank.body, success)
    assert.equal(booked.kind, 'booked')
    assert.deepEqual(await status(number), ['settled', '105.00'])
    assert.equal(await balance('credits/KES'), credits + 10_500n)
    assert.equal(await balance('merchant/KES'), earned + 10_000n)
  }
})

test('[money 26] a bill that is cancelled while somebody pays it is either paid or cancelled, and the money is in one place', async () => {
  for (let round = 0; round < 60; round += 1) {
    const number = await at.bill()
    const key = await world.deps.routeInvoice(number)
    assert.ok(key)
    const [suspense, earned] = [await balance('suspense/KES'), await balance('merchant/KES')]
    const cancel = async () => await cancelUnpaid(world.deps.db, key)
    const payment = async () => await at.confirm({ ref_no: number })
    const [isCancelled, answer] =
      round % 2 === 0
        ? await Promise.all([cancel(), payment()])
        : await Promise.all([payment(), cancel()]).then(([paid, cancelled]) => [cancelled, paid] as const)
    assert.deepEqual(answer.body, success)
    const moved = [(await balance('suspense/KES')) - suspense, (await balance('merchant/KES')) - earned]
    assert.deepEqual(moved, isCancelled ? [10_500n, 0n] : [0n, 10_000n])
    assert.deepEqual(await status(number), isCancelled ? ['pending', '0.00'] : ['settled', '105.00'])
  }
})

test('[money 26] a bill on which something was paid is not cancelled', async () => {
  const number = await at.bill()
  await pay(number, '1.00')
  const key = await world.deps.routeInvoice(number)
  assert.ok(key)
  assert.equal(await cancelUnpaid(world.deps.db, key), false)
  await pay(number, '104.00')
  assert.deepEqual(await status(number), ['settled', '105.00'])
})

test('[money 30] of the numbers that a person could make up, one in twenty-one is formed right, and few are given', () => {
  const body = 'ABCDEFG'
  const right = invoiceLetters.split('').filter((letter) => isInvoiceNumber(body + letter))
  assert.deepEqual(right, [checkLetter(body)])
  assert.ok(21n ** 7n > 1_800_000_000n)
})

test('[money 30] a number alone opens no page and shows no name: not the page’s address, not another’s status', async () => {
  const number = String((await desk.checkout({ clientName: 'Amina Hassan' })).body['invoice_number'])
  for (const path of [
    `/checkout?request_id=${number}`,
    `/checkout?invoice_number=${number}`,
    `/checkout/picture?request_id=${number}`,
  ]) {
    const { status: code, text } = await ask(desk.url(path))
    assert.equal(code, 404, path)
    assert.ok(!text.includes('Amina'))
  }
  const page = await ask(desk.url(`/api/invoice/checkout/${number}`))
  assert.ok(!page.text.includes('Amina'), 'nor does the page of a bare number')
  const foreign = await at.validate({ ref_no: number }, at.stranger.bank)
  assert.deepEqual([foreign.status, foreign.body['description']], [404, 'Bill not found'])
})

test('[money 30] who guesses pages is slowed down', async () => {
  const statuses: number[] = []
  // More than a burst, what comes in meanwhile and a process's lease beyond it.
  for (let tries = 0; tries < 420; tries += 20) {
    const heard = await Promise.all(
      Array.from(
        { length: 20 },
        async (_, place) =>
          await ask(desk.url(`/checkout?request_id=${'A'.repeat(16)}${1000 + tries + place}`)),
      ),
    )
    statuses.push(...heard.map(({ status: code }) => code))
  }
  assert.deepEqual(new Set(statuses), new Set([404, 429]))
})
