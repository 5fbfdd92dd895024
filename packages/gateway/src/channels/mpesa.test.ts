import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { money } from '../base/money.ts'
import { instant } from '../base/time.ts'
import type { Attempt, Outcome, Started } from '../core/attempt/attempt.ts'
import type { OpenChannel } from '../core/attempt/channel.ts'
import type { Outgoing } from '../core/ports.ts'
import { answer, channelContract, worldThat } from './families/contract.ts'
import { mpesa } from './mpesa.ts'

const settings = {
  baseUrl: 'https://sandbox.safaricom.co.ke',
  consumerKey: 'a-made-up-consumer-key',
  consumerSecret: 'a-made-up-consumer-secret',
  shortCode: '174379',
  passkey: 'a-made-up-passkey',
  type: 'paybill',
}

const attempt: Attempt = {
  organizationId: '00000000-0000-7000-8000-000000000001',
  id: '00000000-0000-7000-8000-000000000002',
  invoiceId: '00000000-0000-7000-8000-000000000003',
  invoiceNumber: 'WQBGPWRR',
  description: 'Ada ya shule – muhula wa 3',
  channel: 'mpesa',
  amount: money(10_500n, 'KES'),
  payerPhone: '254708374149',
  state: 'started',
  open: true,
  outcome: null,
  providerId: null,
  detail: {},
  receipt: null,
  asks: 0,
  createdAt: instant(Date.UTC(2026, 10, 22, 9)),
}

// The provider's own samples, byte for byte but for the line breaks.
const paid =
  '{"Body":{"stkCallback":{"MerchantRequestID":"29115-34620561-1","CheckoutRequestID":"ws_CO_191220191020363925",' +
  '"ResultCode":0,"ResultDesc":"The service request is processed successfully.","CallbackMetadata":{"Item":[' +
  '{"Name":"Amount","Value":1.00},{"Name":"MpesaReceiptNumber","Value":"NLJ7RT61SV"},{"Name":"Balance"},' +
  '{"Name":"TransactionDate","Value":20191219102115},{"Name":"PhoneNumber","Value":254708374149}]}}}}'
const cancelled =
  '{"Body":{"stkCallback":{"MerchantRequestID":"29115-34620561-1","CheckoutRequestID":"ws_CO_191220191020363925",' +
  '"ResultCode":1032,"ResultDesc":"Request cancelled by user"}}}'
const providerId = 'ws_CO_191220191020363925'

const callbacks = [
  {
    body: paid,
    heard: {
      providerId,
      outcome: {
        kind: 'paid',
        money: {
          externalId: 'NLJ7RT61SV',
          amount: money(100n, 'KES'),
          payerAccount: '254708374149',
          paidAt: instant(Date.parse('2019-12-19T10:21:15+03:00')),
        },
      },
    },
  },
  { body: cancelled, heard: { providerId, outcome: { kind: 'failed', outcome: 'cancelled' } } },
] as const

for (const { says, holds } of channelContract(mpesa, { settings, attempt, callbacks })) test(says, holds)

function open(changes: Readonly<Record<string, string>> = {}): Required<OpenChannel> {
  const opened = mpesa.open({ ...settings, ...changes })
  assert.ok(opened.ok)
  return opened.value as Required<OpenChannel>
}

const accepted =
  '{"MerchantRequestID":"29115-34620561-1","CheckoutRequestID":"ws_CO_191220191020363925","ResponseCode":"0",' +
  '"ResponseDescription":"Success. Request accepted for processing","CustomerMessage":"Success. Request accepted for processing"}'

async function start(status: number, body: string, changes: Partial<Attempt> = {}) {
  const sent: Outgoing[] = []
  const started = await open().start(
    { ...attempt, ...changes },
    'https://pay.example.test/c',
    worldThat(answer(status, body), sent),
  )
  return { started, sent }
}

async function ask(status: number, body: string): Promise<Outcome> {
  return await open().ask(attempt, providerId, worldThat(answer(status, body), []))
}

