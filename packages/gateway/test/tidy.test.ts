// House rules that no linter knows, one test each. A failure names the places and says how to put them right.
import path from 'node:path'
import { test } from 'node:test'
import { readHouse } from './fences/tidy/house.ts'
import { paperRules } from './fences/tidy/paper-rules.ts'
import { sourceRules } from './fences/tidy/source-rules.ts'

// The places are the news; where in this file they were found is not.
Error.stackTraceLimit = 0

const house = readHouse(path.resolve(import.meta.dirname, '../../..'))

for (const { name, mend, offenders } of [...sourceRules, ...paperRules]) {
  test(name, () => {
    const found = offenders(house)
    if (found.length > 0) throw new Error(`\n    ${found.join('\n    ')}\n  → ${mend}`)
  })
}
