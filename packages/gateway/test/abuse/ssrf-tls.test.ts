import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Answered } from '../../src/core/ports.ts'
import { openNet } from '../../src/outside/fetch/net.ts'
import { makeAuthority, selfSigned, type Issued } from './certificates.ts'
import { httpsServer, outgoing } from './servers.ts'

const authority = makeAuthority()
const refused: Answered = { kind: 'no-answer', because: 'tls' }

async function knock(
  t: TestContext,
  shown: Issued,
): Promise<{ readonly answer: Answered; readonly said: readonly string[] }> {
  const said: string[] = []
  const server = await httpsServer(t, { cert: shown.cert, key: shown.key }, (request, response) => {
    const { servername } = request.socket as { readonly servername?: unknown }
    said.push(String(servername), String(request.headers.host))
    response.end('ok')
  })
  const net = openNet({
    mode: 'sandbox',
    authority: authority.cert,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  })
  t.after(net.close)
  const answer = await net.send(outgoing(`https://shop.example:${server.port}/`))
  return { answer, said: said.map((text) => text.replace(`:${server.port}`, '')) }
}

test('a certificate of the right host by a known authority is taken; SNI and Host carry the name, not the address [money 52]', async (t) => {
  const { answer, said } = await knock(t, authority.issue({ host: 'shop.example' }))
  assert.ok(answer.kind === 'answer')
  assert.equal(answer.status, 200)
  assert.deepEqual(said, ['shop.example', 'shop.example'])
})

test('an expired certificate is refused [money 53]', async (t) => {
  const until = new Date(Date.now() - 60_000)
  const from = new Date(Date.now() - 86_400_000)
  const { answer, said } = await knock(t, authority.issue({ host: 'shop.example', from, until }))
  assert.deepEqual(answer, refused)
  assert.deepEqual(said, [])
})

test('a certificate of another host is refused [money 53]', async (t) => {
  assert.deepEqual((await knock(t, authority.issue({ host: 'evil.example' }))).answer, refused)
})

test('a self-signed certificate is refused [money 53]', async (t) => {
  assert.deepEqual((await knock(t, selfSigned('shop.example'))).answer, refused)
})

test('a certificate by an unknown authority is refused [money 53]', async (t) => {
  assert.deepEqual((await knock(t, makeAuthority().issue({ host: 'shop.example' }))).answer, refused)
})
