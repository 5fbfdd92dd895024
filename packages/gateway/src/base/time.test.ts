import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatNairobi, instant, parseNairobi } from './time.ts'

const second = fc.integer({ min: Date.UTC(2000, 0, 1, 0) / 1000, max: Date.UTC(2099, 11, 31, 20) / 1000 })

test('a time that is printed for Nairobi is read again as the same second', () => {
  fc.assert(
    fc.property(second, (at) => {
      assert.deepEqual(parseNairobi(formatNairobi(instant(at * 1000))), {
        ok: true,
        value: instant(at * 1000),
      })
    }),
  )
})

test('Nairobi is three hours ahead, all year', () => {
  for (const day of ['2026-01-15', '2026-07-15']) {
    const at = instant(Date.parse(`${day}T21:30:00Z`))
    assert.equal(formatNairobi(at), `${day.slice(0, 8)}16 00:30:00`)
  }
})

const wrong: readonly (readonly [text: string, why: string])[] = [
  ['', 'grammar'],
  ['2026-10-04', 'grammar'],
  ['42026-10-04 12:00:00', 'grammar'],
  ['026-10-04 12:00:00', 'grammar'],
  ['1999-10-04 12:00:00', 'grammar'],
  ['2100-10-04 12:00:00', 'grammar'],
  ['2026-10-04T12:00:00', 'grammar'],
  ['2026-10-04 12:00:00Z', 'grammar'],
  ['2026-10-04 12:00:00\n', 'grammar'],
  ['２０２６-10-04 12:00:00', 'grammar'],
  ['2026-02-29 12:00:00', 'no such day'],
  ['2026-04-31 12:00:00', 'no such day'],
  ['2026-13-01 12:00:00', 'no such day'],
  ['2026-00-10 12:00:00', 'no such day'],
  ['2026-10-04 24:00:00', 'no such day'],
  ['2026-10-04 12:60:00', 'no such day'],
]

for (const [text, why] of wrong) {
  test(`${JSON.stringify(text)} is no time: ${why}`, () => {
    assert.deepEqual(parseNairobi(text), { ok: false, refusal: why })
  })
}
