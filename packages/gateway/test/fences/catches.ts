// What each fence caught in a house, as `file → {"fence rule", …}`: the reports of six programs in one form.
import path from 'node:path'
import { root, run } from './known-bad.ts'

export type Caught = ReadonlyMap<string, ReadonlySet<string>>
type Catch = { readonly file: string; readonly rule: string }

const program = (file: string): string => path.join(root, 'node_modules', file)

/** Runs one fence over a house. */
export const fences: Readonly<Record<string, (house: string) => Promise<Caught>>> = {
  rooms: async (house) => {
    const args = [
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
      'packages',
      'examples',
      'bench',
    ]
    const { output } = await run(house, [program('dependency-cruiser/bin/dependency-cruiser.mjs'), ...args])
    const report = JSON.parse(output) as {
      summary: { violations: { from: string; rule: { name: string } }[] }
    }
    return gather(
      report.summary.violations.map(({ from, rule }) => ({ file: from, rule: `rooms ${rule.name}` })),
    )
  },
  lint: async (house) => {
    const { output } = await run(house, [
      program('oxlint/bin/oxlint'),
      '--type-aware',
      '--format',
      'json',
      'packages',
      'examples',
      'bench',
    ])
    const report = JSON.parse(output) as { diagnostics: { filename: string; code?: string }[] }
    return gather(
      report.diagnostics.map(({ filename, code }) => ({ file: filename, rule: `lint ${ruleOf(code)}` })),
    )
  },
  types: async (house) => {
    const { output } = await run(house, [program('typescript/bin/tsc'), '-b', '--pretty', 'false'])
    const lines = output.matchAll(/^([^\s(]+)\(\d+,\d+\): error (TS\d+)/gm)
    return gather([...lines].map(([, file = '', code = '']) => ({ file, rule: `types ${code}` })))
  },
  unused: async (house) => {
    const { output } = await run(house, [
      program('knip/bin/knip.js'),
      '--no-progress',
      '--no-config-hints',
      '--reporter',
      'json',
    ])
    return gather(unusedThings(JSON.parse(output) as Knip))
  },
  format: async (house) => {
    const { output } = await run(house, [program('prettier/bin/prettier.cjs'), '--list-different', '.'])
    return gather(
      output
        .split('\n')
        .filter(Boolean)
        .map((file) => ({ file, rule: 'format' })),
    )
  },
  coverage: async (house) => {
    const { output } = await run(house, [path.join(root, 'scripts/type-coverage.mjs'), '.'])
    const lines = output.matchAll(/^([^\s:]+):\d+:\d+ (\w+)/gm)
    return gather([...lines].map(([, file = '', name = '']) => ({ file, rule: `coverage ${name}` })))
  },
}

type Named = { readonly name: string }
type Knip = {
  readonly issues: readonly ({ readonly file: string } & Readonly<
    Partial<Record<'files' | 'exports' | 'types' | 'unlisted' | 'dependencies', readonly Named[]>>
  >)[]
}

function unusedThings(report: Knip): readonly Catch[] {
  return report.issues.flatMap(
    ({ file, files = [], exports = [], types = [], unlisted = [], dependencies = [] }) =>
      [...files, ...exports, ...types, ...unlisted, ...dependencies].map(({ name }) => ({
        file,
        rule: `unused ${path.basename(name)}`,
      })),
  )
}

/** `typescript-eslint(no-floating-promises)` → `no-floating-promises` */
function ruleOf(code = ''): string {
  return /\(([^)]+)\)/.exec(code)?.[1] ?? code
}

function gather(catches: readonly Catch[]): Caught {
  const caught = new Map<string, Set<string>>()
  for (const { file, rule } of catches) {
    const rules = caught.get(file) ?? new Set<string>()
    caught.set(file, rules.add(rule))
  }
  return caught
}
