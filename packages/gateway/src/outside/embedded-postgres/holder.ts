import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedFault } from './fault.ts'
import { processIdentity } from './process-identity.ts'

/** Who has the data folder: one process at a time supervises the server in it. */
export type Holder = {
  readonly pid: number
  readonly identity: string
  readonly host: string
  readonly since: string
  readonly doing: string
}

export type Held = { readonly release: () => void }

const beatEvery = 5_000
const silentFor = 20_000

/**
 * Takes the folder for this process or throws a fault `held` that names who has it and since when. A holder that
 * died without releasing is succeeded at once; one on another host (a shared volume), whose processes cannot be
 * seen from here, when its file was not touched for 20 seconds.
 */
export async function holdFolder(dataFolder: string, doing: string): Promise<Held> {
  const file = holderFile(dataFolder)
  const mine = JSON.stringify(describeSelf(doing))
  for (;;) {
    if (writeNew(file, mine)) return keep(file, mine)
    const text = await readSettled(file)
    if (text === null) continue
    const holder = parseHolder(text)
    if (holder !== null && isHolding(holder, file)) throw heldBy(holder, dataFolder)
    setAside(file, text)
  }
}

/** The process that has the folder now; null when none has. */
export function currentHolder(dataFolder: string): Holder | null {
  const file = holderFile(dataFolder)
  const holder = parseHolder(readOrNull(file) ?? '')
  return holder !== null && isHolding(holder, file) ? holder : null
}

const holderFile = (dataFolder: string): string => join(dataFolder, 'holder.json')

function describeSelf(doing: string): Holder {
  const identity = processIdentity(process.pid) ?? ''
  return { pid: process.pid, identity, host: hostname(), since: new Date().toISOString(), doing }
}

function heldBy(holder: Holder, dataFolder: string): EmbeddedFault {
  const where = holder.host === hostname() ? '' : ` on host ${holder.host}`
  return new EmbeddedFault(
    'held',
    `${dataFolder} is held by process ${holder.pid}${where} ("${holder.doing}") since ${holder.since}. ` +
      'Stop that one, or give this one a folder of its own with LANGO_DATA and another PORT.',
  )
}

function isHolding(holder: Holder, file: string): boolean {
  if (holder.host === hostname()) return processIdentity(holder.pid) === holder.identity
  try {
    return Date.now() - statSync(file).mtimeMs < silentFor
  } catch {
    return false
  }
}

function writeNew(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    // A full disk leaves an empty file behind, which would look like a holder that is just writing.
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') rmSync(file, { force: true })
    throw error
  }
}

/** The file's text; waits a moment when it was created but not yet written. */
async function readSettled(file: string): Promise<string | null> {
  for (let tries = 0; ; tries++) {
    const text = readOrNull(file)
    if (text === null || text !== '' || tries === 20) return text
    await sleep(25)
  }
}

/**
 * Moves a dead holder's file away. If somebody succeeded it between our reading and our moving, we moved a living
 * one: it is put back where it was, and the next round finds it.
 */
function setAside(file: string, expected: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const moved = readOrNull(aside) ?? ''
  if (moved !== expected) writeNew(file, moved)
  rmSync(aside, { force: true })
}

function keep(file: string, mine: string): Held {
  const beat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date())
    } catch {
      // The folder was removed under us; whoever did that wants no further sign of life.
    }
  }, beatEvery)
  beat.unref()
  return {
    release: () => {
      clearInterval(beat)
      if (readOrNull(file) === mine) rmSync(file, { force: true })
    },
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const read = JSON.parse(text) as Partial<Holder>
    const { pid, identity, host, since, doing } = read
    if (typeof pid !== 'number' || typeof identity !== 'string' || typeof host !== 'string') return null
    return { pid, identity, host, since: since ?? 'an unknown time', doing: doing ?? 'unknown' }
  } catch {
    return null
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
