import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dataString, pesaflow as wire } from '@lango/wire'
import { findInvoicesByReference } from '../../src/core/invoice/invoice.sql.ts'
import { createService } from '../../src/core/organization/create-service.ts'
import { merchantDesk, type Heard, type MerchantDesk, type Said } from '../merchant-desk.ts'
import { buildTown, must, openWorld, type TownOptions, type World } from '../world.ts'

let world: World
let towns = 0

before(async () => {
  world = await openWorld()
})
after(async () => {
  await world.close()
})

/** A desk of a new merchant with these services besides its own. */
async function open(options: TownOptions = {}, ...services: readonly string[]): Promise<MerchantDesk> {
  towns += 1
  const town = await buildTown(world.deps, { name: `shift${towns}`, ...options })
  for (const code of services) {
    const service = { name: code, currency: options.currency ?? 'KES', feeRule: { kind: 'none' } } as const
    must(await createService(world.deps, { organizationId: town.merchant.organizationId, code, ...service }))
  }
  return merchantDesk(world, town)
}

/** Sends the second reading with the hash of the first: the same characters under the same MAC. */
async function shift(desk: MerchantDesk, signed: Said, moved: Said): Promise<Heard> {
  const other = { ...signed, ...moved }
  const { secret } = desk.town.merchant.keys
  const text = (said: Said) => dataString(wire.recipes.checkout, said as wire.Checkout, secret)
  assert.equal(text(other), text(signed), 'the shift leaves the hashed text as it is')
  assert.notDeepEqual(other, signed)
  return await desk.post(other)
}

const refusedFor = (heard: Heard, field: string, because: RegExp): void => {
  assert.equal(heard.status, 422, heard.text)
  assert.equal(heard.body['field'], field)
  assert.match(String(heard.body['error']), because)
}

test('[money S1] checkout amountExpected→serviceID: 5500|4612 read as 550|0461 or 55|0046 is no service', async () => {
  const desk = await open({ serviceCode: '4612' })
  const signed = desk.sign(desk.order({ amountExpected: '5500', clientIDNumber: '12345678' }))
  refusedFor(
    await shift(desk, signed, { amountExpected: '550', serviceID: '04', clientIDNumber: '61212345678' }),
    'serviceID',
    /without a leading zero/,
  )
  refusedFor(
    await shift(desk, signed, { amountExpected: '5', serviceID: '5004', clientIDNumber: '61212345678' }),
    'serviceID',
    /no service of this client/,
  )
})

test('[money S1] checkout amountExpected→serviceID: where both readings are services, both are refused', async () => {
  const desk = await open({ serviceCode: '4612' }, '5004')
  const signed = desk.sign(desk.order({ amountExpected: '5500', clientIDNumber: '12345678' }))
  const low = await shift(desk, signed, {
    amountExpected: '5',
    serviceID: '5004',
    clientIDNumber: '61212345678',
  })
  refusedFor(low, 'amountExpected', /could also be read as 5500 for service 4612/)
  refusedFor(await desk.post(signed), 'amountExpected', /could also be read as 5 for service 5004/)
})

test('[money S1] checkout amountExpected→serviceID: the person absorbs nothing when the amount has two decimals', async () => {
  const desk = await open({ serviceCode: '4612' }, '5004')
  const signed = desk.sign(desk.order({ amountExpected: '5500.00', clientIDNumber: '12345678' }))
  assert.equal((await desk.post(signed)).status, 200)
  refusedFor(
    await shift(desk, signed, { amountExpected: '5500.0', serviceID: '04612' }),
    'serviceID',
    /leading zero/,
  )
  refusedFor(
    await shift(desk, signed, { amountExpected: '5500.004', serviceID: '612' }),
    'amountExpected',
    /two decimals/,
  )
})

test('[money S1] checkout amountExpected|clientIDNumber: a service code inside the ID number is a second reading', async () => {
  const desk = await open({ serviceCode: '124' })
  const signed = desk.sign(desk.order({ amountExpected: '1', clientIDNumber: '51247' }))
  const high = await shift(desk, signed, { amountExpected: '11245', clientIDNumber: '7' })
  refusedFor(high, 'amountExpected', /could also be read as 1 for service 124/)
  refusedFor(await desk.post(signed), 'amountExpected', /send the amount with two decimals/)
  assert.equal((await desk.checkout({ amountExpected: '1.00', clientIDNumber: '51247' })).status, 200)
})

test('[money S1] checkout serviceID→clientIDNumber: a prefix among services needs strict mode, and is refused in it', async () => {
  const moved = { serviceID: '12', clientIDNumber: '412345678' }
  const easy = await open({ serviceCode: '124' }, '12')
  const signed = easy.sign(easy.order({ amountExpected: '10.00', clientIDNumber: '12345678' }))
  assert.equal((await shift(easy, signed, moved)).status, 200, 'documented: needs strict mode')
  const strict = await open({ serviceCode: '124', strictHash: true }, '12')
  const again = strict.sign(
    strict.order({ amountExpected: '10.00', clientIDNumber: '12345678', billDesc: ' Plot 7' }),
  )
  refusedFor(await shift(strict, again, moved), 'amountExpected', /for service 124/)
  refusedFor(await strict.post(again), 'amountExpected', /for service 12;/)
})

test('[money S1] service codes that we make ourselves never have a second reading among each other', async () => {
  const desk = await open()
  const codes: string[] = []
  for (let made = 0; made < 20; made += 1) {
    const { organizationId } = desk.town.merchant
    const service = { organizationId, name: 'Made here', currency: 'KES', feeRule: { kind: 'none' } } as const
    const { code, warnings } = must(await createService(world.deps, service))
    assert.deepEqual(warnings, [])
    codes.push(code)
  }
  for (const code of codes) assert.ok(codes.every((other) => other === code || !other.startsWith(code)))
})

