import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLog } from './log.ts'

function logged(fields: Readonly<Record<string, unknown>>): string {
  const lines: string[] = []
  openLog({ mode: 'live', write: (line) => lines.push(line) }).info('something', fields)
  return lines.join('')
}

test('a line is JSON with its level, time and event', () => {
  const line = JSON.parse(logged({ count: 3n, took: 1.5 })) as Record<string, unknown>
  assert.deepEqual(
    { ...line, time: typeof line['time'] },
    { level: 'info', time: 'string', event: 'something', count: '3', took: 1.5 },
  )
})

test('the sandbox is quiet below a warning', () => {
  const lines: string[] = []
  const log = openLog({ mode: 'sandbox', write: (line) => lines.push(line) })
  log.info('chatter')
  log.warn('trouble')
  log.error('fault')
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { event: string }).event),
    ['trouble', 'fault'],
  )
})

test('no secret reaches the log by the name of its field [money 91]', () => {
  const hush = 'hush-hush'
  const names = [
    'password',
    'client_secret',
    'clientSecret',
    'Authorization',
    'pin',
    'code',
    'access_token',
    'cookie',
  ]
  for (const name of names) {
    assert.equal(logged({ [name]: hush }).includes(hush), false, name)
    assert.equal(logged({ deep: [{ [name]: { in: hush } }] }).includes(hush), false, `deep ${name}`)
  }
})

test('no secret reaches the log inside an address or a header [money 91] [money 42]', () => {
  const hush = 'aHushHush99'
  const texts = [
    `https://pay.example/checkout?request_id=${hush}`,
    `/api/userinfo?access_token=${hush}&x=1`,
    `/api/invoice/payment/status?ref_no=A&secure_hash=${hush}`,
    `http://127.0.0.1:4000/channels/k4/${hush}`,
    `postgres://lango:${hush}@db.example/lango`,
    `Authorization: Bearer ${hush}`,
  ]
  for (const text of texts) {
    assert.equal(logged({ text }).includes(hush), false, text)
    assert.equal(logged({ fault: new Error(text) }).includes(hush), false, `error ${text}`)
  }
})

test('what is not secret stays readable', () => {
  const line = logged({
    path: '/checkout?format=json',
    fault: new Error('it broke'),
    bytes: new Uint8Array(9),
  })
  for (const part of ['/checkout?format=json', 'it broke', 'log.test.ts', '[9 bytes]'])
    assert.ok(line.includes(part), part)
})

test('a value without end is cut, not followed', () => {
  const loop: { again?: unknown; long: string } = { long: 'x'.repeat(1_000_000) }
  loop.again = loop
  assert.ok(logged({ loop, many: Array.from({ length: 9999 }, () => loop) }).length < 500_000)
})
