import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Received } from './boxes.ts'
import type { Side } from '../other-side.fixture.ts'
import { otherSide } from '../other-side.fixture.ts'

const noticesOf = async (side: Side, box: string) =>
  (await side.control('GET', `/inbox/${box}`)).json as { total: number; notices: Received[] }

test('a box keeps what came exactly as it came and answers as merchants do', async (t) => {
  const side = await otherSide(t)
  const body = '{ "status":"settled",  "amount_paid":1.0, "name":"Achieng’ Otieno" }\r\n'
  const answer = await fetch(`${side.url}/inbox/duka/orders?ref=ORDER-1`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Webhook-Id': 'msg_1' },
    body,
  })
  assert.deepEqual([answer.status, await answer.text()], [200, '{"status":"ok"}'])
  const { total, notices } = await noticesOf(side, 'duka')
  const [notice] = notices
  assert.equal(total, 1)
  assert.deepEqual(
    [
      notice?.body,
      notice?.encoding,
      notice?.method,
      notice?.target,
      notice?.headers['webhook-id'],
      notice?.at,
    ],
    [body, 'utf8', 'POST', '/orders?ref=ORDER-1', 'msg_1', '2019-12-19T07:20:36.000Z'],
  )
})

test('any method and any bytes are taken, and bytes that are no text are kept as base64', async (t) => {
  const side = await otherSide(t)
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) await fetch(`${side.url}/inbox/any`, { method })
  const bytes = Uint8Array.of(0xff, 0xfe, 0, 1)
  await fetch(`${side.url}/inbox/any`, { method: 'POST', body: bytes })
  await fetch(`${side.url}/inbox/any`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '\ufeffx',
  })
  const { notices } = await noticesOf(side, 'any')
  assert.deepEqual(
    notices.map(({ method }) => method),
    ['POST', 'POST', 'DELETE', 'PATCH', 'PUT', 'GET'],
  )
  assert.deepEqual(
    [notices[1]?.encoding, notices[1]?.body],
    ['base64', Buffer.from(bytes).toString('base64')],
  )
  assert.equal(notices[0]?.body, '\ufeffx', 'a byte order mark belongs to the bytes')
})

test('a body above 64 kB is too large and is not kept', async (t) => {
  const side = await otherSide(t)
  const answer = await fetch(`${side.url}/inbox/big`, { method: 'POST', body: 'x'.repeat(65_537) })
  assert.equal(answer.status, 413)
  assert.equal((await noticesOf(side, 'big')).total, 0)
})

test('the last 200 notices are remembered, the newest first', async (t) => {
  const side = await otherSide(t)
  for (let count = 1; count <= 205; count += 1) {
    await (await fetch(`${side.url}/inbox/many`, { method: 'POST', body: String(count) })).text()
  }
  const { total, notices } = await noticesOf(side, 'many')
  assert.deepEqual([total, notices.length, notices[0]?.body, notices.at(-1)?.body], [205, 200, '205', '6'])
})

test('behaviours follow one another, then the box is kind again', async (t) => {
  const side = await otherSide(t)
  await side.control('POST', '/inbox/moody', [
    { status: 500, times: 2, body: 'oh no' },
    { status: 429, times: 1, retryAfter: 30 },
    { status: 302, times: 1, location: 'http://169.254.169.254/latest' },
    { status: 410, times: 1 },
  ])
  const seen: unknown[] = []
  for (let round = 0; round < 6; round += 1) {
    const answer = await fetch(`${side.url}/inbox/moody`, { method: 'POST', redirect: 'manual', body: '{}' })
    seen.push([answer.status, answer.headers.get('retry-after') ?? answer.headers.get('location')])
  }
  assert.deepEqual(seen, [
    [500, null],
    [500, null],
    [429, '30'],
    [302, 'http://169.254.169.254/latest'],
    [410, null],
    [200, null],
  ])
  const { notices } = await noticesOf(side, 'moody')
  assert.deepEqual(
    notices.map(({ answered }) => answered.status),
    [200, 410, 302, 429, 500, 500],
  )
})

test('an answer can be late, and its delay is counted on the simulators’ clock', async (t) => {
  const side = await otherSide(t)
  await side.control('POST', '/inbox/slow', { delayMs: 30_000 })
  const answer = fetch(`${side.url}/inbox/slow`, { method: 'POST', body: '{}' })
  await until(async () => (await noticesOf(side, 'slow')).total === 1)
  side.clock.advance(30_000)
  assert.equal((await answer).status, 200)
})

test('an answer can hang, and the connection ends with the caller’s patience', async (t) => {
  const side = await otherSide(t)
  await side.control('POST', '/inbox/dead', { manner: 'hanging' })
  await assert.rejects(
    fetch(`${side.url}/inbox/dead`, { method: 'POST', body: '{}', signal: AbortSignal.timeout(50) }),
    { name: 'TimeoutError' },
  )
})

test('an answer can drip byte by byte', async (t) => {
  const side = await otherSide(t)
  await side.control('POST', '/inbox/loris', { manner: 'dripping', everyMs: 1_000, body: 'abc' })
  const answer = await fetch(`${side.url}/inbox/loris`, { method: 'POST', body: '{}' })
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = answer.body?.getReader()
  const read = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value)
  assert.equal(await read(), 'a')
  side.clock.advance(1_000)
  assert.equal(await read(), 'b')
  side.clock.advance(1_000)
  assert.equal(await read(), 'c')
})

test('an answer can be without end or break off', async (t) => {
  const side = await otherSide(t)
  await side.control('POST', '/inbox/flood', { manner: 'endless', body: 'x'.repeat(60_000) })
  const answer = await fetch(`${side.url}/inbox/flood`, { method: 'POST', body: '{}' })
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = answer.body?.getReader()
  let bytes = 0
  while (bytes < 5_000_000) bytes += (await reader?.read())?.value?.length ?? 0
  await reader?.cancel()
  await side.control('POST', '/inbox/broken', { manner: 'cut' })
  await assert.rejects(fetch(`${side.url}/inbox/broken`, { method: 'POST', body: '{}' }))
})

test('a behaviour that makes no sense is refused with its reason', async (t) => {
  const side = await otherSide(t)
  for (const [behaviour, reason] of [
    ['[]x', /JSON/],
    [[1], /JSON/],
    [{ status: 99 }, /^status/],
    [{ delayMs: 'soon' }, /^delayMs/],
    [{ times: 0 }, /^times/],
    [{ manner: 'rude' }, /^manner/],
    [{ body: 'x'.repeat(65_537) }, /too large|^body/i],
    [{ location: 'a\r\nset-cookie: b' }, /^headers/],
  ] as const) {
    const answer = await side.control('POST', '/inbox/strict', behaviour)
    assert.ok(answer.status === 400 || answer.status === 413, answer.text)
    assert.match(String(answer.json['error'] ?? answer.json['message']), reason)
  }
  assert.equal((await side.control('POST', '/inbox/no%20box', {})).status, 400)
})

test('clearing a box forgets its notices and its moods', async (t) => {
  const side = await otherSide(t)
  await side.control('POST', '/inbox/box', { status: 500 })
  await fetch(`${side.url}/inbox/box`, { method: 'POST', body: '{}' })
  assert.equal((await side.control('DELETE', '/inbox/box')).status, 204)
  assert.equal((await noticesOf(side, 'box')).total, 0)
  assert.equal((await fetch(`${side.url}/inbox/box`, { method: 'POST', body: '{}' })).status, 200)
  assert.deepEqual((await side.control('GET', '/inbox')).json, { boxes: ['box'] })
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  assert.fail('it never came true')
}
