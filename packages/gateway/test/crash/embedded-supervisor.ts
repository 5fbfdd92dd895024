import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

export type Told = {
  readonly connectionString: string
  readonly adopted: boolean
  readonly pid: number
  readonly socketFolder: string
  readonly code: string
  readonly message: string
}

export type Supervisor = {
  readonly process: ChildProcess
  readonly told: Told
  /** Ends it with the signal and waits until it is gone. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

const program = fileURLToPath(new URL('./embedded.fixture.ts', import.meta.url))

/** Starts the fixture on a folder and waits for what it tells. */
export async function supervisor(
  dataFolder: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Supervisor> {
  const { NODE_TEST_CONTEXT: _context, ...clean } = env
  const child = spawn(process.execPath, [program, dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: clean,
  })
  const lines = createInterface({ input: child.stdout })
  const [line] = (await once(lines, 'line')) as [string]
  return {
    process: child,
    told: JSON.parse(line) as Told,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill(signal)
      await gone
    },
  }
}

export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'lango-crash-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Runs one statement on a connection of its own. */
export async function query(connectionString: string, statement: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement)
    return rows
  } finally {
    await client.end().catch(() => undefined)
  }
}
