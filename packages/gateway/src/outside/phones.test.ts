import assert from 'node:assert/strict'
import { test } from 'node:test'
import { worldPhones } from './phones.ts'

const read = [
  ['0700 000 011', '254700000011'],
  ['0700000011', '254700000011'],
  ['+254 700 000 011', '254700000011'],
  ['254700000011', '254700000011'],
  ['+254-700-000-011', '254700000011'],
  ['0110 000 011', '254110000011'],
  ['+256 772 000 011', '256772000011'],
  ['256772000011', '256772000011'],
] as const

for (const [typed, digits] of read) {
  test(`${typed} is ${digits}`, () => {
    assert.equal(worldPhones.read(typed), digits)
  })
}

for (const typed of [
  '',
  '12',
  '00000011',
  'A123456',
  'wanjiku@example.test',
  '+254',
  '0700 000 011 or 0700 000 012',
  '9'.repeat(50),
]) {
  test(`${JSON.stringify(typed.slice(0, 30))} is no phone number`, () => {
    assert.equal(worldPhones.read(typed), null)
  })
}
