import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Net } from '../../src/core/ports.ts'
import { openNet } from '../../src/outside/fetch/net.ts'
import { httpServer, outgoing, rawServer } from './servers.ts'

function sandbox(t: TestContext): Net {
  const opened = openNet({ mode: 'sandbox' })
  t.after(opened.close)
  return opened
}

async function timed<T>(work: Promise<T>): Promise<readonly [T, number]> {
  const started = performance.now()
  return [await work, performance.now() - started]
}

test('an endpoint that hangs is left at the deadline [money 47]', async (t) => {
  const server = await rawServer(t, () => undefined)
  const [answer, took] = await timed(sandbox(t).send(outgoing(server.url, { timeoutMs: 300 })))
  assert.deepEqual(answer, { kind: 'no-answer', because: 'timeout' })
  assert.ok(took >= 280 && took < 1500, `${took} ms`)
})

test('headers that come byte by byte do not stretch the deadline [money 48]', async (t) => {
  const server = await rawServer(t, (socket) => dribble(socket, 'HTTP/1.1 200 OK\r\nX-Long: ', 20))
  const [answer, took] = await timed(sandbox(t).send(outgoing(server.url, { timeoutMs: 300 })))
  assert.deepEqual(answer, { kind: 'no-answer', because: 'timeout' })
  assert.ok(took < 1500, `${took} ms`)
})

test('a body that comes byte by byte does not stretch the deadline [money 48]', async (t) => {
  const server = await rawServer(t, (socket) => dribble(socket, 'HTTP/1.1 200 OK\r\n\r\n', 20))
  const net = sandbox(t)
  const [answer, took] = await timed(net.send(outgoing(server.url, { timeoutMs: 400 })))
  assert.deepEqual(answer, { kind: 'no-answer', because: 'timeout' })
  assert.ok(took < 1500, `${took} ms`)
  const cut = await net.send(outgoing(server.url, { timeoutMs: 400, bodyMayBeCut: true }))
  assert.ok(cut.kind === 'answer' && cut.status === 200)
})

test('a body without end is cut and its connection closed [money 49]', async (t) => {
  let closed = 0
  const server = await rawServer(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    const pour = setInterval(() => socket.write('x'.repeat(64 * 1024)), 1)
    socket.on('close', () => {
      clearInterval(pour)
      closed += 1
    })
  })
  const net = sandbox(t)
  assert.deepEqual(await net.send(outgoing(server.url)), { kind: 'no-answer', because: 'too-large' })
  const cut = await net.send(outgoing(server.url, { bodyMayBeCut: true }))
  assert.ok(cut.kind === 'answer')
  assert.equal(cut.body.length, 2048)
  await new Promise((done) => setTimeout(done, 100))
  assert.equal(closed, 2)
})

test('a body that says it is a gigabyte is not waited for [money 49]', async (t) => {
  const server = await rawServer(t, (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${1024 ** 3}\r\n\r\n${'x'.repeat(100_000)}`)
  })
  const [answer, took] = await timed(sandbox(t).send(outgoing(server.url)))
  assert.deepEqual(answer, { kind: 'no-answer', because: 'too-large' })
  assert.ok(took < 1000, `${took} ms`)
})

test('a gzip bomb is never inflated, and compression is never asked for [money 49]', async (t) => {
  const bomb = gzipSync(Buffer.alloc(1024 * 1024))
  assert.ok(bomb.length < 2048)
  const asked: unknown[] = []
  const server = await httpServer(t, (request, response) => {
    asked.push(request.headers['accept-encoding'])
    response.setHeader('content-encoding', 'gzip').end(bomb)
  })
  const answer = await sandbox(t).send(outgoing(server.url, { headers: { 'Accept-Encoding': 'gzip' } }))
  assert.ok(answer.kind === 'answer')
  assert.deepEqual(Buffer.from(answer.body), bomb)
  assert.deepEqual(asked, ['identity'])
})

test('headers without end are refused [money 49]', async (t) => {
  const server = await rawServer(t, (socket) => {
    socket.write(
      `HTTP/1.1 200 OK\r\n${'x-more: 0123456789012345678901234567890123456789\r\n'.repeat(2000)}\r\n`,
    )
  })
  assert.deepEqual(await sandbox(t).send(outgoing(server.url)), { kind: 'no-answer', because: 'too-large' })
})

test('nobody there, an answer broken off, and noise instead of HTTP each have their word', async (t) => {
  const net = sandbox(t)
  const gone = await rawServer(t, (socket) => socket.destroy())
  assert.deepEqual(await net.send(outgoing(gone.url)), { kind: 'no-answer', because: 'broken-off' })
  const short = await rawServer(t, (socket) =>
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nshort'),
  )
  assert.deepEqual(await net.send(outgoing(short.url)), { kind: 'no-answer', because: 'broken-off' })
  const noise = await rawServer(t, (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
  assert.deepEqual(await net.send(outgoing(noise.url)), { kind: 'no-answer', because: 'broken-off' })
  const port = await closedPort()
  const nobody = await net.send(outgoing(`http://127.0.0.1:${port}/`))
  assert.deepEqual(nobody, { kind: 'no-answer', because: 'refused' })
  const unknown = openNet({ mode: 'live', resolve: async () => [] })
  t.after(unknown.close)
  assert.deepEqual(await unknown.send(outgoing('http://nowhere.example/')), {
    kind: 'no-answer',
    because: 'name-unknown',
  })
})

test('an answer is given whole, with its status, headers and body', async (t) => {
  const bodies: string[] = []
  const server = await httpServer(t, (request, response) => {
    request.on('data', (part: Buffer) => bodies.push(part.toString()))
    request.on('end', () =>
      response.writeHead(418, { 'X-Two': ['a', 'b'], 'retry-after': '7' }).end('short and stout'),
    )
  })
  const answer = await sandbox(t).send(outgoing(server.url, { body: '{"a":"é"}' }))
  assert.ok(answer.kind === 'answer')
  assert.equal(answer.status, 418)
  assert.equal(answer.headers['retry-after'], '7')
  assert.equal(answer.headers['x-two'], 'a, b')
  assert.equal(Buffer.from(answer.body).toString(), 'short and stout')
  assert.deepEqual(bodies, ['{"a":"é"}'])
})

function dribble(
  socket: { write: (text: string) => unknown; on: (e: 'close', f: () => void) => unknown },
  head: string,
  everyMs: number,
): void {
  socket.write(head)
  const drip = setInterval(() => socket.write('x'), everyMs)
  socket.on('close', () => clearInterval(drip))
}

async function closedPort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { readonly port: number }
  await new Promise((done) => server.close(done))
  return port
}
