import assert from 'node:assert/strict'
import { test } from 'node:test'
import { magicNumbers } from '../index.ts'
import { isFields } from '../fields.ts'
import type { Answered, Side } from '../other-side.fixture.ts'
import { otherSide } from '../other-side.fixture.ts'

type Callback = {
  code: unknown
  description: unknown
  items: Record<string, unknown>
  checkoutRequestId: unknown
}

function readCallback(body: string | undefined): Callback {
  const parsed = JSON.parse(body ?? '') as { Body: { stkCallback: Record<string, unknown> } }
  const { ResultCode, ResultDesc, CheckoutRequestID, CallbackMetadata } = parsed.Body.stkCallback
  const listed = isFields(CallbackMetadata)
    ? (CallbackMetadata['Item'] as { Name: string; Value?: unknown }[])
    : []
  const items = Object.fromEntries(listed.map(({ Name, Value }) => [Name, Value]))
  return { code: ResultCode, description: ResultDesc, items, checkoutRequestId: CheckoutRequestID }
}

const idOf = (answer: Answered): string => String(answer.json['CheckoutRequestID'])

async function magicPush(side: Side, last: string, amount = '105'): Promise<string> {
  const msisdn = `2547000000${last}`
  const answer = await side.push({ PartyA: msisdn, PhoneNumber: msisdn, Amount: amount })
  assert.equal(answer.status, 200, answer.text)
  return idOf(answer)
}

async function answerByHand(side: Side, answer: Record<string, unknown>): Promise<Answered> {
  const { prompts } = (await side.control('GET', '/phone/prompts')).json as { prompts: { id: string }[] }
  return side.control('POST', `/phone/prompts/${prompts[0]?.id}`, answer)
}

test('the phone shows who asks, how much, for what and how long still', async (t) => {
  const side = await otherSide(t)
  await side.push()
  side.clock.advance(15_000)
  const { prompts } = (await side.control('GET', '/phone/prompts?msisdn=254712000001')).json as {
    prompts: Record<string, unknown>[]
  }
  const { checkoutRequestId, merchantRequestId, ...shown } = prompts[0] ?? {}
  assert.match(String(checkoutRequestId), /^ws_CO_/)
  assert.match(String(merchantRequestId), /-1$/)
  assert.deepEqual(shown, {
    id: '1',
    msisdn: '254712000001',
    payee: 'LANGO SANDBOX',
    shortCode: '174379',
    amount: 105,
    currency: 'KES',
    accountReference: 'WQBGPWRR',
    description: 'Lango',
    message: 'Do you want to pay KES 105 to LANGO SANDBOX Account no. WQBGPWRR?',
    askedAt: '2019-12-19T07:20:36.000Z',
    expiresAt: '2019-12-19T07:21:36.000Z',
    secondsLeft: 45,
    state: 'waiting',
    shown: true,
    result: null,
    deliveries: [],
  })
  const other = await side.control('GET', '/phone/prompts?msisdn=254712000002')
  assert.deepEqual(other.json, { prompts: [] })
})

test('a query says that a waiting prompt is being processed, with a 500, and afterwards how it ended', async (t) => {
  const side = await otherSide(t)
  const id = idOf(await side.push())
  const pending = await side.query(id)
  assert.deepEqual(
    [pending.status, pending.json['errorCode'], pending.json['errorMessage']],
    [500, '500.001.1001', 'The transaction is being processed'],
  )
  await answerByHand(side, { answer: 'approve', pin: '1234' })
  const ended = await side.query(id)
  assert.equal(ended.status, 200)
  assert.equal(ended.json['ResultCode'], '0')
  assert.equal(ended.json['CheckoutRequestID'], id)
  assert.ok(!ended.text.includes('Receipt'), 'a query gives no receipt')
})

