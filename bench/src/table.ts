/** One comparison: what was measured, what with, in the same run. */
export type Row = {
  readonly what: string
  readonly measured: string
  readonly baseline: string
  /** How many times better than the baseline; null where one of both could not be measured, 'none' without a baseline. */
  readonly ratio: number | null | 'none'
  /** The lowest and highest ratio of the rounds. */
  readonly spread?: readonly [number, number]
  readonly bound?: Bound
  readonly p50Ms?: number
  readonly p99Ms?: number
  readonly theirP99Ms?: number
}

/** What has to be reached, or is only striven for. */
export type Bound = { readonly kind: 'must' | 'goal'; readonly atLeast: number }

const head = ['', 'measured', 'baseline', 'ratio', 'rounds', 'bound', 'p50 ms', 'p99 ms', 'their p99']

/** The table as lines of text; the first two columns stand left, numbers right. */
export function printTable(rows: readonly Row[]): string {
  const cells = [head, ...rows.map(cellsOf)]
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  const isText = (column: number): boolean => column === 0 || column === 2
  const pad = (cell: string, column: number): string => {
    const width = widths[column] ?? 0
    return isText(column) ? cell.padEnd(width) : cell.padStart(width)
  }
  const lines = cells.map((row) => row.map(pad).join('  ').trimEnd())
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

/** The rows whose bound must hold and does not, or could not be measured. */
export function broken(rows: readonly Row[]): readonly Row[] {
  return rows.filter((row) => row.bound?.kind === 'must' && !reaches(row))
}

function cellsOf(row: Row): readonly string[] {
  return [
    row.what,
    row.measured,
    row.baseline,
    ratioOf(row),
    row.spread === undefined ? '' : `${say(row.spread[0])}–${say(row.spread[1])}`,
    row.bound === undefined ? '' : `${row.bound.kind} ${row.bound.atLeast} ${reaches(row) ? 'ok' : 'MISSED'}`,
    row.p50Ms === undefined ? '' : row.p50Ms.toFixed(1),
    row.p99Ms === undefined ? '' : row.p99Ms.toFixed(1),
    row.theirP99Ms === undefined ? '' : row.theirP99Ms.toFixed(1),
  ]
}

function ratioOf({ ratio }: Row): string {
  if (ratio === 'none') return '—'
  return ratio === null ? 'not measured' : `${say(ratio)}×`
}

function reaches({ ratio, bound }: Row): boolean {
  return bound !== undefined && typeof ratio === 'number' && ratio >= bound.atLeast
}

function say(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2)
}

export function perSecond(rate: number): string {
  return `${grouped(rate)}/s`
}

export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-GB')
}
