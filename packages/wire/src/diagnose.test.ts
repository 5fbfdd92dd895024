import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { diagnoseHash, type Cause, type Spelling } from './diagnose.ts'
import type { Mac } from './mac.ts'
import { recipes } from './pesaflow.ts'

const mac: Mac = (key, data) => createHmac('sha256', key).update(data).digest()
const keys = { key: 'my-key', secret: 'my-secret' }
const values = {
  apiClientID: '1',
  amountExpected: '100.00',
  serviceID: '124',
  clientIDNumber: '12345678',
  currency: 'KES',
  billRefNumber: 'REF-01',
  billDesc: ' School fees',
  clientName: 'Wanjiku Kamau',
}
const documented = '1100.0012412345678KESREF-01 School feesWanjiku Kamaumy-secret'

const hex = (key: string, data: string) => createHmac('sha256', key).update(data).digest('hex')
const canonical = (key: string, data: string) => Buffer.from(hex(key, data)).toString('base64')
const raw = (key: string, data: string) => createHmac('sha256', key).update(data).digest('base64')

const withoutSecret = documented.replace('my-secret', '')
const sent: readonly (readonly [string, Cause, Spelling, string])[] = [
  ['the right hash', 'none', 'base64-of-hex', canonical('my-key', documented)],
  ['plain hexadecimal', 'none', 'hex', hex('my-key', documented)],
  ['base64 of the raw digest', 'none', 'base64-of-raw', raw('my-key', documented)],
  [
    'upper-case hexadecimal in base64',
    'none',
    'base64-of-upper-hex',
    Buffer.from(hex('my-key', documented).toUpperCase()).toString('base64'),
  ],
  ['base64 made lower case', 'none', 'lower-cased-base64', canonical('my-key', documented).toLowerCase()],
  ['base64 with a line break', 'none', 'blanks-around', `${canonical('my-key', documented)}\n`],
  ['no secret', 'other-secret-rule', 'base64-of-hex', canonical('my-key', withoutSecret)],
  ['the key as the secret', 'key-appended', 'base64-of-hex', canonical('my-key', `${withoutSecret}my-key`)],
  ['swapped keys', 'key-and-secret-swapped', 'hex', hex('my-secret', `${withoutSecret}my-key`)],
  ['the secret as the key', 'secret-as-key', 'base64-of-raw', raw('my-secret', withoutSecret)],
  ['echo instead of printf', 'newline-appended', 'hex', hex('my-key', `${documented}\n`)],
  ['a trimmed description', 'blanks-trimmed', 'hex', hex('my-key', documented.replace(' School', 'School'))],
  [
    'a shorter amount',
    'amount-written-differently',
    'hex',
    hex('my-key', documented.replace('100.00', '100')),
  ],
]

for (const [what, cause, spelling, given] of sent) {
  test(`a hash made with ${what} is explained`, () => {
    const found = diagnoseHash(recipes.checkout, values, given, { keys, mac })
    assert.deepEqual([found.cause, found.spelling], [cause, spelling])
  })
}

test('a plus sign that a form turned into a blank is explained', () => {
  // Only a raw digest has plus signs; this name was chosen so that its digest has one.
  const named = Array.from({ length: 50 }, (_, at) => ({ ...values, clientName: `Achieng ${at}` }))
  const data = (clientName: string) => documented.replace('Wanjiku Kamau', clientName)
  const unlucky = named.find(({ clientName }) => raw('my-key', data(clientName)).includes('+'))
  assert.ok(unlucky)
  const given = raw('my-key', data(unlucky.clientName)).replaceAll('+', ' ')
  assert.equal(diagnoseHash(recipes.checkout, unlucky, given, { keys, mac }).spelling, 'blank-for-plus')
})

test('a hash of something else is not explained away, and the data string shows no secret', () => {
  const found = diagnoseHash(recipes.checkout, values, hex('my-key', 'something else'), { keys, mac })
  assert.deepEqual([found.cause, found.spelling], [null, null])
  assert.equal(found.dataString, documented.replace('my-secret', '[secret]'))
  assert.equal(JSON.stringify(found).includes('my-'), false)
})

test('the parts show which characters belong to which field', () => {
  const { parts } = diagnoseHash(recipes.checkout, values, '', { keys, mac })
  assert.deepEqual(parts.slice(0, 3), [
    { field: 'apiClientID', value: '1' },
    { field: 'amountExpected', value: '100.00' },
    { field: 'serviceID', value: '124' },
  ])
})

test('an asynchronous mac gives the same diagnosis', async () => {
  const given = hex('my-key', documented)
  const slow = diagnoseHash(recipes.checkout, values, given, {
    keys,
    mac: async (key, data) => mac(key, data),
  })
  assert.deepEqual(await slow, diagnoseHash(recipes.checkout, values, given, { keys, mac }))
})
