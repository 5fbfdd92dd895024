import assert from 'node:assert/strict'
import { test } from 'node:test'
import { houseNameFault, nameFault, skeletonOf, tidyName } from './name.ts'

test('a name is one line of letters in one alphabet [identity 104]', () => {
  for (const fine of [
    'Duka la Ufundi',
    'Écoles & Cie',
    'Министерство',
    'Wizara ya Ardhi Министерство',
    '3M Kenya',
  ])
    assert.equal(nameFault(fine), null, fine)
  for (const bad of ['', 'x', '1234', 'two\nlines', 'a\u202eb', 'a\u0000b', 'x'.repeat(101)])
    assert.notEqual(nameFault(bad), null, JSON.stringify(bad))
})

test('a word of two alphabets that look alike is refused [identity 104]', () => {
  // The second letter is the Cyrillic one.
  assert.match(nameFault('Mоbile Bank') ?? '', /alphabets/)
  assert.match(nameFault('Βank') ?? '', /alphabets/)
})

test('names that the eye confuses have one skeleton [identity 104]', () => {
  assert.equal(skeletonOf('Benki ya Mfano'), skeletonOf('BENKI  YA  MFANÓ'))
  assert.equal(skeletonOf('раура'), skeletonOf('paypa'))
  assert.equal(skeletonOf('M0dern Bank'), skeletonOf('modem bank'))
  assert.notEqual(skeletonOf('Benki ya Mfano'), skeletonOf('Benki ya Umma'))
})

test('blanks of a name are made plain', () => {
  assert.equal(tidyName('  Duka\u00a0la \t Ufundi '), 'Duka la Ufundi')
})

test('a name that passes for the gateway or its keeper at a glance is taken, however it is spelt [identity 104]', () => {
  const keeper = 'Mfano Digital Services'
  for (const bad of [
    'Lango',
    'LANGO',
    'Iango',
    '1ango',
    '|ango',
    'Lang0',
    'L a n g o',
    'Lángö',
    'lan9o',
    'lɑngo',
    'Lanɡo',
    'ʟᴀɴɢᴏ',
    'Ｌａｎｇｏ',
    '«Lango»',
    'L4ngo',
    'Langø',
    'Lango!!',
    'Lango.',
    '𝐋𝐚𝐧𝐠𝐨',
    'Mfano Digital Services',
    'MFANO  DIGITAL-SERVICES',
    'Mfan0 Dlgital Servlces',
  ])
    // prettier-ignore -- a list of names
    assert.match(houseNameFault(bad, keeper) ?? '', /^The name could pass for (Lango|Mfano)/, bad)
  for (const fine of [
    'Lango la Maji',
    'Langoni',
    'Mlango',
    'Mango',
    'Mfano Digital',
    'Benki ya Mfano',
    'Kampala',
    '東京',
  ])
    assert.equal(houseNameFault(fine, keeper), null, fine)
  assert.equal(houseNameFault('東京', '大阪'), null)
  assert.notEqual(houseNameFault('東京', '東京'), null)
  assert.equal(houseNameFault('!!!', ''), null)
})
