import assert from 'node:assert/strict'
import { test } from 'node:test'
import { broken, printTable, type Row } from './table.ts'

const row: Row = { what: 'confirms', measured: '6,000/s', baseline: '1,500/s pgbench', ratio: 4 }

test('what must hold and does not is named, and so is what could not be measured', () => {
  const must = { kind: 'must', atLeast: 3 } as const
  const rows = [
    { ...row, what: 'holds', bound: must },
    { ...row, what: 'misses', ratio: 2.999, bound: must },
    { ...row, what: 'not measured', ratio: null, bound: must },
    { ...row, what: 'a goal', ratio: 0.1, bound: { kind: 'goal', atLeast: 1 } as const },
  ]
  assert.deepEqual(
    broken(rows).map(({ what }) => what),
    ['misses', 'not measured'],
  )
})

test('the table stands in columns and never invents a figure', () => {
  const lines = printTable([
    row,
    { ...row, what: 'x', ratio: null },
    { ...row, what: 'y', baseline: 'a peer: brings none', ratio: 'none' },
  ]).split('\n')
  assert.equal(lines.length, 5)
  assert.match(lines[2] ?? '', /confirms +6,000\/s +1,500\/s pgbench +4\.00×/)
  assert.match(lines[3] ?? '', /not measured/)
  assert.match(lines[4] ?? '', /a peer: brings none +—$/)
})
