// What `npm test` runs: one PostgreSQL for the whole run, a migrated template in it, every test file against it, and at
// the very end one line that says how many passed and failed. Arguments name files, folders or parts of paths;
// --name "words" runs the tests whose name holds them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findChromium } from '../../../scripts/chromium.mjs'
import { startEmbedded } from '../src/outside/embedded-postgres/start.ts'
import { countUp } from './run/count.ts'
import type { Counted } from './run/count.ts'
import { findTests } from './run/find-tests.ts'
import { ensureTemplate } from './template.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const isCi = process.env['CI'] === 'true'
/** One test; and all of them together, after which the processes that still run are ended. */
const longestTest = 2 * 60_000
const longestRun = 25 * 60_000

const none: Counted = { passed: 0, failed: 0, skipped: [], empty: [] }

const cutOff = new AbortController()

const { values, positionals } = parseArgs({ allowPositionals: true, options: { name: { type: 'string' } } })
const { counted, unable } = await runAll()
conclude(counted, unable)

/** The last line is the verdict. The exit code is merely set, so that the line is written whole before the end. */
function conclude({ passed, failed, skipped, empty }: Counted, notRun: readonly string[]): void {
  const withoutTests = values.name === undefined ? empty : []
  for (const line of notRun) console.error(`NOT RUN: ${line}`)
  for (const name of skipped) console.error(`NOT RUN: skipped or to do: ${name}`)
  for (const file of withoutTests) console.error(`FAILED: ${file} holds no test`)
  // On a developer's machine what cannot run is named; in CI it is a failure.
  const counts = failed + withoutTests.length + (isCi ? skipped.length + notRun.length : 0)
  const nothing = passed + counts === 0
  if (nothing) console.error('FAILED: no test ran, nothing matches what was asked for')
  console.log(`${passed} passed, ${nothing ? 1 : counts} failed`)
  process.exitCode = counts > 0 || nothing ? 1 : 0
}

async function runAll(): Promise<{ counted: Counted; unable: readonly string[] }> {
  forgetSettings()
  const found = findTests(root, positionals)
  const { files, unable } = await withoutImpossible(found)
  if (files.length === 0) return { counted: none, unable }
  const server = await startServer()
  const stopOn = ['SIGINT', 'SIGTERM'] as const
  const stopEarly = (): void => {
    // The test processes first: they would go on without us.
    cutOff.abort()
    void server.stop().finally(() => process.exit(130))
  }
  for (const signal of stopOn) process.once(signal, stopEarly)
  try {
    process.env['LANGO_TEST_SERVER'] = server.url
    process.env['LANGO_TEST_TEMPLATE'] = await ensureTemplate(server.url)
    return { counted: await runFiles(files), unable }
  } finally {
    for (const signal of stopOn) process.off(signal, stopEarly)
    await server.stop()
  }
}

/** What the developer has set for a gateway of her own must not reach the tests. */
function forgetSettings(): void {
  const ours = /^(LANGO_(?!TEST_)|PG[A-Z]|DATABASE_URL$|PORT$|HOST$)/
  for (const name of Object.keys(process.env)) if (ours.test(name)) Reflect.deleteProperty(process.env, name)
}

/** Browser tests need a real browser; where none can be had they are named, and CI fails for it. */
async function withoutImpossible(
  files: readonly string[],
): Promise<{ files: readonly string[]; unable: string[] }> {
  const isBrowser = (file: string): boolean => file.includes('/test/browser/')
  if (!files.some(isBrowser)) return { files, unable: [] }
  try {
    process.env['LANGO_CHROMIUM'] = await findChromium({ say: (line) => console.error(line) })
    return { files, unable: [] }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const browser = files.filter(isBrowser)
    return {
      files: files.filter((file) => !isBrowser(file)),
      unable: browser.map((file) => `${file}: ${why}`),
    }
  }
}

type Server = { readonly url: string; readonly stop: () => Promise<void> }

async function startServer(): Promise<Server> {
  const given = process.env['LANGO_TEST_SERVER']
  if (given !== undefined) return { url: given, stop: () => Promise.resolve() }
  const dataFolder = mkdtempSync(join(tmpdir(), 'lango-run-'))
  const embedded = await startEmbedded({ dataFolder, doing: 'npm test', durable: false })
  return {
    url: embedded.connectionString,
    stop: async () => {
      await embedded.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

async function runFiles(files: readonly string[]): Promise<Counted> {
  const stream = run({
    files: [...files],
    cwd: root,
    concurrency: 2,
    execArgv: ['--import', new URL('./run/watchdog.ts', import.meta.url).href],
    timeout: longestTest,
    signal: AbortSignal.any([cutOff.signal, AbortSignal.timeout(longestRun)]),
    ...(values.name === undefined ? {} : { testNamePatterns: [new RegExp(RegExp.escape(values.name), 'i')] }),
  })
  const counting = countUp(stream)
  for await (const text of stream.compose<NodeJS.ReadableStream>(new spec())) process.stdout.write(text)
  return counting()
}
