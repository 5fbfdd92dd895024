import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Answered, Net } from '../../src/core/ports.ts'
import type { Resolve } from '../../src/outside/fetch/lookup.ts'
import { openNet, type NetOptions } from '../../src/outside/fetch/net.ts'
import { httpServer, outgoing } from './servers.ts'

const forbidden: Answered = { kind: 'no-answer', because: 'address-forbidden' }

function net(t: TestContext, options: NetOptions): Net {
  const opened = openNet(options)
  t.after(opened.close)
  return opened
}

function at(...addresses: readonly string[]): Resolve {
  return async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
}

test('in live mode a notice reaches neither loopback by address nor by name [money 51]', async (t) => {
  let knocks = 0
  const server = await httpServer(t, (_request, response) => {
    knocks += 1
    response.end()
  })
  const live = net(t, { mode: 'live' })
  for (const host of ['127.0.0.1', '[::1]', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0', '[::]']) {
    assert.deepEqual(await live.send(outgoing(`http://${host}:${server.port}/`)), forbidden, host)
  }
  for (const host of ['2130706433', '0x7f.1', '0177.0.0.1', 'localhost.']) {
    const refused = { kind: 'no-answer', because: 'url-forbidden' }
    assert.deepEqual(await live.send(outgoing(`http://${host}:${server.port}/`)), refused, host)
  }
  assert.equal(knocks, 0)
})

test('a name that points inside is refused when the socket connects [money 51]', async (t) => {
  const inside = [
    '127.0.0.1', '10.1.2.3', '172.16.5.5', '192.168.0.10', '100.64.1.1', '169.254.169.254', '0.0.0.0', '224.0.0.1',
    '::1', 'fc00::1', 'fe80::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::',
  ] // prettier-ignore
  for (const address of inside) {
    const live = net(t, { mode: 'live', resolve: at(address) })
    assert.deepEqual(await live.send(outgoing('http://shop.example/')), forbidden, address)
  }
})

test('one private address among public ones is enough to refuse a name [money 51]', async (t) => {
  const live = net(t, { mode: 'live', resolve: at('8.8.8.8', '10.0.0.1') })
  assert.deepEqual(await live.send(outgoing('http://shop.example/')), forbidden)
})

test('the sandbox reaches loopback by name, and no other inside address', async (t) => {
  const server = await httpServer(t, (request, response) => response.end(request.headers.host))
  const sandbox = net(t, { mode: 'sandbox', resolve: at('127.0.0.1') })
  const answer = await sandbox.send(outgoing(`http://shop.example:${server.port}/`))
  assert.ok(answer.kind === 'answer')
  assert.equal(Buffer.from(answer.body).toString(), `shop.example:${server.port}`)
  const inside = net(t, { mode: 'sandbox', resolve: at('10.0.0.1') })
  assert.deepEqual(await inside.send(outgoing('http://shop.example/')), forbidden)
})

test('what an operator configured may be on a private address', async (t) => {
  const server = await httpServer(t, (_request, response) => response.end('provider'))
  const live = net(t, { mode: 'live', resolve: at('127.0.0.1') })
  const answer = await live.send(outgoing(`http://provider.example:${server.port}/`, { trust: 'configured' }))
  assert.equal(answer.kind, 'answer')
  assert.deepEqual(await live.send(outgoing(`http://provider.example:${server.port}/`)), forbidden)
})

test('a name is resolved once a connection, and the socket goes where the check looked [money 52]', async (t) => {
  const seen: string[] = []
  const honest = await httpServer(t, (_request, response) => {
    seen.push('checked')
    response.setHeader('connection', 'close').end()
  })
  let asked = 0
  const rebinding: Resolve = async () => {
    asked += 1
    // Loopback stands for the public address here; whoever asks a second time is sent inside.
    return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }]
  }
  const sandbox = net(t, { mode: 'sandbox', resolve: rebinding })
  const first = await sandbox.send(outgoing(`http://rebind.example:${honest.port}/`))
  assert.equal(first.kind, 'answer')
  assert.equal(asked, 1)
  // A new connection is a new check: the second answer is judged, not trusted because the first was good.
  assert.deepEqual(await sandbox.send(outgoing(`http://rebind.example:${honest.port}/`)), forbidden)
  assert.equal(asked, 2)
  assert.deepEqual(seen, ['checked'])
})

test('a redirect is an answer and is never followed [money 50]', async (t) => {
  const seen: string[] = []
  const server = await httpServer(t, (request, response) => {
    seen.push(request.url ?? '')
    response
      .writeHead(302, { location: request.url === '/' ? '/inside' : 'http://169.254.169.254/latest/' })
      .end()
  })
  const sandbox = net(t, { mode: 'sandbox' })
  const answer = await sandbox.send(outgoing(server.url))
  assert.ok(answer.kind === 'answer')
  assert.equal(answer.status, 302)
  assert.deepEqual(seen, ['/'])
})

test('credentials, line breaks and foreign ports in an address are refused before anything is asked [money 54] [money 55]', async (t) => {
  let asked = 0
  const live = net(t, {
    mode: 'live',
    resolve: async () => {
      asked += 1
      return [{ address: '8.8.8.8', family: 4 }]
    },
  })
  const urls = [
    'http://user:x@shop.example/',
    'http://shop.example/\r\nX: y',
    ...[22, 25, 6379].map((port) => `http://shop.example:${port}/`),
  ]
  for (const url of urls) {
    assert.deepEqual(await live.send(outgoing(url)), { kind: 'no-answer', because: 'url-forbidden' }, url)
  }
  assert.equal(asked, 0)
})

test('a proxy named in the environment is not used', async (t) => {
  let proxied = 0
  const proxy = await httpServer(t, (_request, response) => {
    proxied += 1
    response.end()
  })
  const server = await httpServer(t, (_request, response) => response.end('direct'))
  const before = process.env['http_proxy']
  process.env['http_proxy'] = proxy.url
  t.after(() => {
    if (before === undefined) delete process.env['http_proxy']
    else process.env['http_proxy'] = before
  })
  const answer = await net(t, { mode: 'sandbox' }).send(outgoing(server.url))
  assert.ok(answer.kind === 'answer' && Buffer.from(answer.body).toString() === 'direct')
  assert.equal(proxied, 0)
})
