import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contrast } from '../../base/contrast.ts'
import { buttonColours } from './colour.ts'
import { foundation } from './style/foundation.ts'

test('contrast is what WCAG says of well-known pairs', () => {
  for (const [one, other, ratio] of [
    ['#000000', '#ffffff', '21.00'],
    ['#ffffff', '#ffffff', '1.00'],
    ['#777777', '#ffffff', '4.48'],
    ['#767676', '#ffffff', '4.54'],
    ['#ff0000', '#ffffff', '4.00'],
    ['#0000ff', '#ffffff', '8.59'],
    ['#ffff00', '#ffffff', '1.07'],
    ['#949494', '#ffffff', '3.03'],
  ] as const) {
    assert.equal(contrast(one, other).toFixed(2), ratio, `${one} on ${other}`)
    assert.equal(contrast(other, one).toFixed(2), ratio, `${other} on ${one}`)
  }
})

test('a button takes white letters where they can be read, and black ones where they cannot', () => {
  const textOn = (colour: string) => buttonColours(colour)?.text
  assert.deepEqual(['#0b5c55', '#767676', '#0000ff'].map(textOn), ['#ffffff', '#ffffff', '#ffffff'])
  assert.deepEqual(['#777777', '#ff0000', '#ffff00'].map(textOn), ['#000000', '#000000', '#000000'])
})

test('letters on a button have 4.5 to 1 whatever the colour', () => {
  const steps = ['00', '33', '55', '77', '99', 'bb', 'dd', 'ff']
  for (const r of steps)
    for (const g of steps)
      for (const b of steps) {
        const made = buttonColours(`#${r}${g}${b}`)
        assert.ok(made !== null && contrast(made.ground, made.text) >= 4.5, `#${r}${g}${b}`)
      }
})

test('what is no colour paints nothing', () => {
  for (const bad of [
    null,
    '',
    'red',
    '#fff',
    '#FFFFFF',
    '#0b5c55;}',
    '#0b5c5',
    'url(//x.example)',
    '#0b5c55\n',
  ])
    assert.equal(buttonColours(bad), null, String(bad))
})

test('a button that a card would swallow, by day or by night, gets an edge', () => {
  const edgeOf = (colour: string) => buttonColours(colour)?.edge
  assert.deepEqual(['#fffdf9', '#ffee00', '#101010', '#777777'].map(edgeOf), [true, true, true, false])
  for (const card of ['--card: #fffdf9', '--card: #19211e']) assert.ok(foundation.includes(card), card)
})
