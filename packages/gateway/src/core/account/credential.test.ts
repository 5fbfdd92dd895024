import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choosePassword, normalPassword } from './credential.ts'

test('[identity 109] one password typed on two keyboards is one text', () => {
  assert.equal(normalPassword('nyota caf\u0065\u0301'), normalPassword('nyota caf\u00e9'))
})

const weak = [
  ['too short', 'seven 7'],
  ['too long', 'x1'.repeat(129)],
  ['with a NUL', 'before\0behind'],
  ['guessed first', 'PassWord1'],
  ['one letter again and again', 'zzzzzzzzzzzz'],
  ['the own id number', '00000011'],
  ['the own address', 'AMINA@example.test'],
] as const

for (const [what, typed] of weak) {
  test(`[identity 109] a password that is ${what} is refused with a reason`, () => {
    const chosen = choosePassword(typed, ['00000011', 'amina@example.test'])
    assert.ok(!chosen.ok && chosen.refusal.code === 'password_weak' && chosen.refusal.because !== undefined)
  })
}

test('a password needs no digit, sign or capital, may have blanks and any script, and is counted in characters', () => {
  for (const typed of ['mango tree', 'ሰላም ሰላም ሰላም', '🦒🦒🐘🐘🦒🦒🐘🐘', 'x1'.repeat(128)]) {
    assert.equal(choosePassword(typed, []).ok, true, typed)
  }
})
