import type { Instant } from '../../base/time.ts'
import type { NoticeState } from './notice.ts'

/** As much of a notice as it takes to find it in a list. */
export type FoundNotice = {
  readonly id: string
  /** What the list goes by. */
  readonly at: Instant
  readonly state: NoticeState
  readonly serviceCode: string
}

/** A page of a list, and the row behind which the next begins; null when this one came to the end. */
export type NoticePage = {
  readonly rows: readonly FoundNotice[]
  readonly next: Pick<FoundNotice, 'at' | 'id'> | null
}

/** Takes from a stretch what was asked for. A stretch that came to no end leads on behind the last that was looked at. */
export function pageOf(
  stretch: readonly FoundNotice[],
  isIt: (notice: FoundNotice) => boolean,
  { most, looked }: { readonly most: number; readonly looked: number },
): NoticePage {
  const all = stretch.filter(isIt)
  const rows = all.slice(0, most)
  const last = all.length > most ? rows.at(-1) : stretch.length === looked ? stretch.at(-1) : undefined
  return { rows, next: last === undefined ? null : { at: last.at, id: last.id } }
}

/** What somebody typed to find a notice: `msg_` and its id, the id alone, or what an invoice is called. */
export function readCall(typed: string): { readonly text: string; readonly id: string | null } {
  const text = typed.replaceAll('\0', '').slice(0, 200)
  const [, id] = /^(?:msg_)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(text) ?? []
  return { text, id: id?.toLowerCase() ?? null }
}
