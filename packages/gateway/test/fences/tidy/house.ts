// The house as the tidy rules see it: every text file with its path, read once.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

export type House = { readonly files: readonly File[] }
export type File = {
  readonly path: string
  readonly text: string
  /** The text with comments blanked, for rules that judge code; line numbers stay. */
  readonly code: string
}

/** A house rule: `offenders` names each place that breaks it, `mend` says how to put it right. */
export type TidyRule = {
  readonly name: string
  readonly mend: string
  readonly offenders: (house: House) => readonly string[]
}

const skipped = new Set(['node_modules', '.git', '.cache', '.lango', 'dist'])
const texts =
  /\.(ts|mjs|cjs|js|json|md|sql|css|html|yml|yaml|sh|php|py|java|cs|exs|txt|svg)$|(^|\/)(\.npmrc|\.gitignore|\.prettierignore|LICENSE|run)$/

/** Reads the house; files that are broken on purpose are no part of it. */
export function readHouse(root: string): House {
  const files = walk(root, '')
    .filter((file) => texts.test(file) && !file.startsWith('packages/gateway/test/fences/house/'))
    .map((file) => {
      const text = readFileSync(path.join(root, file), 'utf8')
      return { path: file, text, code: withoutComments(text) }
    })
  return { files }
}

function walk(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (skipped.has(entry.name)) return []
    return entry.isDirectory()
      ? walk(root, name)
      : entry.isFile() && existsSync(path.join(root, name))
        ? [name]
        : []
  })
}

function withoutComments(text: string): string {
  const blank = (comment: string): string => comment.replace(/[^\n]/g, ' ')
  return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(?<=^|[\s;{}(),])\/\/.*$/gm, blank)
}

/** Each line of the chosen files that the pattern matches, as `path:line  text`. */
export function lines(files: readonly File[], pattern: RegExp, of: 'code' | 'text' = 'code'): string[] {
  return files.flatMap((file) =>
    file[of]
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file.path}:${index + 1}  ${line.trim().slice(0, 100)}`] : [],
      ),
  )
}

export const inGateway = (house: House, ...rooms: readonly string[]): readonly File[] =>
  house.files.filter(
    (file) =>
      file.path.startsWith('packages/gateway/src/') &&
      file.path.endsWith('.ts') &&
      (rooms.length === 0 || rooms.some((room) => file.path.startsWith(`packages/gateway/src/${room}`))),
  )

export const isTest = (file: File): boolean =>
  file.path.endsWith('.test.ts') || file.path.startsWith('packages/gateway/test/')

export const textOf = (house: House, file: string): string =>
  house.files.find((one) => one.path === file)?.text ?? ''
