import type { Behaviour } from './behaviour.ts'
import { kindly } from './behaviour.ts'

/** One request that a box received, exactly as it came. */
export type Received = {
  readonly id: number
  /** ISO 8601. */
  readonly at: string
  readonly method: string
  /** Path and query below the box. */
  readonly target: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The raw body: as text when it is UTF-8, otherwise as base64. */
  readonly body: string
  readonly encoding: 'utf8' | 'base64'
  /** What the box answered, as planned. */
  readonly answered: { readonly status: number; readonly manner: Behaviour['manner'] }
}

/** Boxes by name. A box comes into being when it is first used. */
export type Boxes = {
  readonly receive: (
    box: string,
    request: Omit<Received, 'id' | 'answered'>,
  ) => { readonly received: Received; readonly behaviour: Behaviour }
  /** Newest first, with how many have ever come. */
  readonly list: (box: string) => { readonly total: number; readonly notices: readonly Received[] }
  readonly behave: (box: string, behaviours: readonly Behaviour[]) => void
  readonly planned: (box: string) => readonly Behaviour[]
  readonly names: () => readonly string[]
  readonly clear: (box: string) => void
}

type Box = {
  readonly total: number
  readonly notices: readonly Received[]
  readonly behaviours: readonly Behaviour[]
}

const mostNotices = 200
const mostBoxes = 50

export function inboxes(): Boxes {
  const boxes = new Map<string, Box>()
  const open = (name: string): Box => boxes.get(name) ?? { total: 0, notices: [], behaviours: [] }
  const keep = (name: string, box: Box): void => {
    // Set anew, so that the first key is always the box that was unused for longest.
    boxes.delete(name)
    boxes.set(name, box)
    const [oldest] = boxes.keys()
    if (boxes.size > mostBoxes && oldest !== undefined) boxes.delete(oldest)
  }
  return {
    receive: (name, request) => {
      const box = open(name)
      const [behaviour = kindly, ...following] = box.behaviours
      const left = behaviour.times === null ? null : behaviour.times - 1
      const behaviours = left === 0 ? following : [{ ...behaviour, times: left }, ...following]
      const total = box.total + 1
      const answered = { status: behaviour.status, manner: behaviour.manner }
      const received = { ...request, id: total, answered }
      keep(name, { total, behaviours, notices: [received, ...box.notices].slice(0, mostNotices) })
      return { received, behaviour }
    },
    list: (name) => {
      const { total, notices } = open(name)
      return { total, notices }
    },
    behave: (name, behaviours) => keep(name, { ...open(name), behaviours }),
    planned: (name) => open(name).behaviours,
    names: () => [...boxes.keys()],
    clear: (name) => void boxes.delete(name),
  }
}

/** A body as text if it is text. */
export function readable(body: Buffer): { readonly body: string; readonly encoding: 'utf8' | 'base64' } {
  try {
    // ignoreBOM keeps the mark: a verified body must stay byte for byte what was sent.
    return { body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body), encoding: 'utf8' }
  } catch {
    return { body: body.toString('base64'), encoding: 'base64' }
  }
}
