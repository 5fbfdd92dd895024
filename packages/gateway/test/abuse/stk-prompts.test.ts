// Prompts that are asked for too often, twice, at the same moment, or through a provider that is ill.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow } from '@lango/sdk'
import { defaultSettings } from '@lango/simulators'
import { startAttempt } from '../../src/core/attempt/start-attempt.ts'
import { channelWorld } from '../../src/core/attempt/find-channel.ts'
import { setMaintenance } from '../../src/core/switch/set-maintenance.ts'
import { configureChannel } from '../../src/core/attempt/configure-channel.ts'
import { readBalances } from '../../src/core/ledger/balance.sql.ts'
import { buildTown, must, openWorld } from '../world.ts'
import { comesTo, openChannels, openStreet, until, type Street } from '../journeys/stk/street.ts'

let street: Street

before(async () => {
  street = await openStreet({ daraja: { promptLivesMs: 60_000 } })
})
after(async () => {
  await street.close()
})

const pushes = () => street.sent.filter(({ url }) => url.endsWith('/processrequest')).length
const tokens = () => street.sent.filter(({ url }) => url.includes('/oauth/')).length

test('[money 90] a form that is sent five times at once asks the phone once', async () => {
  const bill = await street.bill('CLICKS')
  const { token } = await street.page(bill)
  const before = pushes()
  const fields = { token, phone: '254700000120', channel: 'mpesa' }
  const answers = await Promise.all(Array.from({ length: 5 }, async () => await street.submit(bill, fields)))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303]))
  await comesTo(street, bill, 'waiting')
  assert.equal(pushes(), before + 1)
  assert.equal((await street.attempts(bill)).length, 1)
})

test('[money 90] a form from before the try, sent again after it failed, asks nobody', async () => {
  const bill = await street.bill('RELOADED')
  const { token } = await street.page(bill)
  const fields = { token, phone: '254700000002', channel: 'mpesa' }
  await street.submit(bill, fields)
  await comesTo(street, bill, 'failed')
  const before = pushes()
  const again = await street.submit(bill, fields)
  assert.equal(again.status, 303)
  assert.match(again.headers.get('location') ?? '', /moved=yes/)
  assert.equal((await street.attempts(bill)).length, 1)
  assert.equal(pushes(), before)
})

test('[money 90] what a page was good for starts one try for ever, even where nobody looked at it before', async () => {
  const bill = await street.bill('ONCE')
  const asked = { requestId: bill.requestId, channel: 'mpesa', phone: '254700000002', token: 'good for once' }
  assert.ok((await startAttempt(street.world.deps, asked)).ok)
  await comesTo(street, bill, 'failed')
  const again = await startAttempt(street.world.deps, asked)
  assert.equal(again.ok ? 'started' : again.refusal.code, 'attempt_open')
  assert.ok((await startAttempt(street.world.deps, { ...asked, token: 'of the next page' })).ok)
  await comesTo(street, bill, 'failed')
})

test('[money 90] two tabs, each with another phone, ask the one that came first', async () => {
  const bill = await street.bill('TABS')
  const { token } = await street.page(bill)
  const phones = ['254700000121', '254700000122']
  await Promise.all(
    phones.map(async (phone) => await street.submit(bill, { token, phone, channel: 'mpesa' })),
  )
  await comesTo(street, bill, 'waiting')
  const asked = await Promise.all(phones.map(async (phone) => await street.prompts(phone)))
  assert.equal(asked.flat().length, 1)
})

