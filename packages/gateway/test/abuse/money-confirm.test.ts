import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow as wire } from '@lango/wire'
import { readBalances } from '../../src/core/ledger/balance.sql.ts'
import { hashOf, merchantDesk, type MerchantDesk, type Said } from '../merchant-desk.ts'
import { nairobi, stage, type Stage } from '../refusals/payment-cases.ts'
import { openWorld, type World } from '../world.ts'

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
const paid = async (number: string): Promise<unknown> => (await desk.status(number)).body['amount_paid']
const confirmed = async (said: Said) => await at.send(wire.paths.confirm, said)

/** Balances of the merchant's organization, or of the operator's, in minor units of KES. */
async function balances(...addresses: readonly string[]): Promise<readonly bigint[]> {
  const { organizationId } = at.town.merchant
  return await readBalances(
    world.deps.db,
    addresses.map((address) => ({ organizationId, address })),
  )
}
const atOperator = async (address: string): Promise<bigint> =>
  (await readBalances(world.deps.db, [{ organizationId: world.deps.operatorId, address }]))[0] ?? 0n

test('[money 1] the same confirm a hundred times credits once and answers alike', async () => {
  const number = await at.bill()
  const said = at.confirming({ ref_no: number, amount: '40.00' })
  for (let time = 0; time < 100; time += 1) {
    const { status, body } = await confirmed(said)
    assert.deepEqual([status, body], [200, success])
  }
  assert.equal(await paid(number), '40.00')
})

test('[money 2] a known transaction id with another amount is Failed and moves nothing', async () => {
  const number = await at.bill()
  const id = {
    ref_no: number,
    gateway_transaction_id: 'TWICE-2',
    gateway_transaction_date: nairobi(new Date()),
  }
  assert.equal((await at.confirm({ ...id, amount: '40.00' })).status, 200)
  const before = await balances('merchant/KES', 'clearing/rates-bank/KES')
  for (const amount of ['40.01', '4', '400.00']) {
    const { status, body } = await at.confirm({ ...id, amount })
    assert.deepEqual([status, body['status'], body['description']], [500, 500, 'Failed'])
  }
  assert.deepEqual(await balances('merchant/KES', 'clearing/rates-bank/KES'), before)
  assert.deepEqual(
    (await at.confirm({ ...id, amount: '40' })).body,
    success,
    'the first content is still a repeat',
  )
})

test('[money 3] a known transaction id for another reference is Failed, and neither bill changes', async () => {
  const [one, other] = [await at.bill(), await at.bill()]
  const id = { gateway_transaction_id: 'TWICE-3', gateway_transaction_date: nairobi(new Date()) }
  assert.equal((await at.confirm({ ...id, ref_no: one })).status, 200)
  assert.equal((await at.confirm({ ...id, ref_no: other })).status, 500)
  assert.deepEqual([await paid(one), await paid(other)], ['105.00', '0.00'])
})

test('[money 4] the same transaction id from two aggregators is two payments, each in its own namespace', async () => {
  const number = await at.bill()
  const said = { ref_no: number, gateway_transaction_id: 'NAMESPACE-1', amount: '5.00' }
  assert.deepEqual((await at.confirm(said)).body, success)
  assert.deepEqual((await at.confirm({ ...said, amount: '7.00' }, at.other.bank)).body, success)
  assert.equal(await paid(number), '12.00')
})

test('[money 9, 10] a confirm needs no validate, and its amount is its own whatever was validated', async () => {
  const number = await at.bill()
  assert.equal((await at.validate({ ref_no: number, amount: '105.00' })).status, 200)
  assert.deepEqual((await at.confirm({ ref_no: number, amount: '17.25' })).body, success)
  assert.equal(await paid(number), '17.25')
  const open = await at.validate({ ref_no: number, amount: '1.00' })
  assert.deepEqual(open.body['data'], { amount: '87.75', name: 'Wanjiku Kamau', currency: 'KES' })
})

test('[money 11] money in another currency is kept, in suspense, and pays no bill', async () => {
  const number = await at.bill()
  const [before = 0n] = await balances('suspense/USD')
  assert.deepEqual((await at.confirm({ ref_no: number, currency: 'USD' })).body, success)
  assert.equal(await paid(number), '0.00')
  assert.deepEqual(await balances('suspense/USD'), [before + 10_500n])
})

test('[money 15] a doubled member is refused, extra and prototype members mean nothing', async () => {
  const number = await at.bill()
  const text = JSON.stringify(at.confirming({ ref_no: number, amount: '9.00' }))
  for (const twice of ['{"amount":"1.00",', '{"\\u0061mount":"1.00",', '{"extra":1,"extra":2,']) {
    assert.equal((await at.send(wire.paths.confirm, text.replace('{', twice))).status, 400)
  }
  assert.equal(await paid(number), '0.00')
  const odd = '{"__proto__":{"amount":"1.00"},"constructor":{"prototype":{}},"AMOUNT":"1.00","meta":[[]],'
  assert.deepEqual((await at.send(wire.paths.confirm, text.replace('{', odd))).body, success)
  assert.equal(await paid(number), '9.00')
})

test('[money 16] a merchant’s key confirms nothing, and an aggregator’s raises no invoice', async () => {
  const number = await at.bill()
  const { status, body } = await at.confirm({ ref_no: number }, at.town.merchant)
  assert.deepEqual([status, body['description']], [403, 'this key is for a merchant'])
  assert.equal(await paid(number), '0.00')
  const order = desk.order({ apiClientID: at.town.bank.apiClientId })
  const raised = await desk.post({
    ...order,
    secureHash: hashOf(wire.recipes.checkout, order, at.town.bank.keys),
  })
  assert.deepEqual([raised.status, raised.body['error']], [403, 'this key is for an aggregator'])
})

test('[money 17] a confirm by a bank that the merchant’s organization is not linked to is kept by the operator', async () => {
  const number = await at.bill()
  const before = await atOperator('suspense/KES')
  assert.deepEqual((await at.confirm({ ref_no: number }, at.stranger.bank)).body, success)
  assert.equal(await paid(number), '0.00')
  assert.equal(await atOperator('suspense/KES'), before + 10_500n)
})

test('[money 18] money for a cancelled, expired or settled bill finds a place, once', async () => {
  const places = { cancelled: 'suspense/KES', expired: 'credits/KES', settled: 'credits/KES' } as const
  const bills = {
    cancelled: await at.cancelled(),
    expired: await at.bill({ expired: true }),
    settled: await at.paid(),
  }
  for (const state of ['cancelled', 'expired', 'settled'] as const) {
    const [before = 0n] = await balances(places[state])
    const said = at.confirming({ ref_no: bills[state], amount: '33.00' })
    for (let time = 0; time < 3; time += 1) assert.deepEqual((await confirmed(said)).body, success)
    assert.deepEqual(await balances(places[state]), [before + 3_300n], state)
  }
  assert.deepEqual(await Promise.all(Object.values(bills).map(paid)), ['0.00', '0.00', '105.00'])
})

test('[money 31] the number is read in any case and with blanks around, look-alikes are other numbers', async () => {
  const number = await at.bill()
  for (const ref_no of [number.toLowerCase(), ` ${number} `, number]) {
    assert.deepEqual((await at.confirm({ ref_no, amount: '1.00' })).body, success)
  }
  assert.equal(await paid(number), '3.00')
  for (const ref_no of [
    `${number}\u00a0`,
    number.replace(/^./, 'А'),
    `${number}1`,
    number.split('').join(' '),
  ]) {
    assert.equal((await at.confirm({ ref_no })).status, 400)
  }
})
