// Every fence is proved on a known-bad house: each rule must be caught by its name, each good file must be left alone,
// and no rule may stand in a configuration without a file that breaks it.
import assert from 'node:assert/strict'
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { fences, type Caught } from './catches.ts'
import { buildHouse, fixtures, removeHouse, root, run } from './known-bad.ts'
import { readHouse, type House } from './tidy/house.ts'
import { paperRules } from './tidy/paper-rules.ts'
import { sourceRules } from './tidy/source-rules.ts'

const house = buildHouse()
const reports = new Map<string, Caught>()
let tidyHouse: House = { files: [] }
const known = fixtures()
const tidyRules = [...sourceRules, ...paperRules]

before(async () => {
  // A path on somebody's machine cannot be committed, even to be caught.
  writeFileSync(path.join(house, 'notes.md'), `See ${['', 'root', 'notes', 'today.txt'].join('/')}\n`)
  tidyHouse = readHouse(house)
  for (const [name, fence] of Object.entries(fences)) reports.set(name, await fence(house))
})
after(() => removeHouse(house))

for (const { file, expected } of known) {
  for (const rule of expected) {
    test(`the fence "${rule}" catches ${file}`, () => {
      const caught = [...(reports.get(rule.split(' ')[0] ?? '')?.get(file) ?? [])]
      assert.ok(caught.includes(rule), `expected ${rule}, caught ${caught.join(', ') || 'nothing'}`)
    })
  }
}

test('the rooms fence gives each known-bad file exactly the names that it deserves', () => {
  for (const { file, expected } of known) {
    const deserved = expected.filter((rule) => rule.startsWith('rooms ')).sort()
    assert.deepEqual([...(reports.get('rooms')?.get(file) ?? [])].sort(), deserved, file)
  }
})

test('no fence barks at the files that keep the rules', () => {
  const good = known.filter(({ expected }) => expected.length === 0).map(({ file }) => file)
  assert.ok(good.length > 20)
  for (const name of ['rooms', 'lint', 'types', 'coverage']) {
    for (const file of good) assert.deepEqual([...(reports.get(name)?.get(file) ?? [])], [], file)
  }
  for (const rule of sourceRules) {
    for (const file of good)
      assert.ok(!rule.offenders(tidyHouse).some((place) => place.startsWith(file)), `${rule.name}: ${file}`)
  }
})

/** For each house rule, a place in the known-bad house that it must name. */
const gateway = 'packages/gateway/src/'
const untidy: Readonly<Record<string, string>> = {
  'the core speaks no dialect and knows no channel': `${gateway}core/invoice/speak-brand.ts:1`,
  'time and chance come through Deps': `${gateway}core/invoice/take-time.ts:1`,
  'the environment is read in one place': `${gateway}sites/account/environment.ts:1`,
  'money is never a float': `${gateway}base/float.ts:1`,
  'SQL stands only in *.sql.ts': `${gateway}sites/account/statement-text.ts:1`,
  'every statement takes tx first': 'readReceipt(number…)',
  'a noun never awaits': `${gateway}core/invoice/waits.ts:1`,
  'a file has at most 300 lines': `${gateway}outside/lint/max-lines-long.ts`,
  'every silenced rule says why': `${gateway}outside/lint/ban-ts-comment.ts:2`,
  'no test is skipped': `${gateway}core/invoice/skipped.test.ts:3`,
  'no file is called utils': `${gateway}base/utils.ts`,
  'no barrel but a package door': `${gateway}base/barrel.ts:1`,
  'a class is a fault': `${gateway}base/box.ts:1`,
  'a page writes no raw HTML': `${gateway}pages/raw-page.ts:1`,
  'no file names a place on somebody’s machine': 'notes.md:1',
  'the lock file names no registry': 'package-lock.json:1',
  'every package has a reason': 'fastify (packages/gateway/package.json)',
  'every package version is exact': 'typebox@^0 (packages/gateway/package.json)',
  'no reason is left of a package that is gone': 'gone-of-npm',
  'migrations are numbered without gaps': '0003_third.sql',
  'every channel is on the list': `${gateway}channels/sibling`,
  'every dialect is on the list': `${gateway}dialects/paga`,
  'every site is on the list': `${gateway}sites/account`,
  'every abuse case that a test names is on the list': 'money 999]',
}

for (const { name, offenders } of tidyRules) {
  test(`the house rule "${name}" catches its known-bad file`, () => {
    const place = untidy[name]
    assert.ok(place !== undefined, 'the rule has no known-bad file: add one, and a line to the table')
    const found = offenders(tidyHouse)
    assert.ok(
      found.some((offender) => offender.includes(place)),
      `${place} is not in\n${found.join('\n')}`,
    )
  })
}

test('every dependency rule has a known-bad file', () => {
  const config = createRequire(import.meta.url)(path.join(root, '.dependency-cruiser.cjs')) as {
    forbidden: { name: string }[]
  }
  assert.deepEqual(
    config.forbidden.map(({ name }) => name).filter((name) => !isExpected(`rooms ${name}`)),
    [],
  )
})

