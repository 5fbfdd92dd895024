import { no } from '../base/result.ts'
import {
  importAccounts,
  mostRowsAtOnce,
  recordImport,
  type Imported,
  type ImportRow,
} from '../core/account/import-accounts.ts'
import { refusal } from '../core/refusal.ts'
import type { OpenPorts } from '../outside/open-ports.ts'
import { accountFieldNames, accountFields, readAccountRow } from './account-row.ts'
import { columns } from './columns.ts'
import { firstGiven, text, UsageFault, type Asked, type Command, type Outcome } from './command.ts'
import { formatOf, readRows, rowFormats, textOfFile, type FileRow, type RowFormat } from './rows/read-rows.ts'
import { withPorts } from './with-ports.ts'

export const command: Command = {
  about: [
    'Brings accounts in from another system, beside a gateway that serves or without one. FILE is read a piece at a time:',
    'one JSON object on each line, or a CSV file under a header; - is standard input. The fields:',
    ...columns(Object.entries(accountFields)).map((line) => line.trimEnd()),
    'An account that is there is left as it is, so that a file may be brought in again. A row that is refused is printed',
    'with its line and what to mend, and the others go on. Exit code 1 when any was refused.',
  ].join('\n'),
  takes: ['FILE'],
  options: {
    format: {
      type: 'string',
      value: 'NAME',
      meaning: `${rowFormats.join(' or ')}; by the name of the file if not given`,
    },
    'dry-run': { type: 'boolean', meaning: 'check every row against the database, and change nothing' },
  },
  run: async (asked) => {
    const file = firstGiven(asked)
    const format = formatAsked(asked) ?? formatOf(file)
    return await withPorts(asked, 'account import', async (ports) => {
      const rows = readRows(format, textOfFile(file), accountFieldNames)
      return await bringIn(asked, ports, rows)
    })
  },
}

function formatAsked(asked: Asked): RowFormat | null {
  const given = text(asked, 'format')
  const format = rowFormats.find((one) => one === given) ?? null
  if (given !== null && format === null) throw new UsageFault(`--format: one of ${rowFormats.join(', ')}`)
  return format
}

type Counts = { made: number; there: number; refused: number; withoutPassword: number }

async function bringIn(asked: Asked, ports: OpenPorts, rows: AsyncIterable<FileRow>): Promise<Outcome> {
  const dry = asked.flags['dry-run'] === true
  const counts: Counts = { made: 0, there: 0, refused: 0, withoutPassword: 0 }
  const progress = every(5, ports, () => asked.say(`${lineOf(counts, dry)} so far`))
  for await (const batch of inBatches(rows)) {
    const read = batch.map(readRow)
    const answers = await importAccounts(ports, read, { dry })
    for (const [at, answer] of answers.entries()) count(counts, answer, read[at])
    for (const outcome of refusals(batch, answers)) asked.print(outcome)
    progress()
  }
  const { made, there, refused } = counts
  if (!dry && made > 0) await recordImport(ports, { made, there, refused })
  const notes = [
    `${lineOf(counts, dry)}.`,
    ...(counts.withoutPassword > 0
      ? [`${counts.withoutPassword} of them without a password: they choose one by recovery.`]
      : []),
    ...(dry ? ['Nothing was changed: this was a dry run.'] : []),
  ]
  return { value: { dryRun: dry, ...counts }, text: notes.join('\n'), isBad: refused > 0 }
}

function lineOf({ made, there, refused }: Counts, dry: boolean): string {
  return `${made} ${dry ? 'would be made' : 'made'}, ${there} there already, ${refused} refused`
}

function readRow(row: FileRow): ImportRow {
  return 'fields' in row ? readAccountRow(row.fields) : no(refusal('field_invalid', { because: row.because }))
}

function count(counts: Counts, { kind }: Imported, row: ImportRow | undefined): void {
  counts[kind] += 1
  const brings = row?.ok === true && row.value.passwordHash !== undefined
  if (kind === 'made' && !brings) counts.withoutPassword += 1
}

function refusals(batch: readonly FileRow[], answers: readonly Imported[]): readonly Outcome[] {
  return batch.flatMap(({ line }, at) => {
    const answer = answers[at]
    if (answer?.kind !== 'refused') return []
    const { field, because = answer.refusal.code } = answer.refusal
    const said = `line ${line}: ${field === undefined ? '' : `${field}: `}${because}`
    return [{ value: { line, field: field ?? null, because }, text: said }]
  })
}

async function* inBatches(rows: AsyncIterable<FileRow>): AsyncGenerator<readonly FileRow[]> {
  let batch: FileRow[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < mostRowsAtOnce) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Does something when it is asked, but not more often than every so many seconds. */
function every(seconds: number, { clock }: Pick<OpenPorts, 'clock'>, act: () => void): () => void {
  let last = clock.now().epochMs
  return () => {
    if (clock.now().epochMs - last < seconds * 1000) return
    last = clock.now().epochMs
    act()
  }
}
