import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ownPath } from './next.ts'

test('[identity 13] whatever is asked for, a browser that follows it stays on our origin', () => {
  const nasty = fc.string({ unit: fc.constantFrom('/', '\\', '.', '?', '#', '@', ':', 'a', '%', '2', 'f', ' ', '\t', '\n', '\r', 'é', '\u0000'), maxLength: 12 }) // prettier-ignore
  fc.assert(
    fc.property(
      fc.oneof(
        nasty,
        nasty.map((text) => `/${text}`),
        fc.webUrl(),
      ),
      (wanted) => {
        const path = ownPath(wanted, '/account')
        assert.equal(new URL(path, 'https://gate.example/signin').origin, 'https://gate.example')
      },
    ),
    { numRuns: 5000 },
  )
})

test('a path of ours keeps every character', () => {
  for (const path of ['/', '/account', '/oauth/authorize?a=b&c=%2F%2Fd&e=x+y#f', "/a/b;c=(d)!*'~[e]|{f}^`"]) {
    assert.equal(ownPath(path, '/account'), path)
  }
})
