import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readSync, renameSync, statSync, fstatSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { environment } from './cluster.ts'
import type { Place } from './cluster.ts'
import { isAlive } from './process-identity.ts'
import { readPostmaster } from './server-file.ts'
import { socketPort } from './socket-folder.ts'

/** A server process that has been started; `ended` settles with its last words when it is gone. */
export type Running = { readonly pid: number; readonly ended: Promise<string> }

/** What no setting in postgresql.conf may change; the command line wins over that file. */
function mustHold(socketFolder: string, durable: boolean): readonly string[] {
  const sync = durable ? 'on' : 'off'
  return [
    'listen_addresses=',
    `port=${socketPort}`,
    `unix_socket_directories=${socketFolder}`,
    'unix_socket_permissions=0700',
    'ssl=off',
    'logging_collector=off',
    `fsync=${sync}`,
    `full_page_writes=${sync}`,
    `synchronous_commit=${sync}`,
  ]
}

/**
 * Starts the server and waits until it accepts connections; throws its last words when it ends before. After a crash
 * that may take as long as the recovery does: the process ends or becomes ready, there is no third way to wait for.
 */
export async function startServer(place: Place, socketFolder: string, durable: boolean): Promise<Running> {
  rotate(place.log)
  const log = openSync(place.log, 'a', 0o600)
  const from = fstatSync(log).size
  const [command = '', ...args] = [
    ...place.runAs.prefix,
    place.binaries.postgres,
    '-D',
    place.cluster,
    ...mustHold(socketFolder, durable).flatMap((setting) => ['-c', setting]),
  ]
  // In a process group of its own: Ctrl-C in a terminal must reach the gateway alone, which lets its requests finish first.
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: environment(place.binaries),
  })
  closeSync(log)
  const ended = new Promise<string>((done) => {
    child.once('error', (error) => done(error.message))
    child.once('exit', (code, signal) =>
      done(`PostgreSQL ended with ${signal ?? code}: ${logFrom(place.log, from)}`),
    )
  })
  let words: string | null = null
  void ended.then((last) => (words = last))
  while (words === null) {
    const found = readPostmaster(place.cluster)
    if (found !== null && found.pid === child.pid && found.status === 'ready')
      return { pid: found.pid, ended }
    await sleep(4)
  }
  throw new Error(words)
}

/** A server that another process started: nobody tells us of its end, so we look. */
export function watchServer(pid: number): Running {
  return { pid, ended: gone(pid).then(() => `PostgreSQL (process ${pid}) ended`) }
}

/** Resolves when the process is no more. */
export async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(20)
}

/** The server's log since `from`, at most its last 4 kB. */
function logFrom(log: string, from: number): string {
  if (!existsSync(log)) return ''
  const file = openSync(log, 'r')
  try {
    const size = fstatSync(file).size
    const start = Math.max(from, size - 4096)
    const buffer = Buffer.alloc(Math.max(0, size - start))
    readSync(file, buffer, 0, buffer.length, start)
    return buffer.toString('utf8').trim()
  } finally {
    closeSync(file)
  }
}

const longestLog = 8 * 1024 * 1024

/** One older log is kept. Only at a start: the running server holds the file open. */
function rotate(log: string): void {
  if (existsSync(log) && statSync(log).size > longestLog) renameSync(log, `${log}.1`)
}
