// Who may look into which room: runs dependency-cruiser over the house and prints each broken rule with its remedy.
// It also fails when the cruiser saw fewer modules than the tree holds, because then its silence proves nothing
// (a TypeScript that it does not support makes it find none, print a tick and exit 0).
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const tops = ['packages', 'examples', 'bench']
const root = path.resolve(process.argv[2] ?? '.')
const seen = cruise(root)
const unseen = sources(root).filter((file) => !seen.modules.some((module) => module.source === file))

for (const { rule, from, to } of seen.summary.violations)
  console.log(`${rule.name}: ${from} → ${to}\n    ${remedy(rule.name)}`)
if (unseen.length > 0)
  console.log(
    `the-cruiser-sees-everything: ${unseen.length} of the tree's .ts files were not seen:\n    ${unseen.slice(0, 20).join('\n    ')}`,
  )
console.log(
  `${seen.modules.length} modules seen, ${seen.summary.violations.length} violations, ${unseen.length} unseen`,
)
process.exitCode = seen.summary.violations.length > 0 || unseen.length > 0 ? 1 : 0

/**
 * @param {string} house
 * @returns {{ modules: { source: string }[], summary: { violations: { rule: { name: string }, from: string, to: string }[] } }}
 */
function cruise(house) {
  const program = fileURLToPath(
    new URL('../node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', import.meta.url),
  )
  const args = [
    program,
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    ...tops.filter((top) => existsSync(path.join(house, top))),
  ]
  try {
    return JSON.parse(
      execFileSync(process.execPath, args, { cwd: house, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 }),
    )
  } catch (fault) {
    // The cruiser exits with the number of violations: the report is still on its standard output.
    if (fault instanceof Error && 'stdout' in fault && String(fault.stdout).startsWith('{'))
      return JSON.parse(String(fault.stdout))
    throw fault
  }
}

/** @param {string} name the rule's */
function remedy(name) {
  const { forbidden } = createRequire(import.meta.url)(path.join(root, '.dependency-cruiser.cjs'))
  return forbidden.find((/** @type {{ name: string }} */ rule) => rule.name === name)?.comment ?? ''
}

/**
 * Every TypeScript file of the rooms, as the file system has it.
 * @param {string} house
 */
function sources(house) {
  const isSource = (/** @type {string} */ file) =>
    file.endsWith('.ts') &&
    !/(^|\/)(node_modules|dist|\.cache)\//.test(file) &&
    !file.startsWith('packages/gateway/test/fences/house/')
  return tops
    .filter((top) => existsSync(path.join(house, top)))
    .flatMap((top) =>
      readdirSync(path.join(house, top), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${top}/${file.replaceAll('\\', '/')}`,
      ),
    )
    .filter(isSource)
}
