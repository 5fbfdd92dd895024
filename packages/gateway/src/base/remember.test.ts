import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { remembering } from './remember.ts'

const keys = fc.array(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 300 })

test('whoever was asked for among the latest half is remembered', () => {
  fc.assert(
    fc.property(keys, (asked) => {
      const most = 12
      const ask = remembering<{ readonly key: string }>(most)
      const seen = new Map<string, { readonly key: string }>()
      asked.forEach((key, place) => {
        const latest = new Set(asked.slice(Math.max(0, place - most / 2), place))
        const value = ask(key, () => ({ key }))
        if (latest.has(key)) assert.equal(value, seen.get(key))
        assert.equal(value.key, key)
        seen.set(key, value)
      })
    }),
  )
})

test('no more than the most are remembered', () => {
  const ask = remembering<number>(10)
  let made = 0
  const make = (): number => (made += 1)
  for (let key = 0; key < 100; key += 1) ask(String(key), make)
  assert.equal(made, 100)
  for (let key = 0; key < 89; key += 1) ask(String(key), make)
  assert.equal(made, 189, 'what came long ago was forgotten')
})
