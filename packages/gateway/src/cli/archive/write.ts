import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { closeSync, createWriteStream, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Line } from './format.ts'

export type ArchiveWriter = {
  readonly add: (line: Line) => Promise<void>
  /** The digest of every line so far, for the manifest. */
  readonly digest: () => string
  /** Only after this the file stands under its name. */
  readonly finish: () => Promise<void>
  readonly abandon: () => void
}

/** Writes beside the wanted name, readable by its owner only: a backup holds everything that the database does. */
export function writeArchive(file: string): ArchiveWriter {
  const part = `${file}.part`
  const disk = createWriteStream(part, { mode: 0o600 })
  const zip = createGzip({ level: 6 })
  zip.pipe(disk)
  const done = finished(disk)
  // A disk that fills up is told by whoever awaits next; until then the rejection must not count as unhandled.
  done.catch((error: unknown) => zip.destroy(error as Error))
  zip.on('error', () => disk.destroy())
  const hash: Hash = createHash('sha256')
  return {
    add: async (line) => {
      const text = `${JSON.stringify(line)}\n`
      hash.update(text)
      if (!zip.write(text)) await Promise.race([once(zip, 'drain'), done])
    },
    digest: () => hash.copy().digest('hex'),
    finish: async () => {
      zip.end()
      await done
      syncToDisk(part)
      renameSync(part, file)
    },
    abandon: () => {
      zip.destroy()
      disk.destroy()
      rmSync(part, { force: true })
    },
  }
}

function syncToDisk(file: string): void {
  const handle = openSync(file, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
