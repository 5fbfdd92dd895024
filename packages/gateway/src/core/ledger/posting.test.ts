import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instant } from '../../base/time.ts'
import { decidePostings, keyOf, type Books, type Funds, type PostResult } from './posting.ts'
import type { Transfer } from './transfer.ts'

const org = 'org'
const key = (address: string): string => keyOf(org, address)

const transfer = (id: string, more: Partial<Transfer> = {}): Transfer => ({
  id,
  organizationId: org,
  debit: 'wallet/a/KES',
  credit: 'merchant/KES',
  amount: 100n,
  currency: 'KES',
  code: 'move',
  paymentId: null,
  valueAt: instant(0),
  ...more,
})

function books(more: Partial<Books> = {}): Books {
  const addresses = ['wallet/a/KES', 'wallet/b/KES', 'merchant/KES', 'fees/KES']
  return {
    currencies: new Map([
      ...addresses.map((address) => [key(address), 'KES'] as const),
      [key('merchant/USD'), 'USD'],
    ]),
    funds: new Map([
      [key('wallet/a/KES'), { posted: 1_000n, held: 0n }],
      [key('wallet/b/KES'), { posted: 0n, held: 0n }],
    ]),
    posted: [],
    ...more,
  }
}

const most = 2n ** 63n - 1n
const rich = (posted: bigint, held = 0n) =>
  books({ funds: new Map([[key('wallet/a/KES'), { posted, held }]]) })

const table: readonly (readonly [what: string, asked: Transfer, books: Books, result: PostResult])[] = [
  ['a funded debit', transfer('1'), books(), 'posted'],
  ['a debit of the last cent', transfer('1', { amount: 1_000n }), books(), 'posted'],
  ['a debit of a cent too much', transfer('1', { amount: 1_001n }), books(), 'insufficient'],
  ['a debit of what is held', transfer('1'), rich(150n, 51n), 'insufficient'],
  ['a debit of all that is not held', transfer('1'), rich(150n, 50n), 'posted'],
  [
    'an unbounded debit of any size',
    transfer('1', { debit: 'merchant/KES', credit: 'fees/KES', amount: most }),
    books(),
    'posted',
  ],
  ['nothing', transfer('1', { amount: 0n }), books(), 'invalid'],
  ['less than nothing', transfer('1', { amount: -5n }), books(), 'invalid'],
  [
    'more than 63 bits [money 80]',
    transfer('1', { amount: most + 1n, debit: 'merchant/KES', credit: 'fees/KES' }),
    books(),
    'invalid',
  ],
  ['an account to itself', transfer('1', { credit: 'wallet/a/KES' }), books(), 'invalid'],
  ['another currency than both [money 83]', transfer('1', { currency: 'USD' }), books(), 'currency'],
  ['two currencies [money 83]', transfer('1', { credit: 'merchant/USD' }), books(), 'currency'],
  ['an account that is not open', transfer('1', { credit: 'merchant/EUR' }), books(), 'unknown-account'],
  ['another organization’s account', transfer('1', { organizationId: 'other' }), books(), 'unknown-account'],
  ['a known movement', transfer('1'), books({ posted: [transfer('1')] }), 'repeated'],
  [
    'a known id with another amount',
    transfer('1', { amount: 1n }),
    books({ posted: [transfer('1')] }),
    'conflicting',
  ],
  [
    'a known id to another account',
    transfer('1', { credit: 'fees/KES' }),
    books({ posted: [transfer('1')] }),
    'conflicting',
  ],
  [
    'the same id in another organization',
    transfer('1'),
    books({ posted: [transfer('1', { organizationId: 'x' })] }),
    'posted',
  ],
  [
    'a credit that no 64 bits can count [money 80]',
    transfer('1', { debit: 'merchant/KES', credit: 'wallet/a/KES', amount: 1n }),
    rich(most),
    'overflow',
  ],
  [
    'a credit to the very last number [money 80]',
    transfer('1', { debit: 'merchant/KES', credit: 'wallet/a/KES', amount: 1n }),
    rich(most - 1n),
    'posted',
  ],
]

for (const [what, asked, given, result] of table) {
  test(`${what}: ${result}`, () => {
    const posting = decidePostings([asked], given)
    assert.deepEqual(posting.results, [result])
    assert.equal(posting.transfers.length, result === 'posted' ? 1 : 0)
    if (result !== 'posted') assert.equal(posting.funds.size, 0)
  })
}

test('a batch is decided in order: what one brings the next may spend, and a refusal stops nobody', () => {
  const { results, funds } = decidePostings(
    [
      transfer('1', { debit: 'wallet/b/KES', credit: 'wallet/a/KES' }),
      transfer('2', { credit: 'wallet/b/KES', amount: 600n }),
      transfer('3', { debit: 'wallet/b/KES', amount: 500n }),
      transfer('4', { amount: 500n }),
      transfer('2', { credit: 'wallet/b/KES', amount: 600n }),
      transfer('5', { amount: 400n }),
    ],
    books(),
  )
  assert.deepEqual(results, ['insufficient', 'posted', 'posted', 'insufficient', 'repeated', 'posted'])
  assert.deepEqual(funds.get(key('wallet/a/KES')), { posted: 0n, held: 0n })
  assert.deepEqual(funds.get(key('wallet/b/KES')), { posted: 100n, held: 0n })
})

const address = fc.constantFrom(
  'wallet/a/KES',
  'wallet/b/KES',
  'merchant/KES',
  'fees/KES',
  'merchant/USD',
  'nowhere',
)
const asked = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 12 }).map(String),
    debit: address,
    credit: address,
    amount: fc.bigInt({ min: -2n, max: 700n }),
  }),
  { maxLength: 30 },
)

test('whatever is asked: no bounded account falls below what is held, and money neither appears nor vanishes', () => {
  fc.assert(
    fc.property(asked, fc.bigInt({ min: 0n, max: 1_000n }), (all, held) => {
      const before = books({
        funds: new Map([
          [key('wallet/a/KES'), { posted: 1_000n, held }],
          [key('wallet/b/KES'), { posted: 300n, held: 0n }],
        ]),
      })
      const { results, transfers, funds } = decidePostings(
        all.map(({ id, ...more }) => transfer(id, more)),
        before,
      )
      assert.equal(results.length, all.length)
      assert.equal(results.filter((result) => result === 'posted').length, transfers.length)
      assert.equal(new Set(transfers.map(({ id }) => id)).size, transfers.length)
      for (const [account, now] of new Map<string, Funds>([...before.funds, ...funds])) {
        const moved = transfers.reduce(
          (sum, { debit, credit, amount }) =>
            sum + (key(credit) === account ? amount : 0n) - (key(debit) === account ? amount : 0n),
          before.funds.get(account)?.posted ?? 0n,
        )
        assert.equal(now.posted, moved)
        assert.ok(now.posted >= now.held)
      }
    }),
    { numRuns: 1000 },
  )
})
