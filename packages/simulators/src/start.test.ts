import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { isLoopback } from './loopback.ts'
import { otherSide } from './other-side.fixture.ts'

const statusWith = (url: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })

test('a page of another origin and a foreign host name are kept out', async (t) => {
  const { url } = await otherSide(t)
  assert.equal(await statusWith(`${url}/healthz`, {}), 200)
  assert.equal(await statusWith(`${url}/healthz`, { origin: 'http://localhost:4000' }), 200)
  assert.equal(await statusWith(`${url}/control/phone/prompts`, { origin: 'https://evil.example' }), 403)
  assert.equal(await statusWith(`${url}/control/phone/prompts`, { origin: 'null' }), 403)
  assert.equal(await statusWith(`${url}/control/phone/prompts`, { host: 'rebound.example:4002' }), 403)
  assert.equal(await statusWith(`${url}/inbox/x`, { host: 'localhost.evil.example' }), 403)
})

test('loopback is known in each of its spellings, and nothing else is taken for it', () => {
  for (const host of ['127.0.0.1', '127.9.9.9', '::1', '[::1]', 'localhost', '::ffff:127.0.0.1']) {
    assert.ok(isLoopback(host), host)
  }
  for (const host of [
    '',
    '10.0.0.1',
    '::ffff:10.0.0.1',
    '127.0.0.1.example',
    'localhost.example',
    '0.0.0.0',
  ]) {
    assert.ok(!isLoopback(host), host)
  }
})

test('the phone’s events are streamed as they happen, and a listener that returns hears what it missed', async (t) => {
  const side = await otherSide(t)
  const listen = async (headers: Record<string, string>) => {
    const answer = await fetch(`${side.url}/control/phone/events`, { headers })
    assert.equal(answer.headers.get('content-type'), 'text/event-stream')
    const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = answer.body?.getReader()
    let text = ''
    const hear = async (what: RegExp): Promise<string> => {
      while (!what.test(text)) text += new TextDecoder().decode((await reader?.read())?.value)
      return text
    }
    return { hear, leave: () => reader?.cancel() }
  }
  const first = await listen({})
  await first.hear(/listening/)
  await side.push()
  const heard = await first.hear(/event: prompt\ndata: .*\n\n/)
  assert.match(heard, /"accountReference":"WQBGPWRR"/)
  assert.ok(!heard.includes('/channels/'), 'the callback address and its secret stay out')
  await first.leave()
  await side.control('POST', '/phone/prompts/1', { answer: 'cancel' })
  const again = await listen({ 'last-event-id': '1' })
  await again.hear(/id: 2\nevent: end\n/)
  await again.leave()
})

test('the timings can be changed while it runs', async (t) => {
  const side = await otherSide(t)
  const changed = await side.control('POST', '/daraja', { promptLivesMs: 5_000 })
  assert.equal(changed.json['promptLivesMs'], 5_000)
  assert.equal((await side.control('POST', '/daraja', { promptLivesMs: 'long' })).status, 400)
  await side.push()
  side.clock.advance(5_000)
  assert.match((await side.arrives(1))[0] ?? '', /"ResultCode":1037/)
})

test('the program says where it listens, answers, and stops on SIGTERM with callers still waiting', async (t) => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, [main], { env: { ...process.env, PORT: '0', SEED: 'a seed' } })
  t.after(() => child.kill('SIGKILL'))
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const found = /http:\S+(?=, seed a seed\n)/.exec(said)
      if (found !== null) resolve(found[0])
    })
    child.on('exit', () => reject(new Error('it ended before it listened')))
  })
  assert.equal((await fetch(`${url}/healthz`)).status, 200)
  await fetch(`${url}/control/inbox/dead`, { method: 'POST', body: '{"manner":"hanging"}' })
  const hanging = fetch(`${url}/inbox/dead`, { method: 'POST', body: '{}' }).catch(() => 'cut')
  await new Promise((resolve) => setTimeout(resolve, 50))
  child.kill('SIGTERM')
  assert.equal(await ended, 0)
  assert.equal(await hanging, 'cut')
})
