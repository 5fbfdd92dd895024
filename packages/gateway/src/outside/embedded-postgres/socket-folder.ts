import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { EmbeddedFault } from './fault.ts'

/** PostgreSQL names its socket by a port number even where there is no port. */
export const socketPort = 5432

/** sockaddr_un holds 108 bytes with the closing zero; macOS has 104. */
const longestPath = process.platform === 'darwin' ? 103 : 107
const prefix = 'lango-'

/** A new folder that only this user may enter: whoever reaches the socket is let in without a password. */
export function makeSocketFolder(): string {
  const fits = (parent: string): boolean =>
    Buffer.byteLength(join(parent, `${prefix}XXXXXX`, `.s.PGSQL.${socketPort}`)) <= longestPath &&
    isFolder(parent)
  const parent = [tmpdir(), '/tmp', '/var/tmp'].find(fits)
  if (parent === undefined) {
    throw new EmbeddedFault(
      'failed',
      `no temporary folder has a path short enough for a socket: ${tmpdir()} is too long.`,
    )
  }
  return mkdtempSync(join(parent, prefix))
}

/** Removes a socket folder of ours; anything that does not look like one is left alone. */
export function removeSocketFolder(folder: string): void {
  if (basename(folder).startsWith(prefix) && dirname(folder) !== folder)
    rmSync(folder, { recursive: true, force: true })
}

/** How a program connects to the server behind the socket: understood by pg and by libpq alike. */
export function connectionString(socketFolder: string, database: string): string {
  return `postgres://lango@localhost:${socketPort}/${database}?host=${encodeURIComponent(socketFolder)}`
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
