// npm run cases: which of the numbered faults and abuses, and of the OpenID Foundation's modules (docs/cases.json), a test
// proves, which are not served and why, and which are open. `--json` prints the same as data; `--strict` fails while one is open.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const args = process.argv.slice(2)
const unknown = args.filter((arg) => !['--json', '--strict'].includes(arg))
if (unknown.length > 0) {
  console.error(`cases knows --json and --strict; not ${unknown.join(' ')}`)
  process.exit(2)
}

const { cases, later } = JSON.parse(readFileSync(path.join(root, 'docs/cases.json'), 'utf8'))
const { named, faults } = namedInTests()
const rows = Object.entries(cases).flatMap(([family, titles]) =>
  Object.entries(titles).map(([number, title]) => {
    const tests = [...(named.get(`${family} ${number}`) ?? [])]
    const reason = later[family]?.[number]
    return {
      family,
      number,
      title,
      state: tests.length > 0 ? 'covered' : reason ? 'later' : 'open',
      tests,
      ...(reason ? { reason } : {}),
    }
  }),
)
for (const tag of named.keys())
  if (!rows.some((row) => `${row.family} ${row.number}` === tag))
    faults.push(`no such case: [${tag}] in ${[...(named.get(tag) ?? [])].join(', ')}`)

if (args.includes('--json')) console.log(JSON.stringify({ totals: totals(), cases: rows, faults }, null, 2))
else print()
process.exitCode =
  faults.length > 0 || (args.includes('--strict') && rows.some((row) => row.state === 'open')) ? 1 : 0

function print() {
  for (const state of ['covered', 'later', 'open']) {
    const some = rows.filter((row) => row.state === state)
    console.log(`\n${{ covered: 'Covered', later: 'Not served', open: 'Open' }[state]} (${some.length})`)
    for (const { family, number, title, tests, reason } of some) {
      const tail = state === 'covered' ? `  ← ${tests.join(', ')}` : state === 'later' ? `  (${reason})` : ''
      console.log(`  ${`${family} ${number}`.padEnd(13)} ${title}${tail}`)
    }
  }
  console.log('')
  for (const [family, { covered, later: waiting, open }] of Object.entries(totals()))
    console.log(`${family.padEnd(9)} ${covered} covered, ${waiting} not served, ${open} open`)
  for (const fault of faults) console.error(`✗ ${fault}`)
}

function totals() {
  return Object.fromEntries(
    Object.keys(cases).map((family) => {
      const count = (/** @type {string} */ state) =>
        rows.filter((row) => row.family === family && row.state === state).length
      return [family, { covered: count('covered'), later: count('later'), open: count('open') }]
    }),
  )
}

/**
 * Reads the tags in test files: `[money 12]`, `[money 1, 5]`, `[money 33–45]`, `[money S1–S4]`, and the modules of the OpenID
 * Foundation by their own names. Comments do not count.
 */
function namedInTests() {
  /** @type {Map<string, Set<string>>} */
  const named = new Map()
  /** @type {string[]} */
  const faults = []
  for (const file of testFiles()) {
    const code = readFileSync(path.join(root, file), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '')
    for (const [module] of code.matchAll(/\b(?:oidcc|fapi2)(?:-[A-Za-z0-9_]+)+/g)) {
      const key = `oidf ${module}`
      named.set(key, (named.get(key) ?? new Set()).add(file))
    }
    for (const [tag, family, list] of code.matchAll(/\[(money|identity) ([^\]\n]*)\]/g)) {
      const numbers = expand(list ?? '')
      if (numbers === null)
        faults.push(`cannot read ${tag} in ${file}: write numbers, so that they can be found`)
      for (const number of numbers ?? []) {
        const key = `${family} ${number}`
        named.set(key, (named.get(key) ?? new Set()).add(file))
      }
    }
  }
  return { named, faults }
}

/**
 * `1, 33–35, S1` → `['1', '33', '34', '35', 'S1']`; null when a part is no number.
 * @param {string} list
 */
function expand(list) {
  const parts = list.split(',').map((part) => /^(S?)(\d+)(?:\s*[–-]\s*\1(\d+))?$/.exec(part.trim()))
  if (parts.some((part) => part === null)) return null
  return parts.flatMap((part) => {
    const [, prefix, first, last = first] = /** @type {RegExpExecArray} */ (part)
    return Array.from(
      { length: Number(last) - Number(first) + 1 },
      (_, index) => `${prefix}${Number(first) + index}`,
    )
  })
}

function testFiles() {
  return ['packages', 'examples', 'bench'].flatMap((top) =>
    readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })
      .map((file) => `${top}/${file.replaceAll('\\', '/')}`)
      .filter(
        (file) =>
          file.endsWith('.test.ts') &&
          !file.includes('/node_modules/') &&
          !file.includes('test/fences/house/'),
      ),
  )
}
