import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { wallet } from '../../src/core/ledger/address.ts'
import { checkLedger } from '../../src/core/ledger/check-ledger.ts'
import { postTransfers } from '../../src/core/ledger/post-transfers.ts'
import { ledgerDesk, type LedgerDesk } from '../ledger-desk.ts'
import { buildTown, openWorld, type World } from '../world.ts'

let world: World
let twin: World
let desk: LedgerDesk
before(async () => {
  world = await openWorld()
  twin = await openWorld({ databaseUrl: world.databaseUrl })
  desk = ledgerDesk(world.deps, (await buildTown(world.deps)).merchant.organizationId)
  await desk.open('clearing/test/KES')
  await desk.open('merchant/KES')
  await desk.open('merchant/USD', 'USD')
})
after(async () => {
  try {
    await twin.close()
  } finally {
    await world.close()
  }
})

const counted = (results: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(Object.groupBy(results, (one) => one)).map(([name, all]) => [name, all?.length ?? 0]),
  )

test('[money 75] a hundred debits at once, at two gateways, empty a wallet once', async () => {
  await desk.fund(wallet('w75', 'KES'), 1_000n)
  const [before = 0n] = await desk.balances('merchant/KES')
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, place) => {
      const { deps } = place % 2 === 0 ? world : twin
      return await postTransfers(deps, [desk.movement(wallet('w75', 'KES'), 'merchant/KES', 30n)])
    }),
  )
  assert.deepEqual(counted(answers.flat()), { posted: 33, insufficient: 67 })
  assert.deepEqual(await desk.balances(wallet('w75', 'KES'), 'merchant/KES'), [10n, before + 990n])
  assert.equal(await desk.bounded(wallet('w75', 'KES')), 10n)
})

test('[money 75] a hundred debits in one batch are decided in order, and those that fit pass', async () => {
  await desk.fund(wallet('w75b', 'KES'), 100n)
  const amounts = Array.from({ length: 100 }, (_, place) => BigInt(place + 1))
  const results = await desk.post(
    amounts.map((amount) => desk.movement(wallet('w75b', 'KES'), 'merchant/KES', amount)),
  )
  // 1 + 2 + … + 13 = 91; then 9 are left, and every further amount is larger.
  assert.deepEqual(results.slice(0, 13), Array<string>(13).fill('posted'))
  assert.deepEqual(counted(results), { posted: 13, insufficient: 87 })
  assert.deepEqual(await desk.balances(wallet('w75b', 'KES')), [9n])
})

test('[money 76] A to B and B to A at once, at two gateways, in batches of opposite order: no deadlock, nothing lost', async () => {
  const wallets = Array.from({ length: 6 }, (_, place) => wallet(`w76-${place}`, 'KES'))
  for (const one of wallets) await desk.fund(one, 10_000n)
  const pairs = wallets.flatMap((from) =>
    wallets.filter((to) => to !== from).map((to) => [from, to] as const),
  )
  const batch = (order: typeof pairs) => order.map(([from, to]) => desk.movement(from, to, 7n))
  const answers = await Promise.all(
    Array.from({ length: 24 }, async (_, place) => {
      const { deps } = place % 2 === 0 ? world : twin
      return await postTransfers(deps, batch(place % 3 === 0 ? pairs.toReversed() : pairs))
    }),
  )
  assert.deepEqual(counted(answers.flat()), { posted: 24 * 30 })
  assert.deepEqual(await desk.balances(...wallets), Array<bigint>(6).fill(10_000n))
})

test('what is held cannot be spent, by one debit or by many, and the database itself refuses it', async () => {
  await desk.fund(wallet('w77', 'KES'), 1_000n)
  await desk.hold(wallet('w77', 'KES'), 600n)
  assert.deepEqual(await desk.post([desk.movement(wallet('w77', 'KES'), 'merchant/KES', 401n)]), [
    'insufficient',
  ])
  const many = await Promise.all(
    Array.from(
      { length: 50 },
      async () => await desk.post([desk.movement(wallet('w77', 'KES'), 'merchant/KES', 10n)]),
    ),
  )
  assert.deepEqual(counted(many.flat()), { posted: 40, insufficient: 10 })
  assert.equal(await desk.bounded(wallet('w77', 'KES')), 600n)
  await assert.rejects(desk.hold(wallet('w77', 'KES'), 601n), { code: '23514' })
  await assert.rejects(desk.hold(wallet('w77', 'KES'), -1n), { code: '23514' })
  await desk.hold(wallet('w77', 'KES'), 0n)
  assert.deepEqual(await desk.post([desk.movement(wallet('w77', 'KES'), 'merchant/KES', 600n)]), ['posted'])
})

test('one id at once in many calls is one movement, bounded or not; with other content it is a conflict', async () => {
  await desk.fund(wallet('once', 'KES'), 1_000n)
  for (const from of ['clearing/test/KES', wallet('once', 'KES')]) {
    const [before = 0n] = await desk.balances('merchant/KES')
    const same = desk.movement(from, 'merchant/KES', 11n)
    const answers = await Promise.all(
      Array.from(
        { length: 20 },
        async (_, place) => await postTransfers((place % 2 === 0 ? world : twin).deps, [same]),
      ),
    )
    assert.deepEqual(counted(answers.flat()), { posted: 1, repeated: 19 }, from)
    assert.deepEqual(await desk.balances('merchant/KES'), [before + 11n])
    assert.deepEqual(await desk.post([{ ...same, amount: 12n }]), ['conflicting'])
  }
})

