/** The documents as files, for what the tests hold against the code. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../../', import.meta.url))
export const docs = path.join(root, 'docs')

export function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

/** The Markdown files of the docs folder itself. */
export function documentNames(): readonly string[] {
  return readdirSync(docs).filter((name) => name.endsWith('.md'))
}

/** The cells of each table row whose table begins with these heads. */
export function tableRows(text: string, heads: readonly string[]): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = []
  let inside = false
  for (const line of text.split('\n')) {
    const cells = cellsOf(line)
    if (cells === null) inside = false
    else if (cells.join('|') === heads.join('|')) inside = true
    else if (inside && !/^-+$/.test(cells[0] ?? '')) rows.push(cells)
  }
  return rows
}

function cellsOf(line: string): readonly string[] | null {
  if (!line.startsWith('|')) return null
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'))
}
