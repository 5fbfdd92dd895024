import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTarget } from './target.ts'

function refused(...texts: readonly string[]): void {
  for (const text of texts) assert.equal(readTarget(text), null, JSON.stringify(text))
}

test('an ordinary address is taken as it is', () => {
  const texts = [
    'https://shop.example/ipn?order=1&x=%20y',
    'http://shop.example:8080/',
    'https://shop.example',
    'https://8.8.8.8:8443/a',
    'http://[2606:4700::1111]/a',
    'https://xn--80ak6aa92e.example/',
  ]
  for (const text of texts) assert.notEqual(readTarget(text), null, text)
})

test('credentials and line breaks are refused [money 55]', () => {
  refused(
    'https://user:secret@shop.example/',
    'https://user@shop.example/',
    'https://:@127.0.0.1@shop.example/',
    'https://shop.example/\r\nHost: evil.example',
    'https://shop.example/a\nb',
    'https://shop.exa\tmple/',
    'https://shop.example/a b',
    'https://shop.example\\@evil.example/',
    'https://shop.example/\u0000',
    'https://shop.example/é',
    ` https://shop.example/`,
  )
})

test('ports of other protocols are refused [money 54]', () => {
  for (const port of [
    0, 1, 21, 22, 23, 25, 53, 110, 143, 445, 465, 587, 1023, 3306, 5432, 6379, 9200, 11211, 27017,
  ]) {
    refused(`http://shop.example:${port}/`)
  }
  for (const port of [80, 443, 1024, 3000, 4001, 8080, 8443, 9443, 65535]) {
    assert.notEqual(readTarget(`http://shop.example:${port}/`), null, String(port))
  }
})

test('an address written as nobody writes it is refused [money 51]', () => {
  refused(
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://017700000001/',
    'http://127.1/',
    'http://127.0.0.1./',
    'http://%31%32%37.0.0.1/',
    'http://localhost./',
    'http://shop.example./',
  )
})

test('only http and https, and not for ever long', () => {
  refused(
    'ftp://shop.example/',
    'file:///etc/passwd',
    'gopher://shop.example/',
    'javascript:alert(1)',
    '//shop.example/',
    'https:shop.example',
    'https://',
    '',
    `https://shop.example/${'a'.repeat(2100)}`,
  )
})
