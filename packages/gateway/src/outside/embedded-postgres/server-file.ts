import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the data folder tells about the server that runs on it: where others reach it, and what becomes of it. */
export type ServerNote = { readonly socketFolder: string; readonly diesWithParent: boolean }

export function writeServerNote(dataFolder: string, note: ServerNote): void {
  writeFileSync(file(dataFolder), JSON.stringify(note), { mode: 0o600 })
}

export function readServerNote(dataFolder: string): ServerNote | null {
  try {
    const read = JSON.parse(readFileSync(file(dataFolder), 'utf8')) as Partial<ServerNote>
    if (typeof read.socketFolder !== 'string') return null
    return { socketFolder: read.socketFolder, diesWithParent: read.diesWithParent === true }
  } catch {
    return null
  }
}

export function removeServerNote(dataFolder: string): void {
  rmSync(file(dataFolder), { force: true })
}

/** What PostgreSQL itself writes while it runs: its process, its socket's folder, and how far it has come. */
export type Postmaster = { readonly pid: number; readonly socketFolder: string; readonly status: string }

/** Lines 1, 5 and 8 of postmaster.pid; null without a readable file. */
export function readPostmaster(cluster: string): Postmaster | null {
  try {
    const lines = readFileSync(postmasterFile(cluster), 'utf8').split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 0) return null
    return { pid, socketFolder: lines[4] ?? '', status: (lines[7] ?? '').trim() }
  } catch {
    return null
  }
}

export function removePostmasterFile(cluster: string): void {
  rmSync(postmasterFile(cluster), { force: true })
}

const file = (dataFolder: string): string => join(dataFolder, 'server.json')
const postmasterFile = (cluster: string): string => join(cluster, 'postmaster.pid')
