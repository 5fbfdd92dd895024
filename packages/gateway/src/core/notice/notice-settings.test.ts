import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressFault } from './notice-settings.ts'

const origins = ['https://shop.example', 'http://127.0.0.1:8080']

test('an address on a registered origin is taken, with whatever path and query it has', () => {
  for (const address of [
    'https://shop.example',
    'https://shop.example/',
    'https://shop.example/ipn?shop=1&x=%20',
    'https://shop.example?a=1',
    'http://127.0.0.1:8080/ipn',
  ]) {
    assert.equal(addressFault(address, origins), null, address)
  }
})

test('what is no plain address is refused with what to write', () => {
  for (const address of [
    'shop.example/ipn',
    'ftp://shop.example/',
    'https://user:secret@shop.example/',
    'https://shop.example/#top',
    'https://shop.example/a b',
    'https://shop.example/\r\nx',
    'https://shop.example\\@evil.example/',
    'https://shop.example/é',
    `https://shop.example/${'x'.repeat(2000)}`,
  ]) {
    assert.match(addressFault(address, origins) ?? '', /^Write one http or https address/, address)
  }
})

test('a host in disguise is refused with what it reads as', () => {
  for (const address of ['http://0x7f.1:8080/ipn', 'http://2130706433:8080/', 'http://127.1:8080/'])
    assert.equal(
      addressFault(address, origins),
      'Write its host as it is read: http://127.0.0.1:8080.',
      address,
    )
  assert.match(addressFault('https://shop.example:443/', origins) ?? '', /^Write its host as it is read/)
})

test('an origin that is not registered is refused with those that are', () => {
  for (const address of [
    'https://evil.example/ipn',
    'http://shop.example/',
    'https://shop.example.evil.example/',
  ])
    assert.match(
      addressFault(address, origins) ?? '',
      /registered are https:\/\/shop\.example, http:/,
      address,
    )
  assert.match(addressFault('https://shop.example/', []) ?? '', /none is registered yet/)
})
