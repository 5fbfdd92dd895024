/** Rows of a file, one at a time however long it is: lines of JSON, or comma-separated values under a header. */
import { createReadStream } from 'node:fs'
import { CommandFault, UsageFault } from '../command.ts'
import { csvRecords, longestRecord } from './csv.ts'

export const rowFormats = ['csv', 'ndjson'] as const
export type RowFormat = (typeof rowFormats)[number]

/** `line` counts from 1; a row that cannot be read says why. */
export type FileRow =
  { readonly line: number; readonly fields: Fields } | { readonly line: number; readonly because: string }
export type Fields = Readonly<Record<string, unknown>>

/** The file's texts, decoded as they come. `-` is standard input. A byte order mark is left out. */
export async function* textOfFile(file: string): AsyncGenerator<string> {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  const bytes: AsyncIterable<Uint8Array> = file === '-' ? process.stdin : createReadStream(file)
  try {
    for await (const chunk of bytes) yield utf8.decode(chunk, { stream: true })
    yield utf8.decode()
  } catch (thrown) {
    if (thrown instanceof TypeError) throw new CommandFault(`${file} is not UTF-8: save it as UTF-8`)
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new UsageFault(`there is no file ${file} that can be read`)
    throw thrown
  }
}

/** What the name of a file says of its format. */
export function formatOf(file: string): RowFormat {
  return /\.csv$/i.test(file) ? 'csv' : 'ndjson'
}

const readers = { csv: csvRows, ndjson: jsonRows } as const

/** Names of columns and fields with `-` or in capitals are read as ours. Columns that nobody knows stop a CSV at once. */
export function readRows(
  format: RowFormat,
  chunks: AsyncIterable<string>,
  known: readonly string[],
): AsyncGenerator<FileRow> {
  return readers[format](chunks, known)
}

function fieldName(written: string): string {
  return written.trim().toLowerCase().replaceAll('-', '_')
}

async function* csvRows(chunks: AsyncIterable<string>, known: readonly string[]): AsyncGenerator<FileRow> {
  let header: readonly string[] | null = null
  for await (const { line, cells } of csvRecords(chunks)) {
    if (header === null) {
      header = cells.map(fieldName)
      const fault = headerFault(header, known)
      if (fault !== null) throw new UsageFault(`line ${line}: ${fault}`)
    } else if (cells.length !== header.length) {
      yield { line, because: `has ${cells.length} values, and the header ${header.length}` }
    } else {
      yield { line, fields: Object.fromEntries(header.map((name, at) => [name, cells[at]])) }
    }
  }
}

function headerFault(header: readonly string[], known: readonly string[]): string | null {
  const twice = header.find((name, at) => header.indexOf(name) !== at)
  if (twice !== undefined) return `the column ${twice} stands there twice`
  const unknown = header.find((name) => !known.includes(name))
  return unknown === undefined ? null : `there is no column ${unknown.slice(0, 100)}: ${known.join(', ')}`
}

async function* jsonRows(chunks: AsyncIterable<string>): AsyncGenerator<FileRow> {
  for await (const { line, text } of linesOf(chunks)) {
    if (text === null) yield { line, because: `a row has at most ${longestRecord} characters` }
    else if (text.trim() !== '') yield { line, ...objectIn(text) }
  }
}

/** Null stands for a line that is too long; it is passed over without being kept. */
async function* linesOf(
  chunks: AsyncIterable<string>,
): AsyncGenerator<{ readonly line: number; readonly text: string | null }> {
  let line = 1
  let kept = ''
  let isTooLong = false
  for await (const chunk of chunks) {
    const pieces = chunk.split('\n')
    for (const [at, piece] of pieces.entries()) {
      isTooLong ||= kept.length + piece.length > longestRecord
      kept = isTooLong ? '' : kept + piece
      if (at === pieces.length - 1) break
      yield { line, text: isTooLong ? null : kept }
      line += 1
      kept = ''
      isTooLong = false
    }
  }
  if (isTooLong || kept !== '') yield { line, text: isTooLong ? null : kept }
}

function objectIn(text: string): { readonly fields: Fields } | { readonly because: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { because: 'is no JSON: one object on each line' }
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { because: 'is no JSON object: one on each line' }
  const entries = Object.entries(value).map(([name, given]) => [fieldName(name), given] as const)
  const names = new Set(entries.map(([name]) => name))
  return names.size === entries.length
    ? { fields: Object.fromEntries(entries) }
    : { because: 'names a field twice' }
}
