import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dataString } from './hash.ts'
import { checkoutMandatory, grammar, recipes } from './pesaflow.ts'

const forms: Readonly<Record<keyof typeof grammar, { good: readonly string[]; bad: readonly string[] }>> = {
  amount: {
    good: ['0', '1', '1.5', '100.00', '999999999999.99'],
    bad: [
      '',
      '00',
      '01',
      '.5',
      '1.',
      '1.005',
      '1e3',
      '-1',
      '+1',
      ' 1',
      '1 ',
      '1,000',
      '1000000000000',
      '١',
      '1\n',
    ],
  },
  sentAmount: { good: ['0.00', '102.00'], bad: ['1', '102.0', '102.002', '0102.00', '102.00\n'] },
  currency: { good: ['KES', 'USD'], bad: ['kes', 'KE', '1KES', 'KES\n'] },
  invoiceNumber: { good: ['GWLQKD', 'WQBGPWRR'], bad: ['GWLQK1', 'gwlqkd', 'GWLQK', 'GWLQKDAAB'] },
  requestId: { good: ['d8HbuZT_0nO3XLjH7nRy'], bad: ['d8HbuZT_0nO3XLjH7nR', 'd8HbuZT.0nO3XLjH7nRy'] },
  gatewayTransactionId: { good: ['TX1', 'RKL51ZDR4F', 'a.b-c_d'], bad: ['', 'TX 1', 'TX/1', 'x'.repeat(65)] },
  gatewayTransactionDate: {
    good: ['2024-01-01 12:30:01', '2099-12-31 23:59:59'],
    bad: [
      '021-01-26 15:30:01',
      '42021-01-26 15:30:01',
      '1999-01-01 00:00:00',
      '2024-13-01 00:00:00',
      '2024-01-01T12:30:01',
    ],
  },
}

for (const [name, { good, bad }] of Object.entries(forms)) {
  test(`the grammar of ${name} takes what it should and no more`, () => {
    const form = grammar[name as keyof typeof grammar]
    for (const value of good) assert.match(value, form)
    for (const value of bad) assert.doesNotMatch(value, form)
  })
}

test('every field under the hash of a checkout is mandatory', () => {
  for (const field of recipes.checkout.fields) assert.ok(checkoutMandatory.includes(field))
})

const two = fc.integer({ min: 10, max: 28 })
const date = fc
  .tuple(
    fc.integer({ min: 2000, max: 2099 }),
    fc.integer({ min: 10, max: 12 }),
    two,
    fc.integer({ min: 10, max: 23 }),
    two,
    two,
  )
  .map(([year, month, day, hour, minute, second]) => `${year}-${month}-${day} ${hour}:${minute}:${second}`)

test('[money S6] no character can move between a transaction id and its date, though the hash would not notice', () => {
  const id = fc.stringMatching(/^[A-Za-z0-9._-]{1,20}$/)
  fc.assert(
    fc.property(id, date, fc.nat(), (id, date, place) => {
      const joined = id + date
      const at = place % joined.length
      fc.pre(at !== id.length)
      const shifted = {
        gateway_transaction_id: joined.slice(0, at),
        gateway_transaction_date: joined.slice(at),
      }
      const rest = { api_client_id: '1', ref_no: 'GWLQKD', amount: '105.00', currency: 'KES' }
      const payer = { customer_name: 'Amina Hassan', customer_account_number: '254700000000' }
      const honest = { gateway_transaction_id: id, gateway_transaction_date: date }
      assert.equal(
        dataString(recipes.confirm, { ...rest, ...payer, ...shifted }, 's'),
        dataString(recipes.confirm, { ...rest, ...payer, ...honest }, 's'),
      )
      assert.doesNotMatch(shifted.gateway_transaction_date, grammar.gatewayTransactionDate)
    }),
  )
})

test('no digit can move between the paid amount of a notification and its date', () => {
  const amount = fc
    .tuple(fc.integer({ min: 0, max: 999999 }), two)
    .map(([major, minor]) => `${major}.${minor}`)
  fc.assert(
    fc.property(amount, date, fc.nat(), (amount, date, place) => {
      const joined = `${amount}${date}Z`
      const at = place % joined.length
      fc.pre(at !== amount.length)
      assert.doesNotMatch(joined.slice(0, at), grammar.sentAmount)
    }),
  )
})
