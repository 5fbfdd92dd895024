import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '../../base/time.ts'
import { pageOf, readCall, type FoundNotice } from './notice-page.ts'

const stretch = [1, 2, 3, 4, 5].map((place): FoundNotice => ({
  id: `n${place}`,
  at: instant(place),
  state: place % 2 === 0 ? 'delivered' : 'waiting',
  serviceCode: '124',
}))
const isDelivered = ({ state }: FoundNotice): boolean => state === 'delivered'
const read = (...given: Parameters<typeof pageOf>) => {
  const { rows, next } = pageOf(...given)
  return [rows.map(({ id }) => id).join(' '), next?.id ?? null]
}

test('a page leads on behind its last row when there is more, and nowhere when it came to the end', () => {
  assert.deepEqual(
    read(stretch, () => true, { most: 4, looked: 5 }),
    ['n1 n2 n3 n4', 'n4'],
  )
  assert.deepEqual(
    read(stretch, () => true, { most: 5, looked: 6 }),
    ['n1 n2 n3 n4 n5', null],
  )
  assert.deepEqual(
    read([], () => true, { most: 5, looked: 6 }),
    ['', null],
  )
})

test('a page that looked as far as it may leads on behind the last that it looked at, whatever it found', () => {
  assert.deepEqual(read(stretch, isDelivered, { most: 50, looked: 5 }), ['n2 n4', 'n5'])
  assert.deepEqual(
    read(stretch, () => false, { most: 50, looked: 5 }),
    ['', 'n5'],
  )
  assert.deepEqual(read(stretch, isDelivered, { most: 1, looked: 5 }), ['n2', 'n2'])
  assert.deepEqual(read(stretch, isDelivered, { most: 50, looked: 1000 }), ['n2 n4', null])
})

test('a webhook-id is read with and without its prefix; all else is what an invoice is called', () => {
  const id = '019aa0de-0000-7000-8000-00000000abcd'
  assert.deepEqual(readCall(`msg_${id.toUpperCase()}`), { text: `msg_${id.toUpperCase()}`, id })
  assert.equal(readCall(id).id, id)
  assert.deepEqual(readCall('ORDER-31\0'), { text: 'ORDER-31', id: null })
})