test('[money 94] five prompts that nobody paid are enough for a phone, whoever asks', async () => {
  const victim = '254700000002'
  const other = await buildTown(street.world.deps, { name: 'other', serviceCode: '126' })
  await openChannels(street.world, other, street.simulators)
  street.world.clock.advance(2 * 86_400)
  const before = (await street.prompts(victim)).length
  const refused: number[] = []
  for (let attempt = 0; attempt < 7; attempt += 1) {
    const bill = await street.bill(`BOMB-${attempt}`)
    const answer = await street.pay(bill, victim)
    if (answer.status === 422) {
      refused.push(attempt)
      assert.match(await answer.text(), /This phone was asked too often/)
    } else await comesTo(street, bill, 'failed')
  }
  assert.deepEqual(refused, [5, 6])
  // Another merchant's prompt, sent without any page, draws on the same budget.
  const { merchant, serviceCode, shop } = other
  const stranger = pesaflow({
    baseUrl: street.world.url,
    apiClientId: merchant.apiClientId,
    keys: merchant.keys,
    serviceId: serviceCode,
  })
  await stranger.checkout({
    reference: 'BOMB-OTHER',
    description: 'Plot 8 rates',
    amount: '100.00',
    payer: { name: 'Achieng Otieno', idNumber: '00000033', phone: victim, email: '' },
    successUrl: `${shop}/paid`,
    notificationUrl: `${shop}/notices`,
    prompt: true,
  })
  await street.world.house.deps.db.query({ name: 'test_settle', text: 'select pg_sleep(0.2)' }, [])
  assert.equal((await street.prompts(victim)).length - before, 5)
  // It is no lock-out: two minutes later there is one more.
  street.world.clock.advance(121)
  const bill = await street.bill('BOMB-LATER')
  assert.equal((await street.pay(bill, victim)).status, 303)
  await comesTo(street, bill, 'failed')
  assert.equal((await street.pay(bill, victim)).status, 422)
})

test('[money 94] one page cannot be used to ask number after number', async () => {
  const bill = await street.bill('SPRAY')
  const statuses: number[] = []
  for (let number = 0; number < 12; number += 1) {
    await street.control('POST', '/daraja', { promptLivesMs: 30 })
    const answer = await street.pay(bill, `2547000003${String(number).padStart(2, '0')}`)
    statuses.push(answer.status)
    if (answer.status === 303) await comesTo(street, bill, 'failed')
  }
  await street.control('POST', '/daraja', { promptLivesMs: 60_000 })
  assert.deepEqual(statuses.slice(0, 10), Array<number>(10).fill(303))
  assert.deepEqual(statuses.slice(10), [422, 422])
})

test('[money 94] whoever pays what she is asked may be asked as often as she likes', async () => {
  for (let bills = 0; bills < 14; bills += 1) {
    const bill = await street.bill(`HONEST-${bills}`)
    assert.equal((await street.pay(bill, '254700000001')).status, 303)
    await comesTo(street, bill, 'succeeded')
  }
})

test('[money 25] a prompt and a bank that pay one bill at the same moment pay it once, and the rest is a credit', async () => {
  const bill = await street.bill('BOTH')
  await street.pay(bill, '254700000123')
  await comesTo(street, bill, 'waiting')
  const { bank, merchant } = street.town
  const credits = [{ organizationId: merchant.organizationId, address: 'credits/KES' }]
  const [before = 0n] = await readBalances(street.world.deps.db, credits)
  const counter = pesaflow({ baseUrl: street.world.url, apiClientId: bank.apiClientId, keys: bank.keys })
  await Promise.all([
    street.answer('254700000123', 'approve'),
    counter.confirm({
      reference: bill.number,
      amount: '105.00',
      currency: 'KES',
      transactionId: 'BOTH-1',
      transactionDate: new Date(),
      payerName: 'Achieng Otieno',
      payerAccount: '254700000033',
    }),
  ])
  await comesTo(street, bill, 'succeeded')
  const [now = 0n] = await readBalances(street.world.deps.db, credits)
  assert.equal(now - before, 10_500n)
  assert.match((await street.page(bill)).text, /kept as your credit/)
})

test('[money 73] a hundred requests with an expired token fetch one new one', async () => {
  const world = channelWorld(street.world.deps)
  let fetched = 0
  const fetchOne = async () => {
    fetched += 1
    await new Promise((resolve) => setTimeout(resolve, 50))
    return { token: `token ${fetched}`, lives: 3600 }
  }
  const hundred = async (refused?: string) =>
    new Set(
      await Promise.all(
        Array.from({ length: 100 }, async () => await world.token('a storm', fetchOne, refused)),
      ),
    )
  assert.deepEqual(await hundred(), new Set(['token 1']))
  street.world.clock.advance(3301)
  assert.deepEqual(await hundred(), new Set(['token 2']))
  assert.deepEqual(await hundred(), new Set(['token 2']))
  assert.deepEqual(await hundred('token 2'), new Set(['token 3']), 'one that the provider refused')
  assert.deepEqual(await hundred('token 2'), new Set(['token 3']), 'which somebody has replaced already')
  assert.equal(fetched, 3)
})

