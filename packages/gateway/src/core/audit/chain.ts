/**
 * The chain over all acts. Each link is the SHA-256 over the link before it and the digest of its act, so whoever knows
 * one link knows everything before it: nothing can be changed, taken away, moved or put between unseen. Whoever rewrites
 * all of it from some place on is found by a link that was kept elsewhere.
 *
 * - digest of an act: SHA-256 of its canonical JSON text (RFC 8785), in lower-case hex
 * - link: SHA-256 of `<link before, hex>\n<digest, hex>`; before the first one stand 64 zeros
 *
 * The digest stands between them so that an export may withhold other people's acts and be verified all the same.
 */
import { hex } from '../../base/bytes.ts'
import { canonical } from '../../base/canonical.ts'
import type { Digests } from '../ports.ts'

/** An act as it was recorded; the names are those of the exported file. */
export type RecordedAct = {
  readonly id: string
  /** In UTC to the microsecond: `2026-01-31T10:00:00.123000Z`. */
  readonly at: string
  readonly what: string
  readonly by: { readonly kind: string; readonly id: string | null }
  readonly about: { readonly kind: string | null; readonly id: string | null }
  readonly organization: string | null
  readonly details: Readonly<Record<string, string | number | boolean | null>>
  readonly request: string | null
}

/** Where the chain stands: the number of its links, and the newest one in hex. */
export type Head = { readonly place: number; readonly hash: string }

/** One link with what it links; `digest` is null where the act is gone. */
export type Step = Head & { readonly digest: string | null }

/** The first place at which the chain does not hold. */
export type Broken = {
  readonly place: number
  readonly what: 'changed' | 'missing' | 'put between' | 'moved'
  /** A sentence for whoever has to look into it. */
  readonly says: string
}

export const beginning: Head = { place: 0, hash: '0'.repeat(64) }

type Hash = Pick<Digests, 'sha256'>

export function digestOf(act: RecordedAct, { sha256 }: Hash): string {
  return hex(sha256(canonical(act)))
}

export function linkOf(before: string, digest: string, { sha256 }: Hash): string {
  return hex(sha256(`${before}\n${digest}`))
}

/** Reads `PLACE:HASH` as `lango audit head` prints it; null when it is not that. */
export function parseHead(text: string): Head | null {
  const [, place = '', hash = ''] = /^(0|[1-9][0-9]{0,14}):([0-9a-f]{64})$/.exec(text.trim()) ?? []
  return hash === '' ? null : { place: Number(place), hash }
}

export function printHead({ place, hash }: Head): string {
  return `${place}:${hash}`
}

export type ChainCheck = {
  /** Takes the next link; answers with the fault once there is one. */
  readonly add: (step: Step) => Broken | null
  /** No link follows. */
  readonly end: () => Broken | null
  /** The newest link that holds. */
  readonly head: () => Head
}

/** Walks a chain link by link in bounded memory. One link behind a fault is looked at, to say what kind it is. */
export function checkChain(from: Head, hash: Hash): ChainCheck {
  let head = from
  let doubt: Step | null = null
  return {
    add: (step) => {
      if (doubt !== null) return explain({ before: head, wrong: doubt, next: step }, hash)
      if (step.place !== head.place + 1) return gone(head.place + 1, 'its link is not there')
      if (step.digest === null) return gone(step.place, 'its link is there and the act is not')
      if (linkOf(head.hash, step.digest, hash) === step.hash) head = { place: step.place, hash: step.hash }
      else doubt = step
      return null
    },
    end: () => (doubt === null ? null : explain({ before: head, wrong: doubt, next: null }, hash)),
    head: () => head,
  }
}

function gone(place: number, why: string): Broken {
  return { place, what: 'missing', says: `the act at place ${place} is missing: ${why}` }
}

type Fault = { readonly before: Head; readonly wrong: Step; readonly next: Step | null }

/** What the link behind the wrong one fits tells which of the two was touched. */
function explain({ before, wrong, next }: Fault, hash: Hash): Broken {
  const at = wrong.place
  const follows = (link: string): boolean =>
    next?.digest !== undefined && next.digest !== null && linkOf(link, next.digest, hash) === next.hash
  if (follows(before.hash))
    return { place: at, what: 'put between', says: `the act at place ${at} was put between its neighbours` }
  if (next !== null && next.digest !== null && linkOf(before.hash, next.digest, hash) === wrong.hash)
    return { place: at, what: 'moved', says: `the acts at places ${at} and ${at + 1} changed places` }
  if (wrong.digest !== null && follows(linkOf(before.hash, wrong.digest, hash)))
    return { place: at, what: 'changed', says: `the link at place ${at} was changed` }
  const says = `the act at place ${at} was changed, or one before it was taken away and the places closed up`
  return { place: at, what: 'changed', says }
}
