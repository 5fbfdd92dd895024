import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { attachEmbedded } from '../../src/outside/embedded-postgres/attach.ts'
import { temporaryFolder } from './embedded-supervisor.ts'

const folder = temporaryFolder()
const data = join(folder.path, 'data')
after(folder.remove)

const program = fileURLToPath(new URL('./embedded-gateway.fixture.ts', import.meta.url))

type Started = {
  readonly child: ChildProcess
  readonly told: { readonly message?: string; readonly mode?: string }
}

async function startGateway(port: number, stdio: 'ipc' | 'ignore' = 'ignore'): Promise<Started> {
  const env = {
    PATH: process.env['PATH'],
    PORT: String(port),
    LANGO_DATA: data,
    LANGO_MODE: 'live',
    LANGO_PUBLIC_URL: 'https://pay.example.org',
  }
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit', stdio] })
  assert.ok(child.stdout !== null)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, told: JSON.parse(line) as Started['told'] }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

test('SIGTERM cuts no request: what was asked is answered, then gateway and database are gone, exit code 0', async () => {
  const port = await freePort()
  const { child, told } = await startGateway(port)
  assert.equal(told.mode, 'live', told.message)
  const slow = fetch(`http://127.0.0.1:${port}/slow`, { headers: { connection: 'close' } })
  await sleep(200)
  child.kill('SIGTERM')
  const [code] = (await once(child, 'exit')) as [number]
  assert.equal((await slow).status, 200)
  assert.match(await (await slow).text(), /^postgres:/)
  assert.equal(code, 0)
  assert.equal(await attachEmbedded(data), null)
})

test('the same signal twice at once, as npm and a terminal send it, is one request to stop', async () => {
  const port = await freePort()
  const { child } = await startGateway(port)
  const slow = fetch(`http://127.0.0.1:${port}/slow`, { headers: { connection: 'close' } })
  await sleep(200)
  child.kill('SIGINT')
  child.kill('SIGINT')
  child.kill('SIGTERM')
  const [code] = (await once(child, 'exit')) as [number]
  assert.equal((await slow).status, 200)
  assert.equal(code, 0)
})

test('when the launcher is killed outright, the gateway that it started stops by itself', async () => {
  const { child } = await startGateway(await freePort(), 'ipc')
  child.disconnect()
  const [code] = (await once(child, 'exit')) as [number]
  assert.equal(code, 0)
  assert.equal(await attachEmbedded(data), null)
})

test('a port that is in use is told with its number and what to do, and the database is given back', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  try {
    const { child, told } = await startGateway(port)
    assert.equal(
      told.message,
      `127.0.0.1:${port} is in use by another program. Stop that one, or choose another port: PORT=4100 npm start`,
    )
    if (child.exitCode === null) await once(child, 'exit')
    assert.equal(child.exitCode, 1)
    assert.equal(await attachEmbedded(data), null)
  } finally {
    taken.close()
  }
})

test('a second gateway on the folder of a first is told so, with an exit code of its own', async () => {
  const first = await startGateway(await freePort())
  const second = await startGateway(await freePort())
  if (second.child.exitCode === null) await once(second.child, 'exit')
  assert.match(
    second.told.message ?? '',
    new RegExp(`is held by process ${first.child.pid} \\("lango start"\\)`),
  )
  assert.equal(second.child.exitCode, 3)
  first.child.kill('SIGTERM')
  await once(first.child, 'exit')
})
