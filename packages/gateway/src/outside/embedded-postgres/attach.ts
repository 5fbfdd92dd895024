import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { addressIfServing } from './database.sql.ts'
import { currentHolder } from './holder.ts'
import { worksIn } from './process-identity.ts'
import { readPostmaster } from './server-file.ts'

export type Attached = {
  readonly connectionString: string
  readonly socketFolder: string
  readonly pid: number
}

const patience = 60_000

/**
 * The server that already runs on the data folder, for commands beside a running gateway; null when none runs. While
 * its holder is still starting it, this waits.
 */
export async function attachEmbedded(dataFolder: string): Promise<Attached | null> {
  const folder = resolve(dataFolder)
  const until = performance.now() + patience
  while (performance.now() < until) {
    const found = await serving(folder)
    if (found !== null) return found
    if (currentHolder(folder) === null) return null
    await sleep(50)
  }
  return null
}

async function serving(dataFolder: string): Promise<Attached | null> {
  const cluster = join(dataFolder, 'postgres')
  const server = readPostmaster(cluster)
  if (server === null || server.status !== 'ready' || worksIn(server.pid, cluster) === false) return null
  if (!existsSync(server.socketFolder)) return null
  const connectionString = await addressIfServing(server.socketFolder)
  return connectionString === null
    ? null
    : { connectionString, socketFolder: server.socketFolder, pid: server.pid }
}
