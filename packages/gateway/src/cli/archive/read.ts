import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { CommandFault } from '../command.ts'
import { isHeader, isManifest, isRow, isTableEnd, isTableStart } from './format.ts'
import type { Header, Line, Manifest } from './format.ts'

export type Verified = { readonly header: Header; readonly manifest: Manifest['manifest'] }

/** Reads the whole file once and loads nothing: its form, each table's count and hash, and the hash of it all. */
export async function verifyArchive(file: string): Promise<Verified> {
  const whole = createHash('sha256')
  const counts: Record<string, number> = {}
  let header: Header | null = null
  let table: { name: string; rows: number; hash: ReturnType<typeof createHash> } | null = null
  for await (const { line, text } of readArchive(file)) {
    if (isManifest(line)) {
      if (header === null || whole.digest('hex') !== line.sha256)
        throw damaged(file, 'its hash does not match')
      const same = JSON.stringify(sorted(counts)) === JSON.stringify(sorted(line.manifest.tables))
      if (!same) throw damaged(file, 'the manifest counts other rows than there are')
      return { header, manifest: line.manifest }
    }
    whole.update(text)
    if (isRow(line)) {
      if (table === null) throw damaged(file, 'a row stands outside of a table')
      table.rows += 1
      table.hash.update(text)
    } else if (isHeader(line)) header = checkHeader(line, file)
    else if (isTableStart(line)) table = { name: line.table, rows: 0, hash: createHash('sha256') }
    else if (isTableEnd(line)) {
      const fits =
        table?.name === line.end && table.rows === line.rows && table.hash.digest('hex') === line.sha256
      if (!fits) throw damaged(file, `table ${line.end} is not what was written`)
      counts[line.end] = line.rows
      table = null
    }
  }
  throw damaged(file, 'it ends before its manifest')
}

/** The lines in order, each with its text and line end. Throws a CommandFault on a file that is none of ours. */
export async function* readArchive(
  file: string,
): AsyncGenerator<{ readonly line: Line; readonly text: string }> {
  try {
    for await (const text of lines(file)) yield { line: JSON.parse(text) as Line, text }
  } catch (error) {
    if (error instanceof CommandFault) throw error
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new CommandFault(`there is no file ${file}`)
    throw damaged(file, message)
  }
}

/** By hand, because node:readline also breaks at U+2028, which JSON leaves as it is within a text. */
async function* lines(file: string): AsyncGenerator<string> {
  const source = createReadStream(file)
  const unzipped = createGunzip()
  source.on('error', (error) => unzipped.destroy(error))
  let rest: Buffer[] = []
  for await (const chunk of source.pipe(unzipped) as AsyncIterable<Buffer>) {
    let from = 0
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, at + 1)]).toString('utf8')
      rest = []
      from = at + 1
    }
    if (from < chunk.length) rest.push(chunk.subarray(from))
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString('utf8')
}

function checkHeader(header: Header, file: string): Header {
  // The type says 1; the file may have been written by a Lango that is newer than this one.
  const format: number = header.format
  if (format !== 1)
    throw new CommandFault(`${file} has format ${format}: it was made by a newer Lango, use that one.`)
  return header
}

function damaged(file: string, why: string): CommandFault {
  return new CommandFault(`${file} is no whole backup of Lango: ${why}. Nothing was loaded.`)
}

function sorted(counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1))
}
