// The file of `lango backup`: gzip over lines of JSON. A header, then each table as a line that names it, a line for
// each row and a line that ends it, then the sequences, and at last a manifest. Every value is the text that
// PostgreSQL itself prints, so that nothing is rounded on the way.

export type Column = { readonly name: string; readonly type: string }
export type Row = readonly (string | null)[]

export type Header = {
  readonly lango: 'backup'
  readonly format: 1
  readonly madeAt: string
  readonly server: string
  /** The migrations that the database was at. */
  readonly schema: readonly { readonly number: number; readonly name: string; readonly sha256: string }[]
  /** Which master keys the kept secrets need; the keys themselves are never in a backup. */
  readonly masterKeys: readonly string[]
}

export type TableStart = { readonly table: string; readonly columns: readonly Column[] }
export type TableEnd = { readonly end: string; readonly rows: number; readonly sha256: string }
export type SequenceLine = { readonly sequence: string; readonly value: string; readonly called: boolean }

export type Manifest = {
  readonly manifest: { readonly tables: Readonly<Record<string, number>>; readonly sequences: number }
  /** Of every line before this one, each with its line end. */
  readonly sha256: string
}

export type Line = Header | TableStart | Row | TableEnd | SequenceLine | Manifest

export const isRow = (line: Line): line is Row => Array.isArray(line)
export const isTableStart = (line: Line): line is TableStart => 'table' in line
export const isTableEnd = (line: Line): line is TableEnd => 'end' in line
export const isSequence = (line: Line): line is SequenceLine => 'sequence' in line
export const isManifest = (line: Line): line is Manifest => 'manifest' in line
export const isHeader = (line: Line): line is Header => 'lango' in line