test('each answer by hand ends the prompt with its own code, and the callback says so', async (t) => {
  const cases: readonly [answer: Record<string, unknown>, code: number][] = [
    [{ answer: 'approve' }, 0],
    [{ answer: 'approve', pin: '1234' }, 0],
    [{ answer: 'approve', pin: '0000' }, 2001],
    [{ answer: 'cancel' }, 1032],
    [{ answer: 'wrong-pin' }, 2001],
    [{ answer: 'insufficient' }, 1],
  ]
  for (const [answer, code] of cases) {
    const side = await otherSide(t)
    const id = idOf(await side.push())
    assert.equal((await answerByHand(side, answer)).status, 200)
    const callback = readCallback((await side.arrives(1))[0])
    assert.deepEqual([callback.checkoutRequestId, callback.code], [id, code], JSON.stringify(answer))
    if (code === 0) {
      assert.equal(callback.items['Amount'], 105)
      assert.equal(callback.items['PhoneNumber'], 254712000001)
      assert.equal(callback.items['TransactionDate'], 20191219102036)
      assert.match(String(callback.items['MpesaReceiptNumber']), /^NLJ/)
    } else assert.deepEqual(callback.items, {})
    assert.equal((await answerByHand(side, { answer: 'approve' })).status, 409, 'a prompt ends once')
  }
})

test('a PIN is nowhere to be seen afterwards', async (t) => {
  const side = await otherSide(t)
  await side.push()
  await answerByHand(side, { answer: 'approve', pin: '8642' })
  assert.ok(!(await side.control('GET', '/phone/prompts')).text.includes('8642'))
})

test('an ignored prompt ends as unreachable when its time is up', async (t) => {
  const side = await otherSide(t)
  await side.push()
  assert.equal((await answerByHand(side, { answer: 'ignore' })).json['state'], 'ignored')
  side.clock.advance(59_999)
  assert.equal(side.received.length, 0)
  side.clock.advance(1)
  const callback = readCallback((await side.arrives(1))[0])
  assert.deepEqual([callback.code, callback.description], [1037, 'DS timeout user cannot be reached'])
})

test('an answer that does not exist and a prompt that does not exist are refused', async (t) => {
  const side = await otherSide(t)
  await side.push()
  assert.equal((await answerByHand(side, { answer: 'maybe' })).status, 400)
  assert.equal((await answerByHand(side, { answer: 'approve', pin: 1234 })).status, 400)
  assert.equal((await side.control('POST', '/phone/prompts/99', { answer: 'approve' })).status, 404)
})

test('every magic number ends as its table says', async (t) => {
  const side = await otherSide(t)
  assert.deepEqual(JSON.parse(await (await fetch(`${side.url}/daraja/magic`)).text()), magicNumbers)
  for (const magic of magicNumbers.filter(
    ({ answer, later }) => answer === 'at-once' && later === undefined,
  )) {
    const id = await magicPush(side, magic.msisdn.slice(-2))
    side.clock.advance(magic.when === 'soon' ? 1_500 : 60_000)
    assert.equal((await side.query(id)).json['ResultCode'], String(magic.result), magic.story)
  }
})

test('a lost callback leaves only the query to tell', async (t) => {
  const side = await otherSide(t)
  const id = await magicPush(side, '06')
  side.clock.advance(60_000)
  assert.equal((await side.query(id)).json['ResultCode'], '0')
  assert.deepEqual(side.received, [])
})

test('the same callback comes twice, byte for byte', async (t) => {
  const side = await otherSide(t)
  await magicPush(side, '07')
  side.clock.advance(1_500)
  await side.arrives(1)
  // The second follows a pause that begins when the first has been delivered.
  await settled(side, 1)
  side.clock.advance(4_000)
  const [first, second] = await side.arrives(2)
  assert.equal(first, second)
})

for (const [last, code] of [
  ['08', 1037],
  ['13', 1032],
] as const) {
  test(`a success follows ${code}, and the query changes its mind`, async (t) => {
    const side = await otherSide(t)
    const id = await magicPush(side, last)
    side.clock.advance(1_500)
    assert.equal(readCallback((await side.arrives(1))[0]).code, code)
    assert.equal((await side.query(id)).json['ResultCode'], String(code))
    side.clock.advance(4_000)
    const late = readCallback((await side.arrives(2))[1])
    assert.deepEqual([late.code, late.checkoutRequestId, late.items['Amount']], [0, id, 105])
    assert.equal((await side.query(id)).json['ResultCode'], '0')
  })
}

