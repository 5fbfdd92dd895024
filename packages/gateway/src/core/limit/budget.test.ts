import assert from 'node:assert/strict'
import { test } from 'node:test'
import { budgetRules, drawsOf, networkOf } from './budget.ts'

const networks = [
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['2001:0db8:0000:0001::', '2001:db8:0:1::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
] as const

for (const [address, network] of networks) {
  test(`${address} belongs to ${network}`, () => {
    assert.equal(networkOf(address), network)
  })
}

const digests = {
  sha256: () => new Uint8Array(32),
  sha512: () => new Uint8Array(32),
  hmacSha256: () => new Uint8Array(32),
  equal: () => false,
  derive: (_purpose: string, text: string) =>
    Uint8Array.from({ length: 32 }, (_, at) => text.charCodeAt(at % Math.max(1, text.length)) || 0),
}
const tried = {
  identifier: { kind: 'id_number', value: '00000011' },
  address: '203.0.113.7',
  device: null,
} as const

test('a stranger draws on four budgets, in the order of their keys; a known device on its own', () => {
  const draws = drawsOf(tried, digests)
  assert.deepEqual(
    draws.map(({ rule }) => rule),
    [budgetRules.account, budgetRules.all, budgetRules.network, budgetRules.pair],
  )
  assert.deepEqual(
    draws.map(({ key }) => key),
    draws.map(({ key }) => key).toSorted(),
  )
  assert.deepEqual(
    drawsOf({ ...tried, device: 'x' }, digests).map(({ rule }) => rule),
    [budgetRules.device],
  )
})

test('keys name nobody', () => {
  for (const { key } of drawsOf(tried, digests)) assert.doesNotMatch(key, /00000011|203\.0/)
})

test('four networks together draw less than the account refills, so that they cannot use up its tries', () => {
  assert.ok(4 / budgetRules.pair.refill.seconds < 1 / budgetRules.account.refill.seconds)
})
