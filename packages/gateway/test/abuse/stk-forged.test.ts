// Callbacks that somebody else sends, or that say what is not true: the address is secret, and our own record decides.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { channels } from '../../src/channels/index.ts'
import { askAttempts } from '../../src/core/attempt/ask-attempts.ts'
import { comesTo, openStreet, until, type Street } from '../journeys/stk/street.ts'
import { paymentsOf, promptOnPhone, success } from '../journeys/stk/words.ts'

let street: Street
let sequence = 0

before(async () => {
  street = await openStreet({ daraja: { promptLivesMs: 60_000 } })
})
after(async () => {
  await street.close()
})

test('[money 68] a guessed address is nobody’s, whatever is sent there', async () => {
  const { bill, id, address } = await promptOnPhone(street, 'GUESSED', '254700000106')
  const forged = success(id)
  const other = address.slice(0, -1) + (address.endsWith('0') ? '1' : '0')
  for (const guess of [other, address.replace('/till/', '/counter/'), address.slice(0, -1), `${address}0`]) {
    assert.equal((await street.callBack(forged, guess)).status, 404, guess)
  }
  assert.deepEqual(await street.callbacks(bill), [])
})

for (const [what, body, fault] of [
  ['another prompt', () => success('ws_CO_191220191020363925'), 'other-attempt'],
  ['a smaller amount', (id: string) => success(id, { amount: '1.00' }), 'other-amount'],
  ['a larger amount', (id: string) => success(id, { amount: '106.00' }), 'other-amount'],
  ['an amount with too many decimals', (id: string) => success(id, { amount: '105.001' }), 'unreadable'],
  ['an exponent', (id: string) => success(id, { amount: '1.05e2' }), 'unreadable'],
  ['no receipt', (id: string) => success(id, { receipt: '' }), 'unreadable'],
  ['nothing readable', () => '{"Body":', 'unreadable'],
  ['nothing', () => '', 'unreadable'],
] as const) {
  test(`[money 68] a callback about ${what} is kept, pays nothing, and the provider is asked`, async () => {
    const phone = `2547000002${String(sequence++).padStart(2, '0')}`
    const { bill, id } = await promptOnPhone(street, `FORGED-${sequence}`, phone)
    assert.equal((await street.callBack(body(id))).status, 200)
    const [callback] = await until(
      async () => await street.callbacks(bill),
      (all) => all[0]?.read_at !== null && all.length === 1,
    )
    assert.equal(callback?.fault, fault)
    assert.deepEqual(await paymentsOf(street, bill), [])
    const queries = street.sent.filter(({ url }) => url.endsWith('/query')).length
    await askAttempts(street.world.deps)
    assert.equal(street.sent.filter(({ url }) => url.endsWith('/query')).length, queries + 1)
    await street.answer(phone, 'approve')
    await comesTo(street, bill, 'succeeded')
    assert.equal((await paymentsOf(street, bill)).length, 1)
  })
}

test('[money 68] a receipt that paid another bill pays no second one', async () => {
  const first = await street.bill('RECEIPT-1')
  await street.pay(first, '254700000001')
  const { receipt } = await comesTo(street, first, 'succeeded')
  const { bill, id } = await promptOnPhone(street, 'RECEIPT-2', '254700000107')
  await street.callBack(success(id, { receipt: receipt ?? '' }))
  const [callback] = await until(
    async () => await street.callbacks(bill),
    (all) => all[0]?.read_at !== null && all.length === 1,
  )
  assert.equal(callback?.fault, 'receipt-taken')
  assert.deepEqual(await paymentsOf(street, bill), [])
  await street.answer('254700000107', 'approve')
  await comesTo(street, bill, 'succeeded')
})

test('[money 68] an attempt is paid by one receipt, even when two come at the same moment', async () => {
  const { bill, id } = await promptOnPhone(street, 'TWO-RECEIPTS', '254700000108')
  const receipts = Array.from({ length: 10 }, (_none, at) => `AAAAAAAAA${at}`)
  await Promise.all(receipts.map(async (receipt) => await street.callBack(success(id, { receipt }))))
  const callbacks = await until(
    async () => await street.callbacks(bill),
    (all) => all.length === 10 && all.every(({ read_at }) => read_at !== null),
  )
  assert.equal(callbacks.filter(({ fault }) => fault === null).length, 1)
  assert.equal(callbacks.filter(({ fault }) => fault === 'other-receipt').length, 9)
  assert.equal((await paymentsOf(street, bill)).length, 1)
})

test('whoever learns an address cannot fill our disk through it', async () => {
  const { bill } = await promptOnPhone(street, 'FLOOD', '254700000112')
  for (let batch = 0; batch < 6; batch += 1) {
    await Promise.all(Array.from({ length: 20 }, async () => await street.callBack('{}')))
  }
  const kept = (await street.callbacks(bill)).length
  assert.ok(kept >= 100 && kept < 120, `${kept} were kept`)
  await street.answer('254700000112', 'cancel')
})

test('an address names no channel, and no word that providers refuse', () => {
  for (const { id, alias } of channels) assert.notEqual(alias, id)
  const path = new URL(street.callbackUrl()).pathname
  assert.match(path, /^\/channels\/[a-z]+\/[0-9a-f]{48}$/)
  assert.doesNotMatch(path, /mpesa|m-pesa|safaricom|exe|cmd|sql|query/i)
})
