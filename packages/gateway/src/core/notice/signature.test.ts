import assert from 'node:assert/strict'
import { createHmac, hash } from 'node:crypto'
import { test } from 'node:test'
import { events } from '@lango/wire'
import { Webhook } from 'standardwebhooks'
import type { Digests } from '../ports.ts'
import { isWebhookSecret, newWebhookSecret, webhookHeaders } from './signature.ts'

const digests: Digests = {
  sha256: (text) => hash('sha256', text, 'buffer'),
  sha512: (text) => hash('sha512', text, 'buffer'),
  hmacSha256: (key, text) => createHmac('sha256', key).update(text).digest(),
  equal: () => false,
  derive: () => new Uint8Array(),
}
const random = {
  bytes: (length: number) => Uint8Array.from({ length }, (_none, place) => (place * 37 + 11) % 256),
}
const secret = newWebhookSecret(random)
const other = `whsec_${Buffer.alloc(24, 9).toString('base64')}`
const body = '{"status":"settled","name":"Wanjikũ"}'

function signed(secrets: readonly string[], timestamp = Math.floor(Date.now() / 1000)) {
  return webhookHeaders(digests, { id: 'msg_1', timestamp, body }, secrets)
}

test('the published example of the specification has its signature', () => {
  const headers = webhookHeaders(
    digests,
    { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' },
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  )
  assert.equal(headers['webhook-signature'], 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('the library of Standard Webhooks and our own SDK’s rules accept it', () => {
  const headers = signed([secret])
  assert.deepEqual(new Webhook(secret).verify(body, headers), JSON.parse(body))
  const delivery = { id: 'msg_1', timestamp: headers['webhook-timestamp'] ?? '', body }
  const key = events.parseSecret(secret)
  assert.ok(key !== null)
  assert.ok(
    events.verify(delivery, headers['webhook-signature'] ?? '', key, (mac, text) =>
      digests.hmacSha256(mac, text),
    ),
  )
})

test('while a secret is rotated either of the two verifies [money 62]', () => {
  const headers = signed([secret, other])
  for (const live of [secret, other]) assert.doesNotThrow(() => new Webhook(live).verify(body, headers))
  assert.throws(() => new Webhook(other).verify(body, signed([secret])))
})

test('a changed body, id or time is noticed', () => {
  const headers = signed([secret])
  assert.throws(() => new Webhook(secret).verify(`${body} `, headers))
  assert.throws(() => new Webhook(secret).verify(body, { ...headers, 'webhook-id': 'msg_2' }))
  const later = String(Number(headers['webhook-timestamp']) + 1)
  assert.throws(() => new Webhook(secret).verify(body, { ...headers, 'webhook-timestamp': later }))
})

test('a secret has its prefix and 24 to 64 bytes', () => {
  assert.ok(isWebhookSecret(secret))
  assert.ok(isWebhookSecret(other))
  const of = (bytes: number): string => `whsec_${Buffer.alloc(bytes).toString('base64')}`
  for (const wrong of [of(23), of(65), of(0), secret.slice(6), 'whsec_!!!!', `${secret}.`, 'whsec_A']) {
    assert.equal(isWebhookSecret(wrong), false, wrong)
  }
})
