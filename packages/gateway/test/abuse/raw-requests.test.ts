// What arrives byte by byte on a socket: hosts that are not ours, requests inside requests, and more than anybody may send.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld({ trustedProxies: ['127.0.0.1'] })
})
after(async () => {
  await world.close()
})

const end = '\r\n'

/** Everything that comes back until the server closes or falls silent. */
async function say(parts: readonly (string | Buffer)[], patienceMs = 1500): Promise<string> {
  const { port, hostname } = new URL(world.url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  let heard = ''
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    heard += text
  })
  // A server that has heard enough resets the connection.
  socket.on('error', () => undefined)
  const over = new Promise<void>((done) => {
    socket.once('close', () => done())
    setTimeout(done, patienceMs)
  })
  for (const part of parts) {
    if (socket.destroyed) break
    if (!socket.write(part)) await Promise.race([once(socket, 'drain').catch(() => undefined), over])
  }
  await over
  socket.destroy()
  return heard
}

const statuses = (heard: string): readonly string[] =>
  [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = '']) => status)

const request = (lines: readonly string[], body = ''): string => [...lines, '', body].join(end)

test('[identity 117] a forwarded or forged host changes no issuer, no link and no cookie', async () => {
  const honest = await (await fetch(`${world.url}/.well-known/openid-configuration`)).json()
  for (const lines of [
    ['Host: evil.example'],
    ['Host: 127.0.0.1', 'X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: https'],
    ['Host: 127.0.0.1', 'Forwarded: host=evil.example;proto=https'],
    ['Host: 127.0.0.1', 'X-Original-Host: evil.example', 'X-Rewrite-URL: /evil'],
  ]) {
    const found = await say([
      request(['GET /.well-known/openid-configuration HTTP/1.1', ...lines, 'Connection: close']),
    ])
    assert.deepEqual(JSON.parse(found.slice(found.indexOf('{'), found.lastIndexOf('}') + 1)), honest)
    const page = await say([request(['GET /signin HTTP/1.1', ...lines, 'Connection: close'])])
    assert.deepEqual(statuses(page), ['200'])
    assert.ok(!page.includes('evil'), lines.join())
    assert.match(page, /set-cookie: /i)
    assert.doesNotMatch(page, /set-cookie: [^\r]*domain=/i)
  }
})

test('[identity 117] a request with both a length and chunks is refused, and nothing behind it is a second one', async () => {
  const inner = `GET /healthz HTTP/1.1${end}Host: x${end}${end}`
  for (const [name, lines] of [
    ['both', ['Content-Length: 6', 'Transfer-Encoding: chunked']],
    ['both, the other way', ['Transfer-Encoding: chunked', 'Content-Length: 6']],
    ['two lengths', ['Content-Length: 6', 'Content-Length: 60']],
    ['chunked in disguise', ['Transfer-Encoding: xchunked']],
    ['a blank before the colon', ['Transfer-Encoding : chunked']],
    ['chunked not last', ['Transfer-Encoding: chunked, identity']],
    ['a length that is none', ['Content-Length: +6']],
    ['a folded line', ['X-A: b', ' Transfer-Encoding: chunked']],
  ] as const) {
    const head = ['POST /oauth/token HTTP/1.1', 'Host: 127.0.0.1', 'Content-Type: text/plain', ...lines]
    const heard = await say([request(head, `0${end}${end}${inner}`)], 700)
    assert.ok(statuses(heard).length <= 1, `${name}: ${heard}`)
    assert.ok(!heard.includes('"status":"ok"'), `${name}: the inner request was answered`)
    if (statuses(heard).length === 1) assert.match(heard, /^HTTP\/1\.1 400 /, name)
  }
})

test('[identity 117] header lines beyond 16 kB are refused with 431', async () => {
  const heard = await say([
    request(['GET /healthz HTTP/1.1', 'Host: 127.0.0.1', `X-Long: ${'x'.repeat(32 * 1024)}`]),
  ])
  assert.deepEqual(statuses(heard), ['431'])
})

test('[identity 117] a body beyond 64 kB is refused with 413, and is not kept while it comes', async () => {
  const head = ['POST /oauth/token HTTP/1.1', 'Host: 127.0.0.1', 'Content-Type: text/plain']
  const said = await say([request([...head, 'Content-Length: 104857600'])])
  assert.deepEqual(statuses(said), ['413'])
  const before = process.memoryUsage().rss
  const piece = Buffer.alloc(64 * 1024, 'x')
  const chunk = Buffer.concat([Buffer.from(`10000${end}`), piece, Buffer.from(end)])
  const chunks = Array.from({ length: 800 }, () => chunk)
  const poured = await say([request([...head, 'Transfer-Encoding: chunked']), ...chunks], 3000)
  assert.ok(
    statuses(poured).every((status) => status === '413'),
    poured.slice(0, 200),
  )
  assert.ok(process.memoryUsage().rss - before < 40 * 1024 * 1024, 'what was poured was kept')
})