test('the push is what the portal documents, in whole shillings and the time of Nairobi', async () => {
  const { started, sent } = await start(200, accepted)
  assert.deepEqual(started, {
    kind: 'waiting',
    providerId,
    detail: { merchantRequestId: '29115-34620561-1' },
    askAfterSeconds: 60,
  })
  const [request] = sent
  assert.equal(request?.url, 'https://sandbox.safaricom.co.ke/mpesa/stkpush/v1/processrequest')
  assert.equal(request.headers['authorization'], 'Bearer a token')
  assert.deepEqual(JSON.parse(request.body ?? ''), {
    BusinessShortCode: '174379',
    Password: Buffer.from('174379a-made-up-passkey20261122120000').toString('base64'),
    Timestamp: '20261122120000',
    TransactionType: 'CustomerPayBillOnline',
    Amount: '105',
    PartyA: '254708374149',
    PartyB: '174379',
    PhoneNumber: '254708374149',
    CallBackURL: 'https://pay.example.test/c',
    AccountReference: 'WQBGPWRR',
    TransactionDesc: 'Ada ya shule',
  })
})

test('a till is paid as goods, under the number of its store', async () => {
  const sent: Outgoing[] = []
  const till = open({ type: 'till', shortCode: '600981', till: '400222' })
  await till.start(attempt, 'https://pay.example.test/c', worldThat(answer(200, accepted), sent))
  const body = JSON.parse(sent[0]?.body ?? '') as Record<string, string>
  assert.deepEqual(
    [body['TransactionType'], body['BusinessShortCode'], body['PartyB']],
    ['CustomerBuyGoodsOnline', '600981', '400222'],
  )
  for (const wrong of [{ type: 'till' }, { type: 'paybill', till: '400222' }, { type: 'till', till: 'x' }]) {
    assert.equal(mpesa.open({ ...settings, ...wrong }).ok, false)
  }
})

test('whatever the bill says, the description fits the prompt', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (description) => {
      const { sent } = await start(200, accepted, { description })
      const { TransactionDesc: said } = JSON.parse(sent[0]?.body ?? '') as { TransactionDesc: string }
      assert.match(said, /^[A-Za-z0-9][A-Za-z0-9 ]{0,12}$/)
    }),
    { numRuns: 200 },
  )
})

test('whole shillings are carried, and nothing else', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -1000n, max: 30_000_000n }), (minor) => {
      const carried = mpesa.carries(money(minor, 'KES'))
      assert.equal(carried.ok, minor % 100n === 0n && minor >= 100n && minor <= 25_000_000n)
    }),
  )
  assert.equal(mpesa.carries(money(100n, 'UGX')).ok, false)
  assert.equal(mpesa.carries(money(10_000n, 'USD')).ok, false)
})

const refusals = [
  ['400.002.02', 'Bad Request - Invalid PhoneNumber', 'refused'],
  ['500.001.1001', 'Merchant does not exist', 'refused'],
  ['500.001.1001', 'Wrong credentials', 'refused'],
  [
    '500.001.1001',
    'Unable to lock subscriber, a transaction is already in process for the current subscriber',
    'phone-busy',
  ],
  ['500.003.02', 'System is busy. Please try again in few minutes.', 'busy'],
  ['500.003.03', 'Quota Violation', 'busy'],
] as const

for (const [code, message, outcome] of refusals) {
  test(`a push that is refused with ${code} ${message.slice(0, 25)} failed, and says so`, async () => {
    const body = JSON.stringify({ requestId: '1', errorCode: code, errorMessage: message })
    const { started } = await start(code.startsWith('4') ? 400 : 500, body)
    assert.deepEqual(started, { kind: 'failed', outcome, because: `${code} ${message}` } satisfies Started)
    assert.ok(Object.hasOwn(mpesa.advice, outcome))
  })
}

test('a push that is taken without an id is unknown: it cannot be asked about, and may be on the phone', async () => {
  assert.equal((await start(200, '{"ResponseCode":"0"}')).started.kind, 'unknown')
  assert.equal(
    (await start(200, '{"ResponseCode":"1","ResponseDescription":"Rejected"}')).started.kind,
    'failed',
  )
})

const results = [
  '1',
  '2',
  '3',
  '4',
  '8',
  '17',
  '1019',
  '1025',
  '1032',
  '1037',
  '2001',
  '2028',
  'SFC_IC0003',
  '8006',
]