test('[money 73] processes share a token: what one fetched the other uses', async (t) => {
  const neighbour = await openWorld({ databaseUrl: street.world.databaseUrl, clock: street.world.clock })
  t.after(neighbour.close)
  let fetched = 0
  const fetchOne = async () => {
    fetched += 1
    await new Promise((resolve) => setTimeout(resolve, 50))
    return { token: 'a shared token', lives: 3600 }
  }
  const worlds = [channelWorld(street.world.deps), channelWorld(neighbour.deps)]
  const both = await Promise.all(worlds.map(async ({ token }) => await token('two processes', fetchOne)))
  assert.deepEqual(both, ['a shared token', 'a shared token'])
  assert.equal(fetched, 1)
})

test('a token that somebody else made invalid is replaced once, and the prompt still goes out', async () => {
  const { consumerKey, consumerSecret } = defaultSettings
  const authorization = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`
  await fetch(`${street.simulators}/daraja/oauth/v1/generate?grant_type=client_credentials`, {
    headers: { authorization },
  })
  const before = tokens()
  const bill = await street.bill('STALE')
  await street.pay(bill, '254700000001')
  await comesTo(street, bill, 'succeeded')
  assert.equal(tokens(), before + 1)
})

for (const [kind, outcome] of [
  ['busy', 'busy'],
  ['quota', 'busy'],
] as const) {
  test(`a provider that says ${kind} took nothing on, so that the payer may try again`, async () => {
    await street.control('POST', '/faults', { on: 'push', kind, times: 1 })
    const bill = await street.bill(`ILL-${kind}`)
    await street.pay(bill, '254700000001')
    assert.equal((await comesTo(street, bill, 'failed')).outcome, outcome)
    await street.pay(bill, '254700000001')
    await comesTo(street, bill, 'succeeded')
  })
}

test('an answer that arrives damaged leaves the attempt unknown, never failed, and the callback settles it', async () => {
  await street.control('POST', '/faults', { on: 'push', kind: 'corrupt', times: 1 })
  const bill = await street.bill('DAMAGED')
  await street.pay(bill, '254700000124')
  await comesTo(street, bill, 'unknown')
  await street.answer('254700000124', 'approve')
  await comesTo(street, bill, 'succeeded')
})

test('a provider that cannot be reached has asked nobody', async () => {
  const { organizationId } = street.town.merchant
  const channel = street.world.deps.channels.get('mpesa')
  assert.ok(channel !== undefined)
  const settings = {
    baseUrl: 'http://127.0.0.1:9',
    consumerKey: 'k',
    consumerSecret: 's',
    shortCode: '174379',
    passkey: 'p',
  }
  must(await configureChannel(street.world.deps, { organizationId, channel, place: 0, settings }))
  const bill = await street.bill('UNREACHED')
  await street.pay(bill, '254700000001')
  assert.equal((await comesTo(street, bill, 'failed')).outcome, 'not-reached')
  assert.match((await street.page(bill)).text, /could not be reached/)
  await openChannels(street.world, street.town, street.simulators)
})

test('maintenance closes the page and still hears the provider', async (t) => {
  const bill = await street.bill('MAINTENANCE')
  await street.pay(bill, '254700000125')
  await comesTo(street, bill, 'waiting')
  // A second process that knows of the maintenance from its start.
  await setMaintenance(street.world.deps, true)
  t.after(async () => {
    await setMaintenance(street.world.deps, false)
  })
  const closed = await openWorld({ databaseUrl: street.world.databaseUrl, clock: street.world.clock })
  t.after(closed.close)
  assert.equal((await fetch(`${closed.url}/checkout?request_id=${bill.requestId}`)).status, 503)
  const address = closed.url + new URL(street.callbackUrl()).pathname
  const [attempt] = await street.attempts(bill)
  const body = `{"Body":{"stkCallback":{"CheckoutRequestID":"${attempt?.provider_id ?? ''}","ResultCode":0,"ResultDesc":"ok",
    "CallbackMetadata":{"Item":[{"Name":"Amount","Value":105.00},{"Name":"MpesaReceiptNumber","Value":"MAINTAIN01"}]}}}}`
  const answer = await street.callBack(body, address)
  assert.equal(answer.status, 200)
  assert.deepEqual(await answer.json(), { ResultCode: 0, ResultDesc: 'Accepted' })
  const [callback] = await until(
    async () => await street.callbacks(bill),
    (all) => all.length === 1,
  )
  assert.equal(callback?.body, body)
  await comesTo(street, bill, 'succeeded')
})
