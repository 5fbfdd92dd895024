import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserKey } from './csrf.ts'

const named = 'n'.repeat(43)

test('a browser is named by the cookie that its first form set, under the name that its address allows', () => {
  const keyOf = (publicUrl: string, cookies: Readonly<Record<string, string>>) =>
    browserKey({ publicUrl }, { cookies })
  assert.equal(keyOf('http://localhost:4000', { 'lango-form': named }), named)
  assert.equal(keyOf('https://gate.example', { '__Host-lango-form': named }), named)
  assert.equal(keyOf('https://gate.example', { 'lango-form': named }), null)
  for (const wrong of ['', 'short', `${named}n`, `${named.slice(1)}.`]) {
    assert.equal(keyOf('http://localhost:4000', { 'lango-form': wrong }), null)
  }
  assert.equal(keyOf('http://localhost:4000', {}), null)
})
