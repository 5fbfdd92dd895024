import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locales } from '../../base/locale.ts'
import { after, instant, seconds } from '../../base/time.ts'
import { codeLetter, takenLetter } from './letters.ts'
import { decideOutcome } from './message.ts'

const now = instant(1_000_000)
const failed = { kind: 'failed', because: 'smtp 451', final: false } as const
const message = (tries: number, expires: number) => ({ tries, expiresAt: after(now, seconds(expires)) })

const stories = [
  ['what was taken is sent', message(1, 600), { kind: 'sent' }, { kind: 'sent' }],
  [
    'what failed is tried again soon',
    message(1, 600),
    failed,
    { kind: 'again', at: after(now, seconds(3)), because: 'smtp 451' },
  ],
  [
    'and later rarer',
    message(9, 86_400),
    failed,
    { kind: 'again', at: after(now, seconds(1800)), because: 'smtp 451' },
  ],
  [
    'nothing is tried after its time',
    message(5, 60),
    failed,
    { kind: 'given-up', because: 'expired; smtp 451' },
  ],
  [
    'nor what will never be taken',
    message(1, 600),
    { ...failed, final: true },
    { kind: 'given-up', because: 'smtp 451' },
  ],
] as const

for (const [name, given, sent, outcome] of stories) {
  test(name, () => assert.deepEqual(decideOutcome(given, sent, now), outcome))
}

test('a code fits one SMS in every language, and its last line binds it to our own page', () => {
  for (const locale of locales) {
    const { subject, text } = codeLetter({ publicUrl: 'https://pay.example.org' }, locale, {
      code: '012345',
      minutes: 10,
    })
    assert.match(text, /\n@pay\.example\.org #012345$/)
    assert.match(subject, /012345/)
    // 160 letters of the GSM alphabet, or 134 of UCS-2 in two parts, which only the French apostrophe needs.
    assert.ok(text.length <= 200, `${locale}: ${text.length}`)
  }
})

test('who has an account already is led to our own address, whatever host a request named', () => {
  for (const locale of locales) {
    const { text } = takenLetter({ publicUrl: 'http://localhost:4000' }, locale, {})
    assert.match(text, / http:\/\/localhost:4000\/signin\n/)
  }
})
