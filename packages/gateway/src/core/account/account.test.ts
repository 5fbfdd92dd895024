import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  accountName,
  identifiersOf,
  isEmail,
  isIdNumber,
  isPhone,
  maskedIdNumber,
  normalEmail,
  normalIdNumber,
} from './account.ts'

test('an id number reads the same however it is typed', () => {
  for (const typed of ['a 123 456', 'A123456', ' a123456\t', 'Ａ123456'])
    assert.equal(normalIdNumber(typed), 'A123456')
})

test('an e-mail address reads the same in capitals', () => {
  assert.equal(normalEmail(' Amina@Example.TEST '), 'amina@example.test')
})

test('what is no identifier is told apart', () => {
  assert.deepEqual(['00000011', 'BN/2026/11', 'P-1.2', 'ab', '', 'A B', "1' or 1", 'x'.repeat(40)].map(isIdNumber), [true, true, true, false, false, false, false, false]) // prettier-ignore
  assert.deepEqual(['a@b.c', 'a@b', '@b.c', 'a b@c.d', 'a@b@c.d', '<a@b.c>'].map(isEmail), [true, false, false, false, false, false]) // prettier-ignore
  assert.deepEqual(['254700000011', '0700000011', '+254700000011', '123456', '1'.repeat(16)].map(isPhone), [true, false, false, false, false]) // prettier-ignore
})

test('an account is led to by what it has', () => {
  assert.deepEqual(identifiersOf({ idNumber: '00000011', email: null, phone: '254700000011' }), [
    { kind: 'id_number', value: '00000011' },
    { kind: 'phone', value: '254700000011' },
  ])
})

test('a business of one name has no blank behind it', () => {
  assert.equal(accountName({ firstName: 'Duka la Achieng', lastName: '' }), 'Duka la Achieng')
})

test('an id number is masked to its ends, a short one wholly', () => {
  assert.equal(maskedIdNumber('00000011'), '00****11')
  assert.equal(maskedIdNumber('123'), '***')
})
