import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { threeFreePorts } from '../ground/ports.ts'
import type { Rig } from '../rig.ts'
import { median } from '../statistics.ts'
import { grouped, type Row } from '../table.ts'

const launcher = fileURLToPath(new URL('../../../scripts/launch.mjs', import.meta.url))
const allowedSeconds = 2
const megabyte = 1024 * 1024

/** Memory of the gateway after all that was done to it, beside a server that does nothing. */
export async function measureMemory({ gateway, bare }: Rig): Promise<readonly Row[]> {
  const [own, least] = [await gateway.child.usage(), await bare.child.usage()]
  return [
    {
      what: 'memory after the load (resident)',
      measured: `${grouped(own.rssBytes / megabyte)} MB`,
      baseline: `${grouped(least.rssBytes / megabyte)} MB bare node:http`,
      ratio: least.rssBytes / own.rssBytes,
    },
  ]
}

/** From `npm start`'s program to the first answer, on a data folder that a start made before: demo, shop and all. */
export async function measureStartUp(rig: Rig): Promise<readonly Row[]> {
  rig.say('Starting on an empty folder…')
  const folder = join(rig.folder, 'data')
  await startOnce(folder)
  const times: number[] = []
  for (let round = 1; round <= rig.size.rounds; round += 1) {
    rig.say(`Second start, round ${round} of ${rig.size.rounds}…`)
    times.push(await startOnce(folder))
  }
  const ratios = times.map((seconds) => allowedSeconds / seconds)
  return [
    {
      what: 'second start to first answer',
      measured: `${median(times).toFixed(2)} s`,
      baseline: `${allowedSeconds} s allowed`,
      ratio: allowedSeconds / median(times),
      spread: [Math.min(...ratios), Math.max(...ratios)],
      bound: { kind: 'must', atLeast: 1 },
    },
  ]
}

/** Seconds until something is answered; the process is stopped again as Ctrl-C does. */
async function startOnce(folder: string): Promise<number> {
  const port = await threeFreePorts()
  const { DATABASE_URL: _external, ...rest } = process.env
  const env = { ...rest, LANGO_DATA: folder, PORT: String(port) }
  const began = performance.now()
  const child = spawn(process.execPath, [launcher, 'start'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (said += text.toString()))
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the start ended:\n${said}`)
      if (await answers(port)) return (performance.now() - began) / 1000
      await sleep(5)
    }
  } finally {
    child.kill('SIGINT')
    await ended
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' })
    return true
  } catch {
    return false
  }
}
