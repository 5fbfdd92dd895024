/** Comma-separated values as they arrive, in bounded memory: RFC 4180. */
import { CommandFault } from '../command.ts'

/** `line` is where it begins, counted from 1. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] }

/** Characters of one record; a quote that is never closed would otherwise swallow the file. */
export const longestRecord = 64 * 1024

/** Records in order, blank lines left out. Throws CommandFault where the text is no CSV. */
export async function* csvRecords(chunks: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const reading = begin()
  for await (const chunk of chunks) {
    for (const letter of chunk) {
      const record = take(reading, letter)
      if (record !== null) yield record
    }
  }
  if (reading.place === 'quoted') throw unclosed(reading)
  const last = endRecord(reading)
  if (last !== null) yield last
}

/** Where in a record the next letter stands: before a cell, in it, in quotes, behind the closing quote. */
type Place = 'before' | 'plain' | 'quoted' | 'closed'

type Reading = {
  place: Place
  cell: string
  cells: string[]
  length: number
  /** Where the record began, and where the next letter is. */
  began: number
  line: number
  /** A line that ended with CR and may go on with LF. */
  afterReturn: boolean
}

function begin(): Reading {
  return { place: 'before', cell: '', cells: [], length: 0, began: 1, line: 1, afterReturn: false }
}

/** The record that this letter ends; null while none does. */
function take(reading: Reading, letter: string): CsvRecord | null {
  const isSecondHalf = reading.afterReturn && letter === '\n'
  reading.afterReturn = letter === '\r'
  if (reading.place === 'quoted') {
    if (letter === '"') reading.place = 'closed'
    else grow(reading, letter)
    if (letter === '\r' || (letter === '\n' && !isSecondHalf)) reading.line += 1
    return null
  }
  if (isSecondHalf) {
    reading.began = reading.line
    return null
  }
  if (letter === '\r' || letter === '\n') {
    const record = endRecord(reading)
    reading.line += 1
    reading.began = reading.line
    return record
  }
  if (letter === ',') endCell(reading)
  else if (letter === '"') quote(reading)
  else if (reading.place === 'closed')
    throw fault(reading, 'after a closing quote only a comma or the end of the line')
  else {
    reading.place = 'plain'
    grow(reading, letter)
  }
  return null
}

/** A quote opens a cell, or is the second of two in one that seemed closed. */
function quote(reading: Reading): void {
  if (reading.place === 'plain')
    throw fault(reading, 'a value with a quote in it stands in quotes, and the quote twice')
  if (reading.place === 'closed') grow(reading, '"')
  reading.place = 'quoted'
}

function grow(reading: Reading, letter: string): void {
  reading.length += letter.length
  if (reading.length > longestRecord) throw unclosed(reading)
  reading.cell += letter
}

function endCell(reading: Reading): void {
  reading.cells.push(reading.cell)
  reading.cell = ''
  reading.place = 'before'
  // A record of nothing but commas is bounded too.
  reading.length += 1
  if (reading.length > longestRecord) throw unclosed(reading)
}

function endRecord(reading: Reading): CsvRecord | null {
  const isBlank = reading.place === 'before' && reading.cells.length === 0
  endCell(reading)
  const { cells, began } = reading
  reading.cells = []
  reading.length = 0
  return isBlank ? null : { line: began, cells }
}

function unclosed({ place, began }: Reading): CommandFault {
  return new CommandFault(
    place === 'quoted'
      ? `line ${began}: a quote that is opened there is not closed within ${longestRecord} characters`
      : `line ${began}: a row has at most ${longestRecord} characters`,
  )
}

function fault({ line }: Reading, because: string): CommandFault {
  return new CommandFault(`line ${line}: ${because}`)
}
