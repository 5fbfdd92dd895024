import { statfsSync } from 'node:fs'

/** Why the embedded server cannot be had; the message says what to do about it. */
export type EmbeddedFaultCode =
  'held' | 'disk-full' | 'not-supported' | 'not-allowed' | 'other-version' | 'failed'

export class EmbeddedFault extends Error {
  readonly code: EmbeddedFaultCode

  constructor(code: EmbeddedFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'EmbeddedFault'
    this.code = code
  }
}

/** Below this a PostgreSQL cannot even extend its write-ahead log by one 16 MB segment. */
const tooLittle = 16 * 1024 * 1024

/**
 * Turns whatever went wrong into a fault. A full disk is looked for twice, in the words and on the disk itself,
 * because on a full disk the server's log has no room for the words either.
 */
export function asEmbeddedFault(error: unknown, folder: string, words = ''): EmbeddedFault {
  if (error instanceof EmbeddedFault) return error
  const message = error instanceof Error ? error.message : String(error)
  const said = `${message}\n${words}`.trim()
  const free = freeBytes(folder)
  if (
    /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/.test(said) ||
    (free !== null && free < tooLittle)
  ) {
    const left = free === null ? '' : ` (${Math.floor(free / 1024 / 1024)} MB free)`
    return new EmbeddedFault(
      'disk-full',
      `the disk that holds ${folder} is full${left}. Make room there, 200 MB or more, and start again: nothing that was acknowledged is lost.`,
      error,
    )
  }
  return new EmbeddedFault('failed', said, error)
}

/** Bytes that an ordinary user may still write on the folder's disk; null where that cannot be asked. */
export function freeBytes(folder: string): number | null {
  try {
    const disk = statfsSync(folder)
    return disk.bavail * disk.bsize
  } catch {
    return null
  }
}
