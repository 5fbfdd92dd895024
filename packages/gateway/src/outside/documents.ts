import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Document } from '../base/document.ts'
import { readMarkdown } from './markdown.ts'

/** The documents of a folder, in the order in which its README.md (or index.md) mentions them, that one first. */
export async function readDocuments(folder: string): Promise<readonly Document[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.md'))
  const samples = await readSamples(folder)
  const documents = await Promise.all(
    files.map(async (file) =>
      readMarkdown({
        slug: file === 'README.md' ? 'index' : path.basename(file, '.md'),
        text: await readFile(path.join(folder, file), 'utf8'),
        sample: (name) => samples.get(name) ?? null,
      }),
    ),
  )
  return inOrder(documents)
}

async function readSamples(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(path.join(folder, 'samples'), { recursive: true, withFileTypes: true }).catch(
    (fault: unknown) => {
      if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return []
      throw fault
    },
  )
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
  const read = files.map(async (file) => {
    const name = path.relative(folder, file).split(path.sep).join('/')
    return [name, await readFile(file, 'utf8')] as const
  })
  return new Map(await Promise.all(read))
}

function inOrder(documents: readonly Document[]): readonly Document[] {
  const index = documents.find(({ slug }) => slug === 'index')
  const mentioned = index === undefined ? [] : mentions(index)
  const rank = ({ slug }: Document): number => {
    if (slug === 'index') return -1
    const at = mentioned.indexOf(slug)
    return at < 0 ? mentioned.length : at
  }
  return [...documents].sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title, 'en'))
}

/** The documents that a document links to, in order. */
function mentions({ blocks }: Document): readonly string[] {
  return [...JSON.stringify(blocks).matchAll(/"\/docs\/([\w-]+)/g)].map((match) => match[1] ?? '')
}