test('[money S2] checkout billRefNumber→billDesc: a reference that was used keeps the place where it ended', async () => {
  const desk = await open()
  const signed = desk.sign(desk.order({ billRefNumber: 'INV-1', billDesc: '2024 land' }))
  assert.equal((await desk.post(signed)).status, 200)
  assert.equal((await desk.checkout({ billRefNumber: 'INV-12024', billDesc: 'other land' })).status, 200)
  const taken = await shift(desk, signed, { billRefNumber: 'INV-12024', billDesc: ' land' })
  assert.deepEqual([taken.status, taken.body['error']], [422, 'BillRefNumber already taken'])
})

test('[money S2] checkout billRefNumber→billDesc: for a new reference it needs strict mode, and is refused in it', async () => {
  const moved = { billRefNumber: 'INV-22024', billDesc: ' land' }
  const easy = await open()
  const signed = easy.sign(easy.order({ billRefNumber: 'INV-2', billDesc: '2024 land' }))
  assert.equal((await shift(easy, signed, moved)).status, 200, 'documented: needs strict mode')
  const strict = await open({ strictHash: true })
  const again = strict.sign(strict.order({ billRefNumber: 'INV-2', billDesc: '2024 land' }))
  refusedFor(await strict.post(again), 'billDesc', /in strict mode it may not begin/)
  const blank = strict.sign(strict.order({ billRefNumber: 'INV-22024', billDesc: ' land' }))
  assert.equal((await strict.post(blank)).status, 200)
  refusedFor(
    await shift(strict, blank, { billRefNumber: 'INV-2', billDesc: '2024 land' }),
    'billDesc',
    /strict mode/,
  )
  refusedFor(
    await shift(strict, blank, { billRefNumber: 'INV-22024 ', billDesc: 'land' }),
    'billRefNumber',
    /only/,
  )
})

test('[money S2] checkout billDesc→clientName: no reading is refused, because neither moves money: documented', async () => {
  const desk = await open({ strictHash: true })
  const signed = desk.sign(
    desk.order({ billRefNumber: 'INV-3', billDesc: ' Rates for', clientName: 'Wanjiku' }),
  )
  const moved = { billDesc: ' Rates', clientName: ' forWanjiku' }
  assert.equal((await shift(desk, signed, moved)).status, 200)
  const late = await desk.post(signed)
  assert.deepEqual([late.status, late.body['error']], [422, 'BillRefNumber already taken'])
})

test('[money S3] checkout clientIDNumber→currency: 1|KES|KESA1 read as 1KES|KES|A1 is refused, and sooner too', async () => {
  const desk = await open()
  const signed = desk.sign(desk.order({ clientIDNumber: '1', billRefNumber: 'KESA1' }))
  refusedFor(
    await shift(desk, signed, { clientIDNumber: '1KES', billRefNumber: 'A1' }),
    'clientIDNumber',
    /may not spell KES/,
  )
  assert.equal((await desk.post(signed)).status, 200)
})

test('[money S3] checkout clientIDNumber→currency: a currency that overlaps itself: ASO|SOS|X1 and A|SOS|OSX1', async () => {
  const desk = await open({ currency: 'SOS' })
  const signed = desk.sign(desk.order({ currency: 'SOS', clientIDNumber: 'A', billRefNumber: 'OSX1' }))
  const other = await shift(desk, signed, { clientIDNumber: 'ASO', billRefNumber: 'X1' })
  refusedFor(other, 'clientIDNumber', /may not spell SOS/)
  assert.equal((await desk.post(signed)).status, 200)
})

test('[money S3] checkout currency: another currency cannot begin one letter later', async () => {
  const desk = await open()
  const signed = desk.sign(desk.order({ clientIDNumber: '1', billRefNumber: 'S1' }))
  refusedFor(
    await shift(desk, signed, { clientIDNumber: '1K', currency: 'ESS', billRefNumber: '1' }),
    'currency',
    /billed in KES/,
  )
})

test('[money S4] checkout: nothing outside the hash buys an attacker anything under a captured one', async () => {
  const desk = await open()
  const signed = desk.sign(desk.order())
  const foreign = 'https://attacker.example/x'
  refusedFor(
    await desk.post({ ...signed, notificationURL: foreign }),
    'notificationURL',
    /origin is not registered/,
  )
  refusedFor(
    await desk.post({ ...signed, callBackURLOnSuccess: foreign }),
    'callBackURLOnSuccess',
    /not registered/,
  )
  const first = await desk.post(signed)
  assert.equal(first.status, 200)
  for (const more of [
    { clientMSISDN: '254700000099' },
    { clientEmail: 'attacker@example.com' },
    { notificationURL: `${desk.town.shop}/elsewhere` },
    { callBackURLOnSuccess: `${desk.town.shop}/elsewhere` },
  ]) {
    const { status, body } = await desk.post({ ...signed, ...more })
    assert.deepEqual([status, body['error']], [422, 'BillRefNumber already taken'], JSON.stringify(more))
  }
  const { organizationId, apiClientId } = desk.town.merchant
  const own = { organizationId, apiClientId, reference: signed['billRefNumber'] ?? '' }
  const before = await findInvoicesByReference(world.deps.db, [own])
  for (const more of [{ format: 'JSON' }, { sendSTK: 'False' }, { pictureURL: foreign }]) {
    const again = await desk.post({ ...signed, ...more })
    assert.deepEqual(again.body, first.body, JSON.stringify(more))
  }
  assert.deepEqual(
    await findInvoicesByReference(world.deps.db, [own]),
    before,
    'what may differ changes nothing',
  )
})
