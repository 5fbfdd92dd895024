import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(async () => {
  await world.close()
})

type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** Sends a path as it stands: fetch would mend it first. */
async function ask(path: string, method = 'GET', accept = 'application/json'): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const { hostname, port } = new URL(world.url)
    request({ hostname, port, path, method, headers: { accept } }, (answer) => {
      const chunks: Uint8Array[] = []
      answer.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
      .on('error', reject)
      .end()
  })
}

test('an address that is right under another method is told by 405 with the methods that it takes', async () => {
  for (const [method, path, allow] of [
    ['GET', '/api/PaymentAPI/checkout', 'POST'],
    ['GET', '/api/PaymentAPI/checkout/', 'POST'],
    ['PUT', '/api/payment/confirm', 'POST'],
    ['DELETE', '/api/invoice/payment/status', 'GET, HEAD, POST'],
    ['DELETE', '/docs/payments', 'GET, HEAD'],
  ] as const) {
    const { status, headers, body } = await ask(path, method)
    assert.deepEqual([status, headers['allow']], [405, allow], `${method} ${path}`)
    assert.equal((JSON.parse(body) as { error: string }).error, 'Method Not Allowed')
  }
  const nowhere = await ask('/api/PaymentAPI/nowhere', 'PUT')
  assert.deepEqual([nowhere.status, nowhere.headers['allow']], [404, undefined])
})

test('an address that cannot be read is refused in our words, under our guards, and not repeated', async () => {
  const tooLong = `/docs/${'a'.repeat(300)}`
  for (const [path, status] of [
    ['/docs/%zz', 400],
    [tooLong, 414],
  ] as const) {
    const answer = await ask(path)
    assert.equal(answer.status, status, path)
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    assert.match(String(answer.headers['x-request-id']), /^[0-9a-f-]{36}$/)
    assert.doesNotMatch(answer.body, /FST_|%zz|aaa/)
    assert.equal((JSON.parse(answer.body) as { status: number }).status, status)
    const page = await ask(path, 'GET', 'text/html')
    assert.deepEqual([page.status, page.headers['content-type']], [status, 'text/html; charset=utf-8'])
  }
})
