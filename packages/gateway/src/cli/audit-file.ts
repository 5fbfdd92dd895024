/**
 * The audit trail as a file: lines of JSON. The first says where it begins, the last where it ends; between them stands
 * one line for each link. What was asked for is there as it was recorded; of the rest only the digest, which keeps the
 * chain whole and tells nothing.
 *
 * - `{"audit":1,"after":{"place":0,"hash":"00…"}}`
 * - `{"place":1,"hash":"ab…","act":{…}}` or `{"place":2,"hash":"cd…","digest":"ef…"}`
 * - `{"head":{"place":2,"hash":"cd…"}}`
 */
import { createReadStream } from 'node:fs'
import { canonical, type Plain } from '../base/canonical.ts'
import { checkChain, digestOf, type Broken, type Head, type RecordedAct } from '../core/audit/chain.ts'
import type { Digests } from '../core/ports.ts'
import { CommandFault } from './command.ts'

export type FileVerdict = {
  readonly after: Head
  readonly head: Head
  readonly acts: number
  readonly withheld: number
  readonly broken: Broken | null
}

/** Reads an exported file once, a line in memory at a time. Throws a CommandFault for what is none. */
export async function verifyAuditFile(
  file: string,
  kept: Head | null,
  digests: Pick<Digests, 'sha256'>,
): Promise<FileVerdict> {
  let walk: Walk | null = null
  for await (const line of linesOf(file)) {
    if (walk === null) walk = begin(readObject(line, file), file, kept)
    else if (walk.take(readObject(line, file), digests)) break
  }
  if (walk === null) throw new CommandFault(`${file} is empty.`)
  return walk.verdict()
}

type Walk = {
  /** True when there is nothing more to read. */
  readonly take: (line: Fields, digests: Pick<Digests, 'sha256'>) => boolean
  readonly verdict: () => FileVerdict
}

type Fields = Readonly<Record<string, Plain | undefined>>

function begin(header: Fields, file: string, kept: Head | null): Walk {
  const after = headOf(header['after'])
  if (header['audit'] !== 1 || after === null) {
    throw new CommandFault(`${file} is no audit trail of this version of Lango.`)
  }
  return follow(after, kept)
}

function follow(after: Head, kept: Head | null): Walk {
  let check: ReturnType<typeof checkChain> | null = null
  let broken: Broken | null = null
  let ended = false
  let seenKept = kept === null || (kept.place === after.place && kept.hash === after.hash)
  const count = { acts: 0, withheld: 0 }
  return {
    take: (line, digests) => {
      check ??= checkChain(after, digests)
      const end = headOf(line['head'])
      if (end !== null) {
        ended = true
        broken = check.end() ?? endsAt(check.head(), end)
        return true
      }
      const link = headOf(line)
      if (link === null) broken = unreadable(check.head().place + 1)
      else {
        const act = line['act']
        if (act === undefined) count.withheld += 1
        else count.acts += 1
        const digest = act === undefined ? textOf(line['digest']) : digestOf(act as RecordedAct, digests)
        broken = check.add({ ...link, digest }) ?? differs(link, kept)
        seenKept ||= link.place === kept?.place
      }
      return broken !== null
    },
    verdict: () => {
      const head = check?.head() ?? after
      const incomplete = ended ? null : missing(head.place + 1, 'the file ends before its head')
      const unseen = seenKept
        ? null
        : missing(kept?.place ?? 0, `place ${kept?.place}, whose hash was kept, is not in this file`)
      return { after, head, ...count, broken: broken ?? incomplete ?? unseen }
    },
  }
}

function endsAt(head: Head, said: Head): Broken | null {
  if (head.place === said.place && head.hash === said.hash) return null
  return missing(
    head.place + 1,
    `the file says that it ends at place ${said.place}, and ends at ${head.place}`,
  )
}

function differs(link: Head, kept: Head | null): Broken | null {
  if (kept === null || kept.place !== link.place || kept.hash === link.hash) return null
  return { place: link.place, what: 'changed', says: `at place ${link.place} it is not what was kept` }
}

function missing(place: number, says: string): Broken {
  return { place, what: 'missing', says }
}

function unreadable(place: number): Broken {
  return { place, what: 'changed', says: `the line of place ${place} is no link` }
}

function headOf(value: Plain | undefined): Head | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { place, hash } = value as Fields
  if (typeof place !== 'number' || !Number.isSafeInteger(place) || place < 0) return null
  return typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? { place, hash } : null
}

function textOf(value: Plain | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function readObject(line: string, file: string): Fields {
  try {
    const value = JSON.parse(line) as unknown
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  } catch {
    // Told below, with every other line that is none of ours.
  }
  throw new CommandFault(`${file} holds a line that is no JSON object: ${line.slice(0, 60)}`)
}

const longest = 1024 * 1024

/** By hand, because node:readline also breaks at U+2028, which JSON leaves as it is within a text. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = ''
  try {
    for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
      const parts = (rest + chunk).split('\n')
      rest = parts.pop() ?? ''
      yield* parts.filter((line) => line !== '')
      if (rest.length > longest) throw new CommandFault(`${file} has a line of more than a megabyte.`)
    }
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new CommandFault(`there is no file ${file}`)
    throw fault
  }
  if (rest !== '') yield rest
}

/** One line of the file. */
export function auditLine(value: Plain): string {
  return `${canonical(value)}\n`
}
