import assert from 'node:assert/strict'
import { test } from 'node:test'
import { originFault } from './origin.ts'

const ours = 'https://gate.example'
const fault = (text: string) => originFault(text, ours)

test('an origin is scheme, host and a port that is not the usual one', () => {
  for (const text of [
    'https://shop.example',
    'https://shop.example:8443',
    'http://localhost:3000',
    'http://127.0.0.1:9',
    'http://[::1]:9',
  ])
    // prettier-ignore -- one list, read as one
    assert.equal(fault(text), null, text)
})

test('what is nearly an origin is answered with the one that is meant', () => {
  for (const text of [
    'https://shop.example/',
    'https://shop.example/paid?x=1',
    'https://SHOP.example',
    'https://shop.example:443',
  ])
    // prettier-ignore -- one list, read as one
    assert.match(fault(text) ?? '', /: https:\/\/shop\.example$/, text)
})

test('what is none is refused with what to write', () => {
  for (const [text, reason] of [
    ['', /Write scheme and host/],
    ['shop.example', /Write scheme and host/],
    ['ftp://shop.example', /Write scheme and host/],
    ['javascript:alert(1)', /Write scheme and host/],
    ['https://user:pass@shop.example', /Write scheme and host/],
    [`https://${'a'.repeat(300)}.example`, /Write scheme and host/],
    ['https://*.shop.example', /no wildcards/],
    ['http://shop.example', /Plain http only/],
    ['http://localhost.evil.example', /Plain http only/],
    ['https://shop.example.', /end with a dot/],
    ['https://gate.example', /this gateway itself/],
  ] as const)
    assert.match(fault(text) ?? 'accepted', reason, text)
})