test('every lint rule that the house chose has a known-bad file', () => {
  const config = JSON.parse(readFileSync(path.join(root, '.oxlintrc.json'), 'utf8')) as {
    rules: Record<string, unknown>
  }
  const chosen = Object.keys(config.rules).map((rule) => rule.replace(/^.*\//, ''))
  assert.deepEqual(
    chosen.filter((rule) => !isExpected(`lint ${rule}`)),
    [],
  )
})

test('every switch that makes the compiler stricter has a known-bad file', () => {
  const config = JSON.parse(readFileSync(path.join(root, 'tsconfig.base.json'), 'utf8')) as {
    compilerOptions: Record<string, unknown>
  }
  const judging = /^(strict|no[A-Z]|exact|allowU|verbatim|erasable|isolated)/
  const switches = Object.keys(config.compilerOptions).filter((name) => judging.test(name))
  const files = readdirSync(path.join(house, gateway, 'outside/types')).map((file) => file.replace('.ts', ''))
  assert.deepEqual(
    switches.filter((name) => !files.includes(name)),
    [],
  )
})

test('the rooms fence fails when the cruiser sees fewer modules than the tree holds', async () => {
  const blind = buildHouse()
  try {
    const config = path.join(blind, '.dependency-cruiser.cjs')
    const seeing = readFileSync(config, 'utf8')
    writeFileSync(config, seeing.replace('exclude: { path: [', "exclude: { path: ['/core/', "))
    const { code, output } = await run(blind, [path.join(root, 'scripts/rooms.mjs'), '.'])
    assert.notEqual(code, 0)
    assert.match(output, /the-cruiser-sees-everything: \d+ of the tree's \.ts files were not seen/)
  } finally {
    removeHouse(blind)
  }
})

test('the rooms fence and the coverage ratchet end with a failing exit code on the known-bad house', async () => {
  assert.equal((await run(house, [path.join(root, 'scripts/rooms.mjs'), '.'])).code, 1)
  assert.equal((await run(house, [path.join(root, 'scripts/type-coverage.mjs'), '.'])).code, 1)
})

test('a second build of the known-bad house fails again', async () => {
  // An incremental build that forgot its errors would be the quietest way to pass.
  const again = await run(house, [path.join(root, 'node_modules/typescript/bin/tsc'), '-b'])
  assert.notEqual(again.code, 0)
})

test('the linter and the compiler see every source file of the real house', async () => {
  const tree = sourcesOf(root)
  const linted = await run(root, [path.join(root, 'node_modules/oxlint/bin/oxlint'), '--debug', 'files', '.'])
  const lintedFiles = new Set(linted.output.split('\n').map((line) => line.trim().replace(/^\.\//, '')))
  assert.deepEqual(
    tree.filter((file) => !lintedFiles.has(file)),
    [],
  )
  const compiled = await run(root, [
    path.join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    'tsconfig.all.json',
    '--listFilesOnly',
  ])
  const compiledFiles = new Set(
    compiled.output.split('\n').map((line) => path.relative(root, line.trim()).replaceAll('\\', '/')),
  )
  assert.deepEqual(
    tree.filter((file) => !compiledFiles.has(file)),
    [],
  )
})

test('a known-bad file is never part of the real house', () => {
  assert.deepEqual(
    readHouse(root).files.filter((file) => file.path.includes('fences/house/')),
    [],
  )
  for (const file of [
    '.oxlintrc.json',
    '.prettierignore',
    'knip.json',
    'packages/gateway/tsconfig.json',
    '.dependency-cruiser.cjs',
  ]) {
    assert.match(readFileSync(path.join(root, file), 'utf8'), /fences\/house/, file)
  }
})

test('npm run check breaks on every fence of a known-bad house, says how to mend it, and formats what it is told to', async () => {
  const checked = buildHouse()
  try {
    for (const part of [
      'scripts',
      'packages/gateway/test/tidy.test.ts',
      'packages/gateway/test/fences/tidy',
    ]) {
      cpSync(path.join(root, part), path.join(checked, part), { recursive: true })
    }
    const check = path.join(checked, 'scripts/check.mjs')
    const all = await run(checked, [check])
    assert.equal(all.code, 1)
    for (const fence of [...Object.keys(fences), 'tidy'])
      assert.match(all.output, new RegExp(`^✗ ${fence} `, 'm'))
    assert.match(all.output, /→ Delete it, or use it/)
    assert.equal((await run(checked, [check, 'format'])).code, 1)
    assert.equal((await run(checked, [check, '--fix', 'format'])).code, 0)
    assert.equal((await run(checked, [check, 'nonsense'])).code, 2)
  } finally {
    removeHouse(checked)
  }
})

function isExpected(rule: string): boolean {
  return known.some(({ expected }) => expected.includes(rule))
}

function sourcesOf(folder: string): string[] {
  return readHouse(folder)
    .files.map((file) => file.path)
    .filter((file) => /^(packages|examples|bench)\/.*\.ts$/.test(file))
}