test('a callback lies about the amount, the query does not', async (t) => {
  const side = await otherSide(t)
  await magicPush(side, '09')
  side.clock.advance(1_500)
  assert.equal(readCallback((await side.arrives(1))[0]).items['Amount'], 1)
})

test('the request is never answered, though the prompt is shown and paid', async (t) => {
  const side = await otherSide(t)
  const silent = side.push({ PartyA: '254700000011', PhoneNumber: '254700000011' }).then(
    () => 'answered',
    () => 'cut off',
  )
  await until(async () => (await side.control('GET', '/phone/prompts')).text.includes('254700000011'))
  side.clock.advance(1_500)
  assert.equal(readCallback((await side.arrives(1))[0]).code, 0)
  side.clock.advance(120_000)
  assert.equal(await silent, 'cut off')
})

test('the callback overtakes the answer to the request', async (t) => {
  const side = await otherSide(t)
  const answer = side.push({ PartyA: '254700000012', PhoneNumber: '254700000012' })
  await until(async () => (await side.control('GET', '/phone/prompts')).text.includes('254700000012'))
  side.clock.advance(1_500)
  const callback = readCallback((await side.arrives(1))[0])
  assert.equal(callback.checkoutRequestId, idOf(await answer))
})

test('a corrupt callback is no JSON', async (t) => {
  const side = await otherSide(t)
  await magicPush(side, '14')
  side.clock.advance(1_500)
  const [body] = await side.arrives(1)
  assert.throws(() => JSON.parse(body ?? ''))
})

test('the same amount from the same customer within two minutes of a payment is 17; a cancelled one does not count', async (t) => {
  const side = await otherSide(t)
  const pay = async (amount: string, answer: string): Promise<unknown> => {
    const before = side.received.length
    await side.push({ Amount: amount })
    await answerByHand(side, { answer })
    return readCallback((await side.arrives(before + 1))[before]).code
  }
  assert.equal(await pay('50', 'cancel'), 1032)
  assert.equal(await pay('50', 'approve'), 0)
  assert.equal(await pay('50', 'approve'), 17)
  assert.equal(await pay('51', 'approve'), 0)
  side.clock.advance(120_000)
  assert.equal(await pay('50', 'approve'), 0)
})

test('what M-PESA knows before the phone rings ends in the callback without a prompt', async (t) => {
  const longName = 'A NAME THAT IS FAR TOO LONG '.repeat(8)
  const till = {
    shortCode: '600981',
    partyB: '400222',
    kind: 'till',
    passkey: 'sandbox-passkey',
    payee: longName,
  } as const
  const paybill = {
    shortCode: '174379',
    partyB: '174379',
    kind: 'paybill',
    passkey: 'sandbox-passkey',
    payee: 'LANGO',
  } as const
  const cases: readonly [change: Record<string, unknown>, code: unknown][] = [
    [{ TransactionType: 'CustomerBuyGoodsOnline' }, 2028],
    [{ PartyB: '174380' }, 'SFC_IC0003'],
    [{ Amount: '250001' }, 3],
  ]
  for (const [change, code] of cases) {
    const side = await otherSide(t, { shortCodes: [paybill, till] })
    assert.equal((await side.push(change)).status, 200)
    assert.equal((await answerByHand(side, { answer: 'approve' })).status, 409, 'nothing is shown to approve')
    side.clock.advance(1_500)
    assert.deepEqual(readCallback((await side.arrives(1))[0]).code, code)
  }
  const side = await otherSide(t, { shortCodes: [{ ...paybill, payee: longName }] })
  await side.push()
  side.clock.advance(1_500)
  assert.equal(readCallback((await side.arrives(1))[0]).code, 1025)
})

/** Waits until so many deliveries are recorded, which is a moment after the receiver saw them. */
function settled(side: Side, deliveries: number): Promise<void> {
  return until(async () => {
    const { prompts } = (await side.control('GET', '/phone/prompts')).json as {
      prompts: { deliveries: unknown[] }[]
    }
    return prompts[0]?.deliveries.length === deliveries
  })
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  assert.fail('it never came true')
}
