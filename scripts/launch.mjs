// The one door of every npm script. Plain JavaScript for any Node from 18 on and without a dependency, because it
// runs before anything is installed: it installs what is missing, picks a Node that runs TypeScript as it is,
// and hands over to the program that was asked for.
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureInstalled } from './install.mjs'
import { bundledNode, minimumMajor } from './node.mjs'

const root = resolve(fileURLToPath(new URL('..', import.meta.url)))

/** What may be launched: the program's file, and the arguments that stand before the caller's own. */
const programs = {
  start: { file: 'packages/gateway/src/cli/lango.ts', leading: ['start'] },
  lango: { file: 'packages/gateway/src/cli/lango.ts', leading: [] },
  test: { file: 'packages/gateway/test/run.ts', leading: [] },
  bench: { file: 'bench/src/main.ts', leading: [] },
  check: { file: 'scripts/check.mjs', leading: [] },
  cases: { file: 'scripts/cases.mjs', leading: [] },
}

/**
 * Runs one of the programs with the caller's arguments. Never returns to its caller in a useful way: either the
 * program has been imported into this process, or this process ends with the exit code of the one that ran it.
 */
export async function launch([name, ...rest]) {
  const program = Object.hasOwn(programs, name ?? '') ? programs[name] : undefined
  if (program === undefined) {
    console.error(`usage: node scripts/launch.mjs <${Object.keys(programs).join('|')}> [arguments]`)
    process.exit(2)
  }
  try {
    await ensureInstalled(root)
    const file = join(root, program.file)
    if (!existsSync(file)) throw new Error(`${program.file} is not in this checkout.`)
    const given = [...program.leading, ...rest]
    if (runsTypeScript()) await runHere(file, given)
    else await runThere(bundledNode(root), file, given)
  } catch (error) {
    console.error(`lango: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
}

function runsTypeScript() {
  return Number(process.versions.node.split('.')[0]) >= minimumMajor
}

/** In this very process: no second process to keep alive, signals and exit code are simply our own. */
async function runHere(file, given) {
  // Compiled code (types already stripped) is kept beside the packages, so that a second start parses nothing again.
  module.enableCompileCache?.(join(root, 'node_modules/.cache/lango-compiled'))
  process.argv = [process.execPath, file, ...given]
  await import(pathToFileURL(file).href)
}

/**
 * In a newer Node. The channel to it tells it when this process is gone: a launcher that was killed outright could
 * not forward anything, and the gateway would go on serving with nobody knowing.
 */
async function runThere(node, file, given) {
  const child = spawn(node, [fileURLToPath(import.meta.url), '--hand-over', file, ...given], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
    process.on(signal, () => child.kill(signal))
  }
  const [code, signal] = await new Promise((done, failed) => {
    child.once('error', failed)
    child.once('exit', (...ended) => done(ended))
  })
  process.exit(signal === null ? code : 128 + (constants.signals[signal] ?? 0))
}

const startedAs = process.argv[1] === undefined ? '' : realpathSync(process.argv[1])
if (startedAs === fileURLToPath(import.meta.url)) {
  const [first, file, ...given] = process.argv.slice(2)
  if (first === '--hand-over') await runHere(file, given)
  else await launch(process.argv.slice(2))
}
