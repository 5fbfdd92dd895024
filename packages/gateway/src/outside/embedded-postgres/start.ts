import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeDataFolder } from '../data-folder.ts'
import { findBinaries } from './binaries.ts'
import { makeCluster } from './cluster.ts'
import type { Place } from './cluster.ts'
import { ensureDatabase } from './database.sql.ts'
import type { Embedded, EmbeddedOptions, Found } from './embedded.ts'
import { asEmbeddedFault } from './fault.ts'
import { holdFolder } from './holder.ts'
import { worksIn } from './process-identity.ts'
import { howToRun } from './privileges.ts'
import { gone, startServer, watchServer } from './server.ts'
import type { Running } from './server.ts'
import {
  readPostmaster,
  readServerNote,
  removePostmasterFile,
  removeServerNote,
  writeServerNote,
} from './server-file.ts'
import { makeSocketFolder, removeSocketFolder } from './socket-folder.ts'
import { supervise } from './supervise.ts'

/**
 * The embedded PostgreSQL of a data folder, made, started or adopted, and kept running until `stop`.
 * Throws EmbeddedFault: `held` when another process has the folder, `disk-full`, `not-allowed`, `not-supported`,
 * `other-version`, `failed`.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataFolder = resolve(options.dataFolder)
  const say = options.say ?? (() => undefined)
  const durable = options.durable ?? true
  try {
    makeDataFolder(dataFolder)
    const held = await holdFolder(dataFolder, options.doing)
    try {
      const place = findPlace(dataFolder)
      await makeCluster(place, durable, say)
      const found = (await adopt(place, say)) ?? (await startFresh(place, durable, say))
      const url = await ensureDatabase(found.socketFolder)
      const restart = () => startPatiently(place, found.socketFolder, durable)
      return supervise({ ...found, place, say, url, held, restart })
    } catch (error) {
      held.release()
      throw error
    }
  } catch (error) {
    throw asEmbeddedFault(error, dataFolder)
  }
}

function findPlace(dataFolder: string): Place {
  const runAs = howToRun()
  runAs.own(dataFolder)
  return {
    dataFolder,
    cluster: join(dataFolder, 'postgres'),
    log: join(dataFolder, 'postgres.log'),
    binaries: findBinaries(join(dataFolder, 'lib')),
    runAs,
  }
}

/**
 * The server that a killed process left behind. One that was told to die with its parent is shutting down: we wait
 * for it and adopt nothing. Any other is taken over as it runs, which is quicker and loses no warm cache.
 */
async function adopt(place: Place, say: (line: string) => void): Promise<Found | null> {
  const left = readPostmaster(place.cluster)
  if (left === null) return null
  const ours = worksIn(left.pid, place.cluster)
  if (ours === false) {
    // PostgreSQL would refuse to start if the number now belongs to some other program.
    removePostmasterFile(place.cluster)
    return null
  }
  const diesWithParent = readServerNote(place.dataFolder)?.diesWithParent === true
  if (!diesWithParent && left.status === 'ready' && existsSync(left.socketFolder)) {
    return { running: watchServer(left.pid), socketFolder: left.socketFolder, adopted: true }
  }
  say(`Waiting for the PostgreSQL of a process that was killed (${left.pid}) to shut down…`)
  await gone(left.pid)
  return null
}

async function startFresh(place: Place, durable: boolean, say: (line: string) => void): Promise<Found> {
  const before = readServerNote(place.dataFolder)
  if (before !== null) removeSocketFolder(before.socketFolder)
  const socketFolder = makeSocketFolder()
  place.runAs.own(socketFolder)
  writeServerNote(place.dataFolder, { socketFolder, diesWithParent: place.runAs.diesWithParent })
  const slow = setTimeout(
    () => say('PostgreSQL is recovering from a crash or a kill; this takes up to a minute…'),
    2000,
  )
  try {
    return { running: await startPatiently(place, socketFolder, durable), socketFolder, adopted: false }
  } catch (error) {
    removeSocketFolder(socketFolder)
    removeServerNote(place.dataFolder)
    throw error
  } finally {
    clearTimeout(slow)
  }
}

const stillInUse = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/

/**
 * A server whose main process was killed has children that go on for a moment; PostgreSQL rightly refuses to start
 * beside them.
 */
async function startPatiently(place: Place, socketFolder: string, durable: boolean): Promise<Running> {
  for (let tries = 0; ; tries++) {
    try {
      return await startServer(place, socketFolder, durable)
    } catch (error) {
      if (tries === 100 || !stillInUse.test(error instanceof Error ? error.message : '')) throw error
      await sleep(100)
    }
  }
}
