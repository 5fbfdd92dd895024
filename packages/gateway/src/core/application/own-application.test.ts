import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressFaults, addressLines, addressWarnings, readsOnWhite } from './own-application.ts'

test('each line that is wrong is named with what is wrong with it', () => {
  const lines = addressLines(
    'https://a.example/back\n\n  http://b.example/back \nhttps://a.example/back\nnonsense',
  )
  assert.equal(lines.length, 4)
  const faults = (addressFaults(lines, 'web') ?? '').split('\n')
  assert.equal(faults.length, 3)
  assert.match(faults[0] ?? '', /^Line 2, http:\/\/b\.example\/back: Plain http only/)
  assert.match(faults[1] ?? '', /^Line 3, .*It stands there already\.$/)
  assert.match(faults[2] ?? '', /^Line 4, nonsense: An absolute address/)
  assert.equal(addressFaults(['https://a.example/back'], 'web'), null)
  assert.equal(addressFaults([], 'machine'), null)
})

test('more addresses than the limit are refused with the limit', () => {
  const many = Array.from({ length: 21 }, (_, place) => `https://a.example/${place}`)
  assert.match(addressFaults(many, 'web') ?? '', /The limit is 20 redirect addresses/)
})

test('a host of other letters is warned of, and so is plain http [identity 104]', () => {
  assert.deepEqual(addressWarnings(['https://a.example/x']), [])
  assert.match(addressWarnings(['https://xn--80ak6aa92e.example/x'])[0] ?? '', /may be taken for another/)
  assert.match(addressWarnings(['http://localhost:3000/x'])[0] ?? '', /your own machine/)
})

test('a colour is dark enough for white letters, or it is not', () => {
  assert.deepEqual(['#0b5c55', '#000000', '#767676', '#777777', '#ffee00'].map(readsOnWhite), [
    true,
    true,
    true,
    false,
    false,
  ])
})
