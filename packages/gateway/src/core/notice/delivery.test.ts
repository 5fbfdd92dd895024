import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printRequest, readRequest, tellingHeaders } from './delivery.ts'

const message = {
  method: 'POST',
  url: 'https://shop.example/ipn?a=1',
  headers: { 'content-type': 'application/json', 'webhook-id': 'msg_1: two' },
  body: '{"a":"b\\n"}\n\nand more ĩ',
} as const

test('a request that was kept reads as it was sent, byte for byte, empty lines of its body included', () => {
  assert.deepEqual(readRequest(printRequest(message)), {
    ...message,
    headers: Object.entries(message.headers),
  })
  const empty = { ...message, headers: {}, body: '' }
  assert.deepEqual(readRequest(printRequest(empty)), { ...empty, headers: [] })
})

test('of a body no more than 16,384 characters are kept', () => {
  const kept = readRequest(printRequest({ ...message, body: 'x'.repeat(20_000) }))
  assert.equal(kept?.body, 'x'.repeat(16_384))
})

test('where nothing was sent nothing is read', () => {
  assert.equal(readRequest(''), null)
})

test('of an answer the fields are kept that explain it, cut short, and no cookie', () => {
  const headers = {
    'set-cookie': 'session=1',
    server: 'nginx',
    'retry-after': '120',
    location: 'x'.repeat(400),
  }
  assert.deepEqual(tellingHeaders(headers), [
    ['location', 'x'.repeat(300)],
    ['retry-after', '120'],
    ['server', 'nginx'],
  ])
})
