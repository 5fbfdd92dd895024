// npm run check: every fence of the house, two at a time, one line each. `-- --fix` formats and applies safe lint fixes first.
// Plain JavaScript, because it must be able to say what is wrong before anything else works.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/**
 * A program of an npm package, to be run by this very Node: the shims in .bin would pick whatever `node` the path holds.
 * @param {string} name the package
 * @param {string} [program] the program, where its name is not the package's
 */
function bin(name, program = name) {
  const folder = path.join(root, 'node_modules', name)
  const { bin: programs } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  return path.join(folder, typeof programs === 'string' ? programs : programs[program])
}

/**
 * The slowest first, so that the last to finish is a short one. `mend` is what a person does about it. `proof` is what a run
 * that really looked prints: a program that finds nothing to do often ends well.
 */
const steps = [
  {
    name: 'unused',
    says: 'knip: files, exports and packages that nothing uses',
    run: [bin('knip'), '--no-progress', '--no-config-hints'],
    mend: 'Delete it, or use it. A new way in (an entry point) is named in knip.json.',
  },
  {
    name: 'types',
    says: 'tsc -b: every project, strict',
    run: [bin('typescript', 'tsc'), '-b', '--pretty', 'false'],
    mend: 'Let the type say what is true; parse at the door instead of casting inside.',
  },
  {
    name: 'coverage',
    says: 'type-coverage: the share of identifiers with a known type',
    run: [path.join(root, 'scripts/type-coverage.mjs')],
    proof: /^type coverage [\d.]+ %/m,
    mend: 'Give the listed identifiers a type: unknown and a parser, not any.',
  },
  {
    name: 'lint',
    says: 'oxlint with types',
    run: [bin('oxlint'), '--type-aware', '.'],
    proof: /on [1-9]\d* files/,
    mend: 'npm run check -- --fix mends what can be mended safely.',
  },
  {
    name: 'format',
    says: 'prettier',
    run: [
      bin('prettier'),
      '--check',
      '--cache',
      '--cache-location',
      '.cache/prettier',
      '--log-level',
      'warn',
      '.',
    ],
    mend: 'npm run check -- --fix',
  },
  {
    name: 'sdk',
    says: 'the SDK as merchants install it: packed, judged by publint and attw, used once',
    run: [path.join(root, 'packages/sdk/scripts/pack.mjs')],
    proof: /[1-9]\d* files, [1-9]\d* bytes/,
    mend: 'node packages/sdk/scripts/pack.mjs says more.',
  },
  {
    name: 'tidy',
    says: 'the house rules that no linter knows',
    run: ['--test', '--test-reporter=dot', 'packages/gateway/test/tidy.test.ts'],
    proof: /^[.X]{20}/m,
    mend: 'Each failure says how to mend it.',
  },
  {
    name: 'rooms',
    says: 'dependency-cruiser: who may look into which room',
    run: [path.join(root, 'scripts/rooms.mjs')],
    proof: /^[1-9]\d* modules seen/m,
    mend: 'The plan is in .dependency-cruiser.cjs; ARCHITECTURE.md says where things go.',
  },
]

const fixes = [
  {
    name: 'lint --fix',
    says: 'oxlint mends what is safe',
    run: [bin('oxlint'), '--type-aware', '--fix', '--silent', '.'],
    mend: '',
    mayFail: true,
  },
  {
    name: 'format --fix',
    says: 'prettier writes',
    run: [bin('prettier'), '--write', '--log-level', 'warn', '.'],
    mend: '',
  },
]

await main(process.argv.slice(2))

/** @param {string[]} args */
async function main(args) {
  const unknown = args.filter((arg) => arg !== '--fix' && !steps.some((step) => step.name === arg))
  if (unknown.length > 0) {
    console.error(
      `check knows --fix and the names ${steps.map((step) => step.name).join(', ')}; not ${unknown.join(' ')}`,
    )
    process.exit(2)
  }
  if (Number(process.versions.node.split('.')[0]) < 24) {
    console.error(
      `check needs Node 24 or newer and runs under ${process.version}: use \`npm run check\`, which brings its own.`,
    )
    process.exit(2)
  }
  mkdirSync(path.join(root, '.cache'), { recursive: true })
  const began = performance.now()
  if (args.includes('--fix')) for (const fix of fixes) report(await run(fix))
  const named = steps.filter((step) => args.includes(step.name))
  const outcomes = await pool(named.length > 0 ? named : steps, Math.max(2, availableParallelism()))
  const failed = outcomes.filter((outcome) => !outcome.ok)
  for (const { step, output } of failed) console.log(`\n── ${step.name} ──\n${output.trim()}\n→ ${step.mend}`)
  const total = seconds(performance.now() - began)
  console.log(
    failed.length === 0
      ? `\nAll ${outcomes.length} fences hold (${total}).`
      : `\n${failed.length} of ${outcomes.length} fences are broken (${total}).`,
  )
  process.exitCode = failed.length === 0 ? 0 : 1
}

/**
 * Run the steps, at most `width` at a time, and say each result as it comes.
 * @param {typeof steps} waiting
 * @param {number} width
 */
async function pool(waiting, width) {
  const queue = [...waiting]
  /** @type {Awaited<ReturnType<typeof run>>[]} */
  const outcomes = []
  const worker = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      const outcome = await run(step)
      report(outcome)
      outcomes.push(outcome)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return outcomes
}

/** @param {{ name: string, says: string, run: string[], mend: string, proof?: RegExp, mayFail?: boolean }} step */
function run(step) {
  const began = performance.now()
  // Inside a test run node:test would take its own child for a nested run and skip it without a word.
  const env = { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', NODE_TEST_CONTEXT: undefined }
  return new Promise((resolve) => {
    const child = spawn(process.execPath, step.run, { cwd: root, env })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (fault) =>
      resolve({ step, ok: false, output: String(fault), took: performance.now() - began }),
    )
    child.on('close', (code) => {
      const looked = step.proof === undefined || step.proof.test(output)
      if (code === 0 && !looked) output += '\nIt ended well without a sign that it looked at anything.'
      resolve({
        step,
        ok: (code === 0 && looked) || step.mayFail === true,
        output,
        took: performance.now() - began,
      })
    })
  })
}

/** @param {{ step: { name: string, says: string }, ok: boolean, took: number }} outcome */
function report({ step, ok, took }) {
  console.log(`${ok ? '✓' : '✗'} ${step.name.padEnd(12)} ${seconds(took).padStart(7)}  ${step.says}`)
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
