import pg from 'pg'
import { connectionString } from './socket-folder.ts'

const database = 'lango'

/** Waits until the server answers and has our database; returns how to connect to it. */
export async function ensureDatabase(socketFolder: string): Promise<string> {
  const url = connectionString(socketFolder, database)
  const code = await tryConnect(url)
  if (code === null) return url
  // 3D000: the cluster is new and holds only what initdb made.
  if (code !== '3D000') throw new Error(`the embedded PostgreSQL does not let us in: ${code}`)
  const client = new pg.Client({ connectionString: connectionString(socketFolder, 'postgres') })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${database}`)
  } finally {
    await client.end()
  }
  return url
}

/** How to connect to our database on that server; null while it is starting or shutting down, or holds no such one. */
export async function addressIfServing(socketFolder: string): Promise<string | null> {
  const url = connectionString(socketFolder, database)
  return (await tryConnect(url)) === null ? url : null
}

/** Null when connecting worked, otherwise the code of the error. */
async function tryConnect(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // A server that ends while we are connected tells so by an event; without a listener that would end this process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return null
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    return code ?? message
  } finally {
    await client.end().catch(() => undefined)
  }
}