test('one id at once for a wallet’s money and for another’s is one of the two, and the wallet agrees', async () => {
  await desk.fund(wallet('mixed', 'KES'), 1_000n)
  for (let round = 0; round < 10; round += 1) {
    const mine = desk.movement(wallet('mixed', 'KES'), 'merchant/KES', 5n)
    const other = { ...mine, debit: 'clearing/test/KES' }
    const answers = await Promise.all([desk.post([mine]), postTransfers(twin.deps, [other])])
    assert.deepEqual(answers.flat().toSorted(), ['conflicting', 'posted'])
  }
  assert.deepEqual(await desk.balances(wallet('mixed', 'KES')), [await desk.bounded(wallet('mixed', 'KES'))])
})

test('[money 83] money does not change its currency on the way', async () => {
  await desk.fund(wallet('w83', 'KES'), 100n)
  const results = await desk.post([
    desk.movement(wallet('w83', 'KES'), 'merchant/USD', 1n),
    desk.movement(wallet('w83', 'KES'), 'merchant/USD', 1n, { currency: 'USD' }),
    desk.movement(wallet('w83', 'KES'), 'merchant/KES', 1n, { currency: 'USD' }),
    desk.movement(wallet('w83', 'KES'), 'merchant/KES', 1n),
  ])
  assert.deepEqual(results, ['currency', 'currency', 'currency', 'posted'])
  assert.deepEqual(await desk.balances('merchant/USD'), [0n])
})

test('[money 80] amounts beyond 2^53 keep every unit, and what 64 bits cannot count is refused, alone', async () => {
  const near = 2n ** 63n - 1n
  await desk.open('clearing/huge/KES')
  await desk.open('suspense/huge/KES')
  await desk.fund(wallet('w80', 'KES'), 0n)
  const from = (credit: string, amount: bigint) => desk.movement('clearing/huge/KES', credit, amount)
  const results = await desk.post([
    from(wallet('w80', 'KES'), near - 2n),
    from(wallet('w80', 'KES'), 3n),
    from(wallet('w80', 'KES'), 1n),
    from('suspense/huge/KES', near),
    from('suspense/huge/KES', near),
    from('suspense/huge/KES', near + 1n),
    from('suspense/huge/KES', 9_007_199_254_740_993n),
  ])
  assert.deepEqual(results, ['posted', 'overflow', 'posted', 'posted', 'posted', 'invalid', 'posted'])
  const sum = 2n * near + 9_007_199_254_740_993n
  const [filled, suspense, clearing] = await desk.balances(
    wallet('w80', 'KES'),
    'suspense/huge/KES',
    'clearing/huge/KES',
  )
  assert.deepEqual(
    [filled, suspense, clearing],
    [near - 1n, sum, -sum - near + 1n],
    'sums pass 64 bits and stay exact',
  )
  assert.deepEqual(await checkLedger(world.deps), [])
})

type Asked = { readonly id: number; readonly debit: number; readonly credit: number; readonly amount: bigint }

/** What a ledger does that knows neither batches nor locks: one movement after the other. Place 3 is unbounded. */
function sequential(history: readonly Asked[], funds: bigint[]): readonly string[] {
  const seen = new Map<number, string>()
  return history.map((asked) => {
    const { id, debit, credit, amount } = asked
    const content = `${debit} ${credit} ${amount}`
    if (seen.has(id)) return seen.get(id) === content ? 'repeated' : 'conflicting'
    if (debit === credit) return 'invalid'
    if (debit !== 3 && (funds[debit] ?? 0n) < amount) return 'insufficient'
    seen.set(id, content)
    funds[debit] = (funds[debit] ?? 0n) - amount
    funds[credit] = (funds[credit] ?? 0n) + amount
    return 'posted'
  })
}

test('random batches end as a model says that knows no batches', async () => {
  let run = 0
  const place = fc.integer({ min: 0, max: 3 })
  const asked = fc.record({
    id: fc.integer({ min: 0, max: 30 }),
    debit: place,
    credit: place,
    amount: fc.bigInt({ min: 1n, max: 300n }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(asked, { maxLength: 12 }), { maxLength: 5 }), async (batches) => {
      run += 1
      const addresses = [0, 1, 2]
        .map((count) => wallet(`model${run}-${count}`, 'KES'))
        .concat(`merchant/model${run}/KES`)
      await desk.open(addresses[3] ?? '')
      for (const one of addresses.slice(0, 3)) await desk.fund(one, 500n)
      const ids = Array.from({ length: 31 }, () => world.deps.ids.next())
      const address = (at: number) => addresses[at] ?? ''
      const results: string[] = []
      for (const batch of batches) {
        const all = batch.map(({ id, debit, credit, amount }) =>
          desk.movement(address(debit), address(credit), amount, { id: ids[id] ?? '' }),
        )
        results.push(...(await desk.post(all)))
      }
      const funds = [500n, 500n, 500n, 0n]
      assert.deepEqual(results, sequential(batches.flat(), funds))
      assert.deepEqual(await desk.balances(...addresses), funds)
      for (const at of [0, 1, 2]) assert.equal(await desk.bounded(address(at)), funds[at])
    }),
    { numRuns: 50 },
  )
})
