import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chanceFrom } from '../chance.ts'
import { printCallback, printPushAnswer, printQueryAnswer } from './callback.ts'
import { errors, printError } from './errors.ts'
import { darajaIds } from './ids.ts'
import { results } from './results.ts'
import { sampleMoment } from '../other-side.fixture.ts'

const sample = { merchantRequestId: '29115-34620561-1', checkoutRequestId: 'ws_CO_191220191020363925' }

test('a successful callback has the provider’s own bytes: numbers where it sends numbers, two decimals, no account reference', () => {
  const printed = printCallback(sample, {
    code: 0,
    amount: 1,
    receipt: 'NLJ7RT61SV',
    at: Date.parse('2019-12-19T10:21:15+03:00'),
    msisdn: '254708374149',
    withBalance: false,
  })
  assert.equal(
    printed,
    '{"Body":{"stkCallback":{"MerchantRequestID":"29115-34620561-1","CheckoutRequestID":"ws_CO_191220191020363925",' +
      '"ResultCode":0,"ResultDesc":"The service request is processed successfully.","CallbackMetadata":{"Item":[' +
      '{"Name":"Amount","Value":1.00},{"Name":"MpesaReceiptNumber","Value":"NLJ7RT61SV"},' +
      '{"Name":"TransactionDate","Value":20191219102115},{"Name":"PhoneNumber","Value":254708374149}]}}}}',
  )
  assert.doesNotThrow(() => JSON.parse(printed))
})

test('some callbacks carry a Balance item without a value', () => {
  const outcome = {
    code: 0,
    amount: 7,
    receipt: 'NLJ7RT61SV',
    at: sampleMoment,
    msisdn: '254708374149',
    withBalance: true,
  } as const
  assert.match(
    printCallback(sample, outcome),
    /"Value":"NLJ7RT61SV"\},\{"Name":"Balance"\},\{"Name":"TransactionDate"/,
  )
})

test('a failed callback has no metadata', () => {
  assert.equal(
    printCallback(sample, { code: 1032 }),
    '{"Body":{"stkCallback":{"MerchantRequestID":"29115-34620561-1","CheckoutRequestID":"ws_CO_191220191020363925",' +
      '"ResultCode":1032,"ResultDesc":"Request cancelled by user"}}}',
  )
})

test('every result code is a number on the callback and a string on the query, but the one that has letters', () => {
  for (const [code, { description }] of results) {
    if (code === 0) continue
    const { Body } = JSON.parse(printCallback(sample, { code })) as {
      Body: { stkCallback: Record<string, unknown> }
    }
    assert.deepEqual([Body.stkCallback['ResultCode'], Body.stkCallback['ResultDesc']], [code, description])
    const answer = JSON.parse(printQueryAnswer(sample, code)) as Record<string, unknown>
    assert.equal(answer['ResultCode'], String(code))
    assert.equal(answer['ResponseCode'], '0')
  }
  assert.deepEqual(
    [...results.keys()],
    [0, 1, 2, 3, 4, 8, 17, 1019, 1025, 1032, 1037, 2001, 2028, 8006, 'SFC_IC0003'],
  )
})

test('the answer to a push names both identifiers and accepts with "0"', () => {
  assert.deepEqual(JSON.parse(printPushAnswer(sample)), {
    MerchantRequestID: sample.merchantRequestId,
    CheckoutRequestID: sample.checkoutRequestId,
    ResponseCode: '0',
    ResponseDescription: 'Success. Request accepted for processing',
    CustomerMessage: 'Success. Request accepted for processing',
  })
})

test('every error has the three fields of Daraja in order', () => {
  assert.equal(
    printError(errors.badToken, '1-2-1'),
    '{"requestId":"1-2-1","errorCode":"404.001.03","errorMessage":"Invalid Access Token"}',
  )
  for (const error of Object.values(errors)) {
    const body = JSON.parse(printError(error, 'x')) as Record<string, unknown>
    assert.deepEqual(body, { requestId: 'x', errorCode: error.code, errorMessage: error.message })
    assert.ok(error.code.startsWith(String(error.status)), `${error.code} begins with its HTTP status`)
  }
})

test('identifiers have the provider’s shapes and are never given twice, not even within one millisecond', () => {
  const ids = darajaIds(chanceFrom('a seed'))
  const receipts = Array.from({ length: 100 }, () => ids.receipt(sampleMoment))
  assert.equal(new Set(receipts).size, 100)
  for (const receipt of receipts) assert.match(receipt, /^NLJ[0-9A-Z]{7}$/)
  const requests = Array.from({ length: 100 }, () => ids.checkoutRequest(sampleMoment))
  assert.equal(new Set(requests).size, 100)
  for (const request of requests) assert.match(request, /^ws_CO_19122019102036\d{4,5}$/)
  assert.match(ids.merchantRequest(), /^\d{5}-\d{8}-1$/)
})

test('the same seed after a restart gives other receipts, because they are spelt from the clock', () => {
  const before = darajaIds(chanceFrom('a seed')).receipt(sampleMoment)
  const after = darajaIds(chanceFrom('a seed')).receipt(sampleMoment + 1)
  assert.notEqual(before, after)
})
