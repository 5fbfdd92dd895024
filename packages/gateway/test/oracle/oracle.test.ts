// A peer with a long record is asked the same questions: status and error class agree, or the list says why they do not.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clients, type Case } from './cases.ts'
import { differences, type Difference } from './differences.ts'
import { frontCases } from './front-cases.ts'
import { openLango } from './lango.ts'
import { openOther } from './other.ts'
import { resourceCases } from './resource-cases.ts'
import type { Outcome } from './side.ts'
import { tokenCases } from './token-cases.ts'

const cases: readonly Case[] = [...frontCases, ...tokenCases, ...resourceCases]

let lango: Awaited<ReturnType<typeof openLango>>
let oracle: Awaited<ReturnType<typeof openOther>>
before(async () => {
  lango = await openLango(clients)
  oracle = await openOther(clients)
})
after(async () => {
  await lango.close()
  await oracle.close()
})

test('at least three hundred requests are compared, each of another name', () => {
  assert.ok(cases.length >= 300, `${cases.length} cases`)
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length)
})

for (const { name, run } of cases) {
  test(`as the oracle answers: ${name}`, async () => {
    const [ours, theirs] = [await run(lango.side), await run(oracle.side)]
    const difference = differences.find((one) => one.cases.test(name))
    if (difference === undefined) {
      assert.equal(ours, theirs)
      return
    }
    assert.equal(ours, expected(difference.lango, name), `listed with the reason: ${difference.because}`)
    assert.notEqual(ours, theirs, 'this agrees by now: take it off the list of differences')
  })
}

test('every listed difference names a request that is compared', () => {
  const idle = differences.filter((one) => !cases.some(({ name }) => one.cases.test(name)))
  assert.deepEqual(idle, [])
})

/** A wrong request stops everybody; a good one leads strangers to sign in, and whoever agreed before to the code. */
function expected(listed: Difference['lango'], name: string): Outcome {
  if (typeof listed === 'string') return listed
  const [, outcome = 'not listed'] = Object.entries(listed).find(([visitor]) => name.includes(visitor)) ?? []
  return outcome
}
