// The known-bad house: a small copy of the plan in which every rule is broken once. It is copied to a folder of its own
// with the real configurations beside it, so that what is proved is the fence that runs, and real runs never see it.
import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../../../..')
const source = path.join(import.meta.dirname, 'house')

const configs = [
  '.dependency-cruiser.cjs',
  // Without it the linter walks into every linked package.
  '.gitignore',
  '.oxlintrc.json',
  '.prettierrc.json',
  '.prettierignore',
  'knip.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.all.json',
  'scripts/ratchet.json',
  'packages/gateway/test/fences/verbs.json',
  'packages/wire/tsconfig.json',
  'packages/wire/tsconfig.src.json',
  'packages/wire/tsconfig.test.json',
  'packages/sdk/tsconfig.json',
  'packages/sdk/tsconfig.src.json',
  'packages/sdk/tsconfig.test.json',
  'packages/simulators/tsconfig.json',
  'packages/gateway/tsconfig.json',
  'examples/merchant/tsconfig.json',
  'bench/tsconfig.json',
]

/** What a file's first line says must catch it: `// caught by: rooms no-cycles, lint eqeqeq`, or `nothing`. */
export type Fixture = { readonly file: string; readonly expected: readonly string[] }

/** Builds the house in a temporary folder. The caller removes it. */
export function buildHouse(): string {
  const house = mkdtempSync(path.join(tmpdir(), 'lango-fences-'))
  for (const file of files()) cpSync(path.join(source, file), path.join(house, nameInHouse(file)))
  for (const config of configs) cpSync(path.join(root, config), path.join(house, config))
  lendModules(house)
  return house
}

export function removeHouse(house: string): void {
  rmSync(house, { recursive: true, force: true })
}

/** Links every installed package, except our own: those must be the known-bad house's. */
function lendModules(house: string): void {
  const modules = path.join(house, 'node_modules')
  mkdirSync(path.join(modules, '@lango'), { recursive: true })
  for (const lender of [
    'node_modules',
    'packages/gateway/node_modules',
    'packages/simulators/node_modules',
  ]) {
    const folder = path.join(root, lender)
    if (!existsSync(folder)) continue
    for (const name of readdirSync(folder)) {
      if (name === '@lango' || name.startsWith('.') || existsSync(path.join(modules, name))) continue
      symlinkSync(path.join(folder, name), path.join(modules, name), 'junction')
    }
  }
  for (const name of ['wire', 'sdk', 'simulators']) {
    symlinkSync(path.join(house, 'packages', name), path.join(modules, '@lango', name), 'junction')
  }
}

/** Every known-bad file, by its name in the house, with what must catch it, from its own first line. */
export function fixtures(): readonly Fixture[] {
  return files().flatMap((file) => {
    const said = file.endsWith('.ts') ? caughtBy(readFileSync(path.join(source, file), 'utf8')) : undefined
    if (said === undefined) return []
    return [{ file: nameInHouse(file), expected: said.split(', ').filter((name) => name !== 'nothing') }]
  })
}

function files(): readonly string[] {
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(source, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}

/** A known-bad test is kept under another name, lest somebody's test run finds it. */
function nameInHouse(file: string): string {
  return file.replace(/\.test-fixture\.ts$/, '.test.ts')
}

function caughtBy(text: string): string | undefined {
  return /^\/\/ caught by: (.+)$/m.exec(text)?.[1]
}

/** Runs a program of ours or of a package under this Node, and gives what it printed however it ended. */
export async function run(cwd: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return await new Promise((resolve) => {
    const options = {
      cwd,
      maxBuffer: 256 * 1024 * 1024,
      timeout: 60_000,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    }
    execFile(process.execPath, args, options, (fault, stdout, stderr) => {
      const code = fault === null ? 0 : typeof fault.code === 'number' ? fault.code : 1
      resolve({ code, output: stdout === '' ? stderr : stdout })
    })
  })
}
