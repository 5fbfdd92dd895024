import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openWorld, testMasterKey, type World, type WorldOptions } from './world.ts'

export type Ran = { readonly code: number; readonly out: string; readonly err: string }

/** `lango` in processes of its own, over the database of a running world. */
export type CommandLine = {
  readonly world: World
  /** Its data folder, for files too. */
  readonly folder: string
  /** Runs one command; `other` settings win, an undefined one is not set. */
  readonly run: (
    words: readonly string[],
    other?: Readonly<Record<string, string | undefined>>,
  ) => Promise<Ran>
  readonly close: () => Promise<void>
}

const lango = fileURLToPath(new URL('../src/cli/lango.ts', import.meta.url))
const start = promisify(execFile)

export async function openCommandLine(options: WorldOptions = {}): Promise<CommandLine> {
  const world = await openWorld(options)
  const folder = mkdtempSync(join(tmpdir(), 'lango-cli-'))
  return {
    world,
    folder,
    run: async (words, other = {}) => {
      const env = {
        ...process.env,
        DATABASE_URL: world.databaseUrl,
        LANGO_DATA: folder,
        LANGO_MASTER_KEY: Buffer.from(testMasterKey).toString('base64'),
        ...other,
      }
      try {
        const { stdout, stderr } = await start(process.execPath, [lango, ...words], { env })
        return { code: 0, out: stdout, err: stderr }
      } catch (fault) {
        const { code, stdout, stderr } = fault as { code: number; stdout: string; stderr: string }
        return { code, out: stdout, err: stderr }
      }
    },
    close: async () => {
      await world.close()
      rmSync(folder, { recursive: true })
    },
  }
}
