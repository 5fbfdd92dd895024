import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import { attachEmbedded } from '../outside/embedded-postgres/attach.ts'
import type { Embedded } from '../outside/embedded-postgres/embedded.ts'
import { startEmbedded } from '../outside/embedded-postgres/start.ts'
import { CommandFault } from './command.ts'

export type OpenDatabase = {
  readonly url: string
  /** For people: which database this is. */
  readonly name: string
  /** Gives back what opening took: a server that we started ends, one that ran before goes on. */
  readonly close: () => Promise<void>
}

export type OpenOptions = {
  readonly doing: string
  readonly say: (line: string) => void
  /** For a command that only looks: without a database it has nothing to look at, and makes none. */
  readonly mustBeThere?: true
}

/** The database of a command: DATABASE_URL, or the embedded one that runs already, or that one started for a moment. */
export async function openDatabase(config: Config, options: OpenOptions): Promise<OpenDatabase> {
  if (config.databaseUrl !== null) return openGiven(config.databaseUrl)
  const running = await attachEmbedded(config.dataFolder)
  if (running !== null) {
    return { url: running.connectionString, name: embeddedName(config), close: () => Promise.resolve() }
  }
  if (options.mustBeThere === true && !existsSync(join(config.dataFolder, 'postgres'))) {
    throw new CommandFault(`there is no database in ${config.dataFolder} yet: "lango start" makes it.`)
  }
  const { doing, say } = options
  const embedded = await startEmbedded({ dataFolder: config.dataFolder, doing, say })
  return { url: embedded.connectionString, name: embeddedName(config), close: embedded.stop }
}

/** Like `openDatabase` for the gateway itself, which has to be the one that supervises the embedded server. */
export async function ownDatabase(
  config: Config,
  options: OpenOptions,
): Promise<OpenDatabase & { readonly embedded: Embedded | null }> {
  if (config.databaseUrl !== null) return { ...(await openGiven(config.databaseUrl)), embedded: null }
  const { doing, say } = options
  const embedded = await startEmbedded({ dataFolder: config.dataFolder, doing, say })
  return { url: embedded.connectionString, name: embeddedName(config), close: embedded.stop, embedded }
}

const embeddedName = (config: Config): string => `embedded PostgreSQL in ${config.dataFolder}`

/** Connects once, so that a wrong address is told as such and not as a failure of whatever came first. */
async function openGiven(url: string): Promise<OpenDatabase> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    const message = error instanceof AggregateError ? error.errors.map(String).join('; ') : String(error)
    throw new CommandFault(`the database of DATABASE_URL cannot be reached: ${message}`)
  }
  await client.end()
  const { host, pathname } = new URL(url)
  return { url, name: `PostgreSQL at ${host}${pathname}`, close: () => Promise.resolve() }
}
