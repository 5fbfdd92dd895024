import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { mortalPrefix } from '../outside/embedded-postgres/privileges.ts'
import { answersWithin } from './ports.ts'

/** A program that runs beside the gateway in the sandbox, on a port of its own. */
export type Beside = {
  readonly name: string
  /** Relative to the checkout. */
  readonly file: string
  readonly host: string
  readonly port: number
  readonly environment: Readonly<Record<string, string>>
}

export type Running = {
  readonly name: string
  /** Null when it answers; otherwise why it does not. */
  readonly missing: string | null
  readonly stop: () => Promise<void>
}

const checkout = fileURLToPath(new URL('../../../..', import.meta.url))
const patience = 15_000
const gracefully = 5_000

/** Starts it and waits until it answers. Never throws: the gateway is worth having without it. */
export async function startBeside(beside: Beside, say: (line: string) => void): Promise<Running> {
  const file = `${checkout}${beside.file}`
  if (!existsSync(file))
    return { name: beside.name, missing: `${beside.file} is not in this checkout`, stop: nothing }
  const [command, ...args] = [...mortalPrefix('TERM'), process.execPath, file]
  // In a group of its own, so that Ctrl-C reaches the gateway first, which may still be telling the shop something.
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing else of ours: neither the database nor the master key is any business of a shop.
    env: { HOST: beside.host, PORT: String(beside.port), ...beside.environment },
  })
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => say(`[${beside.name}] ${line}`))
  }
  const ended = new AbortController()
  child.once('error', () => ended.abort())
  child.once('exit', () => ended.abort())
  const until = AbortSignal.any([ended.signal, AbortSignal.timeout(patience)])
  const answers = await answersWithin(beside.host, beside.port, until)
  const why = ended.signal.aborted ? 'ended; its words stand above' : `does not answer on port ${beside.port}`
  return {
    name: beside.name,
    missing: answers ? null : `${beside.name} ${why}`,
    stop: () => stopChild(child),
  }
}

const nothing = (): Promise<void> => Promise.resolve()

async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill('SIGTERM')
  await Promise.race([gone, sleep(gracefully, undefined, { ref: false })])
  if (!hasEnded(child)) child.kill('SIGKILL')
  await gone
}

const hasEnded = ({ exitCode, signalCode, pid }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null || pid === undefined
