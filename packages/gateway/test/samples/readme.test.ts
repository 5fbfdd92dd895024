/** What a newcomer pastes from README.md works as it stands. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { startSimulators } from '@lango/simulators'
import { seedDemo } from '../../src/cli/demo.ts'
import { loadConfig } from '../../src/config.ts'
import { freshDatabase } from '../cluster.ts'
import { openWorld, testMasterKey } from '../world.ts'
import { read } from './documents.ts'

test('the payment in one paste: a bill, a bank’s confirm, settled, and the notice in the inbox', async () => {
  const database = await freshDatabase()
  const port = await threeFreePorts()
  const simulators = await startSimulators({ port: port + 2, seed: 'readme' })
  const config = loadConfig({
    PORT: String(port),
    DATABASE_URL: database.url,
    LANGO_MASTER_KEY: Buffer.from(testMasterKey).toString('base64'),
  })
  await seedDemo(config, { databaseUrl: database.url, say: () => undefined })
  const world = await openWorld({ databaseUrl: database.url, port, publicUrl: config.publicUrl })
  world.house.startJobs()
  try {
    const { out, err, code } = await paste(port)
    assert.equal(code, 0, err)
    const [bill = '', confirmed = '', status = ''] = out.split('\n')
    const { invoice_number: number, ...amounts } = JSON.parse(bill) as Readonly<Record<string, string>>
    assert.match(number ?? '', /^[A-Z]{8}$/)
    assert.equal(amounts['amount_expected'], '105.00')
    assert.deepEqual(JSON.parse(confirmed), { status: 200, description: 'Success' })
    const { status: state, ref_no } = JSON.parse(status) as Readonly<Record<string, string>>
    assert.deepEqual([state, ref_no], ['settled', number])
    assert.ok(await inboxHolds(simulators.url, number ?? ''))
  } finally {
    await world.close()
    await simulators.close()
    await database.drop()
  }
})

/** The longest shell block, with the ports of this test in place of the usual ones. */
async function paste(port: number): Promise<{ out: string; err: string; code: number | null }> {
  const blocks = [...read('README.md').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block)
  const journey = blocks.sort((a, b) => b.length - a.length)[0] ?? ''
  const moved = journey.replaceAll(/:400([012])\b/g, (_, place: string) => `:${port + Number(place)}`)
  const { PATH = '', HOME = '' } = process.env
  const child = spawn('bash', ['-c', moved], { env: { PATH, HOME }, timeout: 60_000 })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { out: out.trim(), err, code }
}

async function inboxHolds(simulatorsUrl: string, number: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`${simulatorsUrl}/control/inbox/duka`)
    if ((await answer.text()).includes(number)) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}

/** The gateway's port, with the next two free as well. */
async function threeFreePorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = await freePort(0)
    if (port === null || port > 65_000) continue
    const next = await Promise.all([freePort(port + 1), freePort(port + 2)])
    if (!next.includes(null)) return port
  }
  throw new Error('no three ports in a row are free')
}

async function freePort(wanted: number): Promise<number | null> {
  return await new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(null))
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null))
    })
  })
}
