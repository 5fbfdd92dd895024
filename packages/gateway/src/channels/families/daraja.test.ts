import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Outgoing } from '../../core/ports.ts'
import { answer, worldThat } from './contract.ts'
import { callDaraja, readDarajaSettings } from './daraja.ts'

const written = {
  baseUrl: 'https://sandbox.safaricom.co.ke',
  consumerKey: 'a-made-up-key',
  consumerSecret: 'a-made-up-secret',
  shortCode: '174379',
  passkey: 'a-made-up-passkey',
}

function settings() {
  const read = readDarajaSettings(written)
  assert.ok(read.ok)
  return read.value
}

const call = { path: '/mpesa/stkpush/v1/processrequest', body: {}, timeoutMs: 1000 }

test('credentials go nowhere in clear, except to a simulator on this machine', () => {
  const takes = (baseUrl: string) => readDarajaSettings({ ...written, baseUrl }).ok
  const safe = [
    'https://api.safaricom.co.ke',
    'https://gate.example.test/daraja',
    'http://localhost:4002/daraja',
  ]
  for (const url of [...safe, 'http://127.0.0.1:4002', 'http://[::1]:4002/daraja']) assert.ok(takes(url), url)
  const refused = [
    'http://api.safaricom.co.ke',
    'http://localhost.example.test',
    'http://127.0.0.1.example.test/x',
  ]
  const broken = [
    'https://',
    'https://a.example.test/',
    'https://u:p@a.example.test',
    'https://a.example.test?x',
  ]
  for (const url of [...refused, ...broken, 'ftp://a', 'http://127.0.0.10']) assert.ok(!takes(url), url)
})

test('every setting that is missing is named at once', () => {
  const read = readDarajaSettings({ baseUrl: written.baseUrl, shortCode: 'x' })
  assert.ok(!read.ok)
  for (const name of ['consumerKey', 'consumerSecret', 'shortCode', 'passkey']) {
    assert.match(read.refusal.because ?? '', new RegExp(`\\b${name}: `))
  }
})

test('a refused token is replaced once, and the call made again with the new one', async () => {
  const sent: Outgoing[] = []
  const stale = answer(
    404,
    '{"requestId":"1","errorCode":"404.001.03","errorMessage":"Invalid Access Token"}',
  )
  const asked: (string | undefined)[] = []
  const token = (_name: string, _fetch: unknown, refused?: string) => {
    asked.push(refused)
    return Promise.resolve(refused === undefined ? 'old' : 'new')
  }
  const answered = await callDaraja(settings(), { ...worldThat(stale, sent), token }, call)
  assert.deepEqual(asked, [undefined, 'old'])
  assert.deepEqual(
    sent.map(({ headers }) => headers['authorization']),
    ['Bearer old', 'Bearer new'],
  )
  assert.equal(answered.kind, 'refused')
})

test('without a token nothing is sent', async () => {
  const sent: Outgoing[] = []
  const world = { ...worldThat(answer(200, '{}'), sent), token: () => Promise.resolve(null) }
  assert.deepEqual(await callDaraja(settings(), world, call), { kind: 'unsent', because: 'no access token' })
  assert.deepEqual(sent, [])
})

test('a token is asked for with the credentials, and its life may be a number or a text', async () => {
  for (const [body, fetched] of [
    ['{"access_token":"t","expires_in":"3599"}', { token: 't', lives: 3599 }],
    ['{"access_token":"t","expires_in":3599}', { token: 't', lives: 3599 }],
    ['{"access_token":"t"}', null],
    ['{"access_token":"","expires_in":3599}', null],
    ['{"errorCode":"400.008.01"}', null],
    ['', null],
  ] as const) {
    const sent: Outgoing[] = []
    let seen: unknown
    const token = async (_name: string, fetchOne: () => Promise<unknown>) => {
      seen = await fetchOne()
      return null
    }
    await callDaraja(settings(), { ...worldThat(answer(200, body), sent), token }, call)
    assert.deepEqual(seen, fetched, body)
    assert.equal(
      sent[0]?.url,
      'https://sandbox.safaricom.co.ke/oauth/v1/generate?grant_type=client_credentials',
    )
    const basic = Buffer.from('a-made-up-key:a-made-up-secret').toString('base64')
    assert.equal(sent[0]?.headers['authorization'], `Basic ${basic}`)
  }
})
