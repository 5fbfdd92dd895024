import { readFileSync } from 'node:fs'
import { CommandFault, UsageFault, type Asked, type Option, type Outcome } from './command.ts'
import { rehearse, withPorts } from './with-ports.ts'
import type { OpenPorts } from '../outside/open-ports.ts'

/** One thing to create: option names with their texts; a repeated option is a list. */
export type Entry = {
  readonly need: (option: string) => string
  readonly text: (option: string) => string | undefined
  readonly list: (option: string) => readonly string[]
  readonly is: (option: string) => boolean
}

/** Options of every command that creates: many things at once, from a file, and without doing it. */
export const fileOptions: Readonly<Record<string, Option>> = {
  file: {
    type: 'string',
    value: 'FILE',
    meaning: 'create one for each object of a JSON list, or each line of a CSV file, named as the options',
  },
  'dry-run': { type: 'boolean', meaning: 'check everything against the database, and change nothing' },
}

export type Created = {
  readonly value: Readonly<Record<string, unknown>>
  readonly warnings: readonly string[]
}

/** Creates what the options or the file name, one after the other; stops at the first that is refused. */
export async function createEntries(
  asked: Asked,
  what: string,
  create: (ports: OpenPorts, entry: Entry) => Promise<Created>,
): Promise<Outcome> {
  const entries = readEntries(asked)
  const isDry = asked.flags['dry-run'] === true
  const run = async (ports: OpenPorts): Promise<readonly Created[]> => {
    const created: Created[] = []
    for (const [at, entry] of entries.entries()) {
      created.push(
        await create(ports, entry).catch((fault: unknown) =>
          inFile(fault, entries.length > 1 ? at + 1 : null),
        ),
      )
    }
    return created
  }
  const created = await withPorts(asked, `${what} create`, async (ports) =>
    isDry ? await rehearse(ports, run) : await run(ports),
  )
  const values = created.map(({ value, warnings }) => ({ ...value, warnings }))
  return {
    value: { dryRun: isDry, created: values },
    text: [...created.map(textOf), ...(isDry ? ['Nothing was changed: this was a dry run.'] : [])].join(
      '\n\n',
    ),
  }
}

function textOf({ value, warnings }: Created): string {
  const lines = Object.entries(value).map(([name, text]) => `${name}: ${String(text)}`)
  return [...lines, ...warnings.map((warning) => `WARNING: ${warning}`)].join('\n')
}

function inFile(fault: unknown, line: number | null): never {
  if (line !== null && fault instanceof CommandFault)
    throw new CommandFault(`entry ${line}: ${fault.message}`)
  throw fault
}

function readEntries(asked: Asked): readonly Entry[] {
  const file = asked.flags['file']
  if (typeof file !== 'string') return [entryOf(asked.flags)]
  const text = readFileSync(file, 'utf8')
  return (file.endsWith('.csv') ? readCsv(text) : readJson(text)).map(entryOf)
}

function entryOf(given: Readonly<Record<string, unknown>>): Entry {
  const texts = (option: string): readonly string[] => {
    const value = given[option]
    if (value === undefined || value === null || value === '') return []
    return (Array.isArray(value) ? value : [value]).map(String)
  }
  return {
    need: (option) => texts(option)[0] ?? missing(option),
    text: (option) => texts(option)[0],
    list: texts,
    is: (option) => given[option] === true || given[option] === 'true',
  }
}

function missing(option: string): never {
  throw new UsageFault(`--${option} is missing`)
}

function readJson(text: string): readonly Readonly<Record<string, unknown>>[] {
  const value: unknown = JSON.parse(text)
  if (!Array.isArray(value)) throw new UsageFault('the file must hold a JSON list of objects')
  return value as readonly Readonly<Record<string, unknown>>[]
}

/** RFC 4180: a header line with option names; values in double quotes may hold commas, line breaks and `""`. */
function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end === '') break
    if (end !== ',') rows.push([])
  }
  const [header = [], ...lines] = rows.filter((row) => row.some((cell) => cell !== ''))
  return lines.map((cells) => Object.fromEntries(header.map((name, at) => [name.trim(), cells[at] ?? ''])))
}
