import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayReach } from './address.ts'

const stranger = { trust: 'named-by-others', mode: 'live' } as const
const sandbox = { trust: 'named-by-others', mode: 'sandbox' } as const
const configured = { trust: 'configured', mode: 'live' } as const

const loopback = ['127.0.0.1', '127.8.9.10', '::1']
const own = [
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '100.127.255.255',
  'fc00::1',
  'fd12::1',
]
const never = [
  '0.0.0.0',
  '0.1.2.3',
  '::',
  '255.255.255.255',
  '224.0.0.1',
  'ff02::1',
  '169.254.169.254',
  'fe80::1',
  'fe80::1%eth0',
]
const disguised = [
  '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::8.8.8.8',
  '64:ff9b:1::a00:1', '2002:7f00:1::', '2001:0:7f00:1::1', '::ffff:0:127.0.0.1', 'fec0::1', '5f00::1', '100::1',
] // prettier-ignore
const notGivenOut = [
  '192.0.0.8',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.9',
  '240.0.0.1',
  '2001:db8::1',
  '3fff::1',
]

test('what others name must be public [money 51]', () => {
  for (const address of [...loopback, ...own, ...never, ...disguised, ...notGivenOut]) {
    assert.equal(mayReach(address, stranger), false, address)
  }
  for (const address of [
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '192.169.0.1',
    '11.0.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ]) {
    assert.equal(mayReach(address, stranger), true, address)
  }
})

test('the sandbox opens loopback and nothing else', () => {
  for (const address of loopback) assert.equal(mayReach(address, sandbox), true, address)
  for (const address of [...own, ...never, ...disguised, ...notGivenOut]) {
    assert.equal(mayReach(address, sandbox), false, address)
  }
})

test('what an operator configured may be private, and still not the cloud’s metadata', () => {
  for (const address of [...loopback, ...own]) assert.equal(mayReach(address, configured), true, address)
  for (const address of never) assert.equal(mayReach(address, configured), false, address)
})

test('what is no address is not reached', () => {
  for (const text of ['', 'localhost', '1.2.3', '300.1.1.1', ':::'])
    assert.equal(mayReach(text, configured), false, text)
})
