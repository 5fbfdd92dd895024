import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readResources, resourceFault } from './resource.ts'

const good = [
  'https://api.example.com',
  'https://api.example.com/pay?v=1',
  'urn:lango:payments',
  'http://127.0.0.1:4000/',
]

for (const identifier of good) {
  test(`${identifier} can name a resource`, () => {
    assert.equal(resourceFault(identifier), null)
  })
}

const bad: Readonly<Record<string, RegExp>> = {
  '': /1 to 500 printable/,
  'https://api.example.com/#part': /no fragment/,
  'https://api.example.com/#': /no fragment/,
  '/payments': /absolute URI/,
  'api.example.com': /absolute URI/,
  'https:': /absolute URI/,
  'https://api example.com': /without blanks/,
  'https://äpi.example.com': /printable ASCII/,
  [`https://api.example.com/${'a'.repeat(500)}`]: /1 to 500/,
}

for (const [identifier, because] of Object.entries(bad)) {
  test(`"${identifier.slice(0, 40)}" cannot name a resource`, () => {
    assert.match(resourceFault(identifier) ?? '', because)
  })
}

const allowed = ['https://a.example', 'https://b.example']

test('resources that are allowed are read, each once', () => {
  assert.deepEqual(readResources(['https://b.example', 'https://b.example'], allowed), {
    ok: true,
    value: ['https://b.example'],
  })
  assert.deepEqual(readResources([], allowed), { ok: true, value: [] })
})

test('a resource that is not allowed to the letter, malformed or one of too many is an invalid target', () => {
  const many = Array.from({ length: 11 }, (_, at) => `https://${at}.example`)
  for (const asked of [['https://a.example/'], ['https://a.example', 'nonsense'], many]) {
    const read = readResources(asked, [...allowed, ...many])
    assert.equal(read.ok ? 'read' : read.refusal.code, 'invalid_target')
  }
})
