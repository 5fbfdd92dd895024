import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow as wire } from '@lango/wire'
import { toDate } from '../../src/base/time.ts'
import { readBalances } from '../../src/core/ledger/balance.sql.ts'
import { merchantDesk, type MerchantDesk } from '../merchant-desk.ts'
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

/** Balances of the merchant's organization in minor units of KES. */
async function balances(...addresses: readonly string[]): Promise<readonly bigint[]> {
  const { organizationId } = at.town.merchant
  return await readBalances(
    world.deps.db,
    addresses.map((address) => ({ organizationId, address })),
  )
}
const noAmounts = [
  '-1',
  '+10',
  '0',
  '0.00',
  '1e3',
  '1E3',
  'NaN',
  'Infinity',
  '-Infinity',
  '0x10',
  '0b1',
  '0o7',
] as const
const strange = [
  ' 10',
  '10 ',
  '10.',
  '.5',
  '1,000.00',
  '1.000,00',
  '1 000',
  '10.005',
  '010',
  '00',
  '1_000',
  '10.0.0',
] as const
const foreign = [
  '١٠',
  '１０',
  '৫',
  '10\u0660',
  '1\u066b5',
  '1\u00a0000',
  '٫5',
  '½',
  '10n',
  '',
  '9'.repeat(40),
] as const

for (const amount of [...noAmounts, ...strange, ...foreign, `1${'0'.repeat(12)}`]) {
  test(`[money 12] the amount ${JSON.stringify(amount)} is refused by confirm and validate, and moves nothing`, async () => {
    const number = await at.bill()
    const confirm = await at.confirm({ ref_no: number, amount })
    assert.equal(confirm.status, 400)
    assert.match(String(confirm.body['description']), /^amount: /)
    assert.equal((await at.validate({ ref_no: number, amount })).status, 400)
    assert.equal(await paid(number), '0.00')
  })
}

test('[money 12] the largest amount of twelve digits is money like any other', async () => {
  const number = await at.bill()
  const [before = 0n] = await balances('credits/KES')
  assert.deepEqual((await at.confirm({ ref_no: number, amount: '999999999999.99' })).body, success)
  assert.equal(await paid(number), '105.00')
  assert.deepEqual(await balances('credits/KES'), [before + 99_999_999_999_999n - 10_500n])
})

/** How an amount may stand in JSON, and the characters that are signed and booked. */
const written: readonly (readonly [json: string, signed: string, booked: string | null])[] = [
  ['10', '10', '10.00'],
  ['"10"', '10', '10.00'],
  ['10.0', '10.0', '10.00'],
  ['"10.00"', '10.00', '10.00'],
  ['10.05', '10.05', '10.05'],
  ['0.3', '0.3', '0.30'],
  ['0.30000000000000004', '0.30000000000000004', null],
  ['1e1', '1e1', null],
  ['1E1', '1E1', null],
  ['-10', '-10', null],
  ['10.000', '10.000', null],
  ['true', 'true', null],
  ['null', '', null],
  ['[10]', '10', null],
  ['{"value":10}', '10', null],
]

for (const [json, text, booked] of written) {
  test(`[money 13] the amount ${json} is ${booked === null ? 'refused' : `${booked}, signed as ${text}`}`, async () => {
    const number = await at.bill()
    const said = at.confirming({ ref_no: number, amount: text })
    const body = JSON.stringify(said).replace(`"amount":${JSON.stringify(text)}`, `"amount":${json}`)
    const { status } = await at.send(wire.paths.confirm, body)
    assert.equal(status, booked === null ? 400 : 200)
    assert.equal(await paid(number), booked ?? '0.00')
  })
}

test('[money 13] 10, 10.0 and 10.00 under one transaction id are one payment', async () => {
  const number = await at.bill()
  const id = {
    ref_no: number,
    gateway_transaction_id: 'ONE-AMOUNT',
    gateway_transaction_date: nairobi(new Date()),
  }
  for (const amount of ['10', '10.0', '10.00'])
    assert.deepEqual((await at.confirm({ ...id, amount })).body, success)
  assert.equal(await paid(number), '10.00')
})

const day = 86_400_000
const dated = (days: number) => nairobi(new Date(toDate(world.deps.clock.now()).getTime() + days * day))
const noDates = [
  '42021-10-04 12:00:00',
  '2026-02-30 10:00:00',
  '2025-02-29 10:00:00',
  '2026-13-01 10:00:00',
  '2026-10-04',
]
const noTimes = [
  '2026-10-04T10:00:00',
  '2026-10-04 10:00:00Z',
  '2026-10-04 10:00:00+03:00',
  '2026-10-04 24:00:00',
  '04/10/2026 10:00:00',
]
const noYears = [
  '1999-12-31 23:59:59',
  '2100-01-01 00:00:00',
  '0000-00-00 00:00:00',
  ' 2026-10-04 10:00:00',
  '2026-10-04  10:00:00',
]

for (const date of [...noDates, ...noTimes, ...noYears]) {
  test(`[money 14] the date ${JSON.stringify(date)} is refused`, async () => {
    const number = await at.bill()
    const { status, body } = await at.confirm({ ref_no: number, gateway_transaction_date: date })
    assert.equal(status, 400)
    assert.match(String(body['description']), /^gateway_transaction_date: /)
    assert.equal(await paid(number), '0.00')
  })
}

test('[money 14] a date of three years ago or of next week is a mistake; yesterday’s and a clock ahead are not', async () => {
  for (const days of [-3 * 365, 7, 2]) {
    assert.equal(
      (await at.confirm({ ref_no: await at.bill(), gateway_transaction_date: dated(days) })).status,
      400,
    )
  }
  for (const days of [-1, -300, 0.5]) {
    assert.equal(
      (await at.confirm({ ref_no: await at.bill(), gateway_transaction_date: dated(days) })).status,
      200,
    )
  }
})
