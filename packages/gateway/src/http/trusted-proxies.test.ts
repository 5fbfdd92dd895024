import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trusting } from './trusted-proxies.ts'

const trusted = trusting(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'])

test('an address in a configured network is a proxy of ours, its neighbour is not', () => {
  for (const [address, is] of [
    ['10.255.0.1', true],
    ['11.0.0.1', false],
    ['192.0.2.7', true],
    ['192.0.2.8', false],
    ['2001:db8:1::5', true],
    ['2001:db9::5', false],
  ] as const)
    assert.equal(trusted(address), is, address)
})

test('an IPv4 address counts in its IPv6 spelling too', () => {
  assert.equal(trusted('::ffff:10.1.2.3'), true)
  assert.equal(trusted('::ffff:11.1.2.3'), false)
})

test('what is no address is no proxy', () => {
  for (const text of ['', 'unknown', '10.0.0.1:443', '10.0.0', '_hidden', '10.0.0.1, 10.0.0.2'])
    assert.equal(trusted(text), false, text)
})

test('the same answer is given again, also after a crowd of others asked', () => {
  for (let place = 0; place < 3000; place += 1) trusted(`198.51.${place >> 8}.${place & 255}`)
  assert.equal(trusted('10.9.9.9'), true)
  assert.equal(trusted('198.51.0.1'), false)
})
