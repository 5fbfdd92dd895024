import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultSettings } from '../index.ts'
import { credentials, otherSide, sampleMoment } from '../other-side.fixture.ts'

const refused = (code: string, message: string) => ({ errorCode: code, errorMessage: message })
const field = (name: string) => refused('400.002.02', `Bad Request - Invalid ${name}`)

test('a field that Daraja refuses is named as Daraja names it', async (t) => {
  const side = await otherSide(t)
  const cases: readonly [change: Record<string, unknown>, error: Record<string, unknown>][] = [
    [{ BusinessShortCode: '' }, field('BusinessShortCode')],
    [{ BusinessShortCode: { toString: 1 } }, field('BusinessShortCode')],
    [{ Password: '' }, field('Password')],
    [{ Timestamp: '2019-12-19' }, field('Timestamp')],
    [{ Timestamp: '20190230102036' }, field('Timestamp')],
    [{ TransactionType: 'CustomerPayBill' }, field('TransactionType')],
    [{ TransactionType: 'toString' }, field('TransactionType')],
    [{ Amount: '10.50' }, field('Amount')],
    [{ Amount: 1.5 }, field('Amount')],
    [{ Amount: '0' }, field('Amount')],
    [{ Amount: '-1' }, field('Amount')],
    [{ Amount: '1e3' }, field('Amount')],
    [{ PartyA: '0712000001' }, field('PartyA')],
    [{ PartyA: '254812000001' }, field('PartyA')],
    [{ PartyB: 'shop' }, field('PartyB')],
    [{ PhoneNumber: '+254712000001' }, field('PhoneNumber')],
    [{ PhoneNumber: '25471200000' }, field('PhoneNumber')],
    [{ CallBackURL: 'example.org/here' }, field('CallBackURL')],
    [{ CallBackURL: 'ftp://example.org/here' }, field('CallBackURL')],
    [{ CallBackURL: 'https://user:pass@example.org/here' }, field('CallBackURL')],
    [{ AccountReference: '1234567890123' }, field('AccountReference')],
    [{ AccountReference: '' }, field('AccountReference')],
    [{ TransactionDesc: '12345678901234' }, field('TransactionDesc')],
    ...['mpesa', 'M-Pesa', 'safaricom', 'exe', 'exec', 'CMD', 'sql', 'Query'].map(
      (word): [Record<string, unknown>, Record<string, unknown>] => [
        { CallBackURL: `https://example.org/${word}/1` },
        field('CallBackURL'),
      ],
    ),
  ]
  for (const [change, error] of cases) {
    const { status, json } = await side.push(change)
    const { requestId, ...said } = json
    assert.deepEqual([status, said], [400, error], JSON.stringify(change))
    assert.match(String(requestId), /^\d+-\d+-1$/)
  }
  assert.deepEqual((await side.control('GET', '/phone/prompts')).json, { prompts: [] })
})

test('numbers of both operators’ ranges are taken, as strings or numbers', async (t) => {
  const side = await otherSide(t)
  for (const number of ['254712000009', 254112000009]) {
    assert.equal((await side.push({ PartyA: number, PhoneNumber: number, Amount: 5 })).status, 200)
  }
})

test('a stale or missing token is a 404, and each new token invalidates the one before', async (t) => {
  const side = await otherSide(t)
  const first = await side.token()
  const second = await side.token()
  assert.notEqual(first, second)
  const statusWith = async (headers: Record<string, string>): Promise<[number, unknown]> => {
    const answer = await fetch(`${side.url}/daraja/mpesa/stkpush/v1/processrequest`, {
      method: 'POST',
      headers,
      body: '{}',
    })
    const { errorCode, errorMessage } = (await answer.json()) as Record<string, unknown>
    return [answer.status, { errorCode, errorMessage }]
  }
  const stale = [404, refused('404.001.03', 'Invalid Access Token')]
  assert.deepEqual(await statusWith({ authorization: `Bearer ${first}` }), stale)
  assert.deepEqual(await statusWith({}), stale)
  assert.deepEqual(await statusWith({ authorization: `Bearer ${second}` }), [400, field('BusinessShortCode')])
  side.clock.advance(3_599_000)
  assert.deepEqual(await statusWith({ authorization: `Bearer ${second}` }), stale)
})

test('a token needs the right credentials and grant type, and says how long it lives in a string', async (t) => {
  const side = await otherSide(t)
  const ask = async (query: string, credential: string) => {
    const answer = await fetch(`${side.url}/daraja/oauth/v1/generate${query}`, {
      headers: { authorization: `Basic ${Buffer.from(credential).toString('base64')}` },
    })
    return [answer.status, (await answer.json()) as Record<string, unknown>] as const
  }
  const right = `${defaultSettings.consumerKey}:${defaultSettings.consumerSecret}`
  const [status, body] = await ask('?grant_type=client_credentials', right)
  assert.deepEqual([status, body['expires_in']], [200, '3599'])
  assert.match(String(body['access_token']), /^[A-Za-z0-9]{28}$/)
  const [wrongStatus, wrong] = await ask('?grant_type=client_credentials', 'someone:else')
  assert.deepEqual([wrongStatus, wrong['errorCode']], [400, '400.008.01'])
  const [grantStatus, grant] = await ask('?grant_type=password', right)
  assert.deepEqual([grantStatus, grant['errorCode']], [400, '400.008.02'])
})

test('an unknown merchant and a wrong password are 500s of the same code', async (t) => {
  const side = await otherSide(t)
  const unknown = await side.push(credentials(sampleMoment, '999999'))
  assert.deepEqual(
    [unknown.status, unknown.json['errorCode'], unknown.json['errorMessage']],
    [500, '500.001.1001', 'Merchant does not exist'],
  )
  const wrong = await side.push(credentials(sampleMoment, '174379', 'another passkey'))
  assert.deepEqual(
    [wrong.status, wrong.json['errorCode'], wrong.json['errorMessage']],
    [500, '500.001.1001', 'Wrong credentials'],
  )
})

test('a body that is no JSON object and a path that does not exist are refused in Daraja’s words', async (t) => {
  const side = await otherSide(t)
  const headers = { authorization: `Bearer ${await side.token()}` }
  for (const body of ['{', '[]', '"text"', 'a=b']) {
    const answer = await fetch(`${side.url}/daraja/mpesa/stkpush/v1/processrequest`, {
      method: 'POST',
      headers,
      body,
    })
    assert.equal(answer.status, 400)
    assert.equal(((await answer.json()) as Record<string, unknown>)['errorCode'], '400.002.05')
  }
  const nowhere = await fetch(`${side.url}/daraja/mpesa/stkpush/v2/processrequest`, {
    method: 'POST',
    headers,
    body: '{}',
  })
  assert.deepEqual(
    [nowhere.status, ((await nowhere.json()) as Record<string, unknown>)['errorCode']],
    [404, '404.001.01'],
  )
})

test('a subscriber whose phone is showing a prompt cannot be locked for another', async (t) => {
  const side = await otherSide(t)
  assert.equal((await side.push()).status, 200)
  const second = await side.push({ Amount: '7' })
  assert.deepEqual([second.status, second.json['errorCode']], [500, '500.001.1001'])
  assert.match(String(second.json['errorMessage']), /^Unable to lock subscriber/)
})

test('a query for an unknown request is refused', async (t) => {
  const side = await otherSide(t)
  const answer = await side.query('ws_CO_19122019102036392511')
  assert.deepEqual(
    [answer.status, answer.json['errorMessage']],
    [400, 'Bad Request - Invalid CheckoutRequestID'],
  )
})
