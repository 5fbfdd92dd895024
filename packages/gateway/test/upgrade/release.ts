/** A release as an operator runs it: a folder with its sources, its commands, and a gateway process. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export type Release = {
  /** Runs a command; throws with what it said when its exit code is not 0. */
  readonly lango: (...words: readonly string[]) => Promise<string>
  /** Runs a command that makes one thing, and returns what it shows of it. */
  readonly make: (...words: readonly string[]) => Promise<Readonly<Record<string, string>>>
  /** What the doctor finds wrong; a server of tests is not durable, and that is left out. */
  readonly wrong: () => Promise<readonly Finding[]>
  readonly start: () => Promise<Gateway>
}

type Finding = { readonly check: string; readonly verdict: string; readonly says: string }

export type Gateway = {
  readonly url: string
  /** Ends it as a service manager does, and returns its exit code. */
  readonly stop: () => Promise<number | null>
}

const checkout = fileURLToPath(new URL('../../../..', import.meta.url))
const execute = promisify(execFile)

/** Of the sources in a folder, over a database and with the master key that all processes on it share. */
export function releaseIn(folder: string, env: Readonly<Record<string, string>>): Release {
  const program = join(folder, 'packages/gateway/src/cli/lango.ts')
  const { PATH = '', HOME = '' } = process.env
  const settings = {
    PATH,
    HOME,
    LANGO_MODE: 'live',
    LANGO_PUBLIC_URL: 'https://gate.example',
    LANGO_LOG: 'error',
    ...env,
  }
  const lango = async (...words: readonly string[]): Promise<string> =>
    (await execute(process.execPath, [program, ...words, '--json'], { env: settings })).stdout
  return {
    lango,
    make: async (...words) => {
      const { created } = JSON.parse(await lango(...words)) as { created: readonly Record<string, string>[] }
      return created[0] ?? {}
    },
    wrong: async () => {
      // The doctor ends with exit code 1 when something is wrong, and has printed its findings.
      const printed = await lango('doctor').catch((fault: unknown) => (fault as { stdout: string }).stdout)
      const { findings } = JSON.parse(printed) as { findings: readonly Finding[] }
      return findings.filter(({ check, verdict }) => verdict === 'bad' && check !== 'durability')
    },
    start: async () => await startGateway(program, settings),
  }
}

async function startGateway(program: string, settings: Readonly<Record<string, string>>): Promise<Gateway> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { ...settings, PORT: String(port) }
  const child = spawn(process.execPath, [program, 'start'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const gone = once(child, 'exit') as Promise<[number | null]>
  const until = performance.now() + 30_000
  while ((await readiness(url)) !== 200) {
    if (child.exitCode !== null || performance.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`no gateway came up: ${said}`)
    }
    await sleep(50)
  }
  return {
    url,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      const [code] = await gone
      return code
    },
  }
}

async function readiness(url: string): Promise<number> {
  return await fetch(`${url}/readyz`).then(
    (answer) => answer.status,
    () => 0,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Unpacks the previous release. The libraries are today's; its own packages are its own. */
export async function unpackPrevious(): Promise<{ readonly folder: string; readonly remove: () => void }> {
  const commit = readFileSync(new URL('./previous-release.txt', import.meta.url), 'utf8').trim()
  const git = async (...words: readonly string[]): Promise<unknown> =>
    await execute('git', ['-C', checkout, ...words])
  await git('cat-file', '-e', `${commit}^{commit}`).catch((cause: unknown) => {
    throw new Error(
      `The previous release, commit ${commit} of previous-release.txt, is not in this clone. Fetch it: ` +
        'git fetch --unshallow, or clone with the whole history.',
      { cause },
    )
  })
  const folder = mkdtempSync(join(tmpdir(), 'lango-previous-'))
  const archive = join(folder, 'sources.tar')
  await git('archive', '--format=tar', `--output=${archive}`, commit)
  await execute('tar', ['-xf', archive, '-C', folder])
  rmSync(archive)
  linkLibraries(folder)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function linkLibraries(folder: string): void {
  const own = readdirSync(join(folder, 'packages'))
  linkAll(join(checkout, 'node_modules'), join(folder, 'node_modules'), new Set(['@lango', '.cache', '.bin']))
  mkdirSync(join(folder, 'node_modules/@lango'))
  for (const name of own)
    symlinkSync(join(folder, 'packages', name), join(folder, 'node_modules/@lango', name))
  // Where two versions of a library are installed, one stands beside the package that wants it.
  for (const name of own) {
    const place = join('packages', name, 'node_modules')
    linkAll(join(checkout, place), join(folder, place), new Set(['.bin']))
  }
}

function linkAll(from: string, to: string, apart: ReadonlySet<string>): void {
  const names = entries(from).filter((name) => !apart.has(name))
  if (names.length === 0) return
  mkdirSync(to, { recursive: true })
  for (const name of names) symlinkSync(join(from, name), join(to, name))
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