test('every documented result code has advice, the same in callback and query', async () => {
  for (const code of results) {
    const asNumber = /^\d+$/.test(code) ? code : `"${code}"`
    const heard = open().read(cancelled.replace('1032', asNumber))
    assert.ok(heard.ok && heard.value.outcome.kind === 'failed', code)
    assert.ok(Object.hasOwn(mpesa.advice, heard.value.outcome.outcome), code)
    assert.deepEqual(await ask(200, queried(code)), heard.value.outcome, code)
  }
})

test('every advice tells the payer a way on, and only one', () => {
  for (const { en, sw, fr } of Object.values(mpesa.advice)) {
    assert.match(en, /try again|another way|another phone|call Safaricom/i)
    assert.match(sw, /jaribu|njia nyingine|simu nyingine|wasiliana/i)
    assert.match(fr, /réessay|autre moyen|autre téléphone|appelez Safaricom/i)
    assert.ok((en.match(/try again/gi) ?? []).length < 2, en)
  }
})

test('the guide tells an operator every word that an attempt can end in', () => {
  const guide = readFileSync(new URL('../../../../docs/mpesa.md', import.meta.url), 'utf8')
  for (const word of [...Object.keys(mpesa.advice), ...Object.keys(settings), 'till']) {
    assert.ok(guide.includes(`\`${word}\``), word)
  }
  for (const code of results) assert.ok(guide.includes(`\`${code}\``), code)
})

test('a code that nobody documented is pending, in callback and query', async () => {
  for (const code of ['9999', '4999', '-1', '00', 'SFC_IC9999', '']) {
    assert.equal((await ask(200, queried(code))).kind, 'pending', code)
  }
  const heard = open().read(cancelled.replace('1032', '4999'))
  assert.ok(heard.ok)
  assert.equal(heard.value.outcome.kind, 'pending')
})

test('[money 66] the query that answers HTTP 500 "being processed" means pending', async () => {
  const body =
    '{"requestId":"1","errorCode":"500.001.1001","errorMessage":"The transaction is being processed"}'
  assert.deepEqual(await ask(500, body), {
    kind: 'pending',
    because: '500.001.1001 The transaction is being processed',
  })
})

test('a query that says paid names no receipt, and one about another prompt says nothing', async () => {
  assert.deepEqual(await ask(200, queried('0')), { kind: 'paid-without-receipt' })
  assert.equal((await ask(200, queried('0').replace(providerId, 'ws_CO_1'))).kind, 'pending')
})

test('amounts and long numbers are read as they were written, never as floats', () => {
  const read = (amount: string) => {
    const heard = open().read(paid.replace('1.00', amount))
    return heard.ok && heard.value.outcome.kind === 'paid' ? heard.value.outcome.money.amount.minor : null
  }
  assert.equal(read('1'), 100n)
  assert.equal(read('250000.00'), 25_000_000n)
  assert.equal(read('0.29'), 29n)
  assert.equal(read('"105.00"'), 10_500n)
  for (const wrong of ['-1', '1e2', '1.001', 'null', '""', '[1]', '9007199254740993.00'])
    assert.equal(read(wrong), null, wrong)
  const long = open().read(paid.replace('254708374149', '99999999999999999999'))
  assert.ok(long.ok && long.value.outcome.kind === 'paid')
  assert.equal(long.value.outcome.money.payerAccount, '99999999999999999999')
})

test('money without a readable date has arrived all the same', () => {
  for (const stamp of ['20191332102115', '"yesterday"', '0']) {
    const heard = open().read(paid.replace('20191219102115', stamp))
    assert.ok(heard.ok && heard.value.outcome.kind === 'paid', stamp)
    assert.equal(heard.value.outcome.money.paidAt, null)
  }
})

function queried(code: string): string {
  return JSON.stringify({
    ResponseCode: '0',
    ResponseDescription: 'The service request has been accepted successsfully',
    MerchantRequestID: '29115-34620561-1',
    CheckoutRequestID: providerId,
    ResultCode: code,
    ResultDesc: 'whatever',
  })
}
