// The share of identifiers whose type is known, as a ratchet: it may rise, and the committed number then rises with it; it may not fall.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'

const root = path.resolve(process.argv[2] ?? '.')
const atLeast = JSON.parse(readFileSync(path.join(root, 'scripts/ratchet.json'), 'utf8')).typeCoverage
const report = measure()
for (const { filePath, line, character, text } of report.details ?? [])
  console.log(`${path.relative(root, filePath)}:${line + 1}:${character + 1} ${text}`)
console.log(
  `type coverage ${report.percentString} % (${report.correctCount} of ${report.totalCount}), at least ${atLeast} %`,
)
if (report.correctCount / report.totalCount >= (atLeast + 0.02) / 100 && atLeast < 100)
  console.log(`It rose: write ${report.percentString} into scripts/ratchet.json.`)
process.exitCode = (100 * report.correctCount) / report.totalCount >= atLeast ? 0 : 1

/** @returns {{ correctCount: number, totalCount: number, percentString: string, details?: { filePath: string, line: number, character: number, text: string }[] }} */
function measure() {
  const program = createRequire(import.meta.url).resolve('type-coverage/bin/type-coverage')
  const args = [program, '--project', 'tsconfig.all.json', '--strict', '--detail', '--json-output']
  return JSON.parse(
    execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
  )
}
