import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { EmbeddedFault } from './fault.ts'
import type { RunAs } from './privileges.ts'

/** Where things stand that every part of the supervisor needs. */
export type Place = {
  readonly dataFolder: string
  /** PostgreSQL's own folder. */
  readonly cluster: string
  readonly log: string
  readonly binaries: Binaries
  readonly runAs: RunAs
}

const major = '18'
const unfinished = 'postgres.new-'

/** Makes the cluster unless it is there. A run that was cut short leaves nothing that looks finished. */
export async function makeCluster(
  place: Place,
  durable: boolean,
  say: (line: string) => void,
): Promise<void> {
  if (existsSync(join(place.cluster, 'PG_VERSION'))) return checkVersion(place)
  for (const name of readdirSync(place.dataFolder)) {
    if (name.startsWith(unfinished)) rmSync(join(place.dataFolder, name), { recursive: true, force: true })
  }
  say('Making a new database cluster…')
  const fresh = mkdtempSync(join(place.dataFolder, unfinished))
  place.runAs.own(fresh)
  try {
    await initdb(place, fresh, durable)
    renameSync(fresh, place.cluster)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    throw error
  }
}

/** Where Unix keeps `unshare` and `setpriv`. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Environment of every program of PostgreSQL: nothing of the user's locale, time zone or PG* variables. */
export function environment(binaries: Binaries): NodeJS.ProcessEnv {
  const library = binaries.libraryPath === null ? {} : { LD_LIBRARY_PATH: binaries.libraryPath }
  return { PATH: systemPath, LC_ALL: 'C', TZ: 'UTC', ...library }
}

function checkVersion(place: Place): void {
  const found = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim()
  if (found === major) return
  throw new EmbeddedFault(
    'other-version',
    `${place.cluster} was made by PostgreSQL ${found}, this Lango brings ${major}. With the Lango that made it run ` +
      '"lango backup FILE"; then start this one on a new LANGO_DATA and run "lango restore FILE".',
  )
}

async function initdb(place: Place, folder: string, durable: boolean): Promise<void> {
  const [command = '', ...args] = [
    ...place.runAs.prefix,
    place.binaries.initdb,
    `--pgdata=${folder}`,
    '--username=lango',
    // The socket stands in a folder that only its owner may enter; there is no other way in.
    '--auth=trust',
    '--encoding=UTF8',
    // The bundled ICU is old and the libc's order changes between releases; code point order changes never.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
    ...tunables().flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ]
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment(place.binaries) })
  let words = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('close', done)
  })
  if (code !== 0)
    throw new Error(
      `initdb ended with ${code ?? 'a signal'}: ${words.trim().split('\n').slice(-8).join('\n')}`,
    )
}

/** Written into postgresql.conf once, where an operator may tune them. What must hold is in `mustHold` (server.ts). */
function tunables(): readonly (readonly [string, string])[] {
  const megabytes = Math.floor(totalmem() / 1024 / 1024)
  const sharedBuffers = Math.max(64, Math.min(1024, Math.floor(megabytes / 8)))
  return [
    ['max_connections', '200'],
    ['shared_buffers', `${sharedBuffers}MB`],
    ['effective_cache_size', `${Math.max(128, Math.floor(megabytes / 2))}MB`],
    // Recovery after 4.6 GB of log took 48 s (ledger.md 3.3): these two bound the time of a restart.
    ['max_wal_size', '2GB'],
    // Log files that have been used are used again: making one stops every commit for some tens of milliseconds.
    ['min_wal_size', '512MB'],
    ['checkpoint_timeout', '5min'],
    ['wal_compression', 'on'],
    ['timezone', 'UTC'],
    ['log_timezone', 'UTC'],
    ['log_line_prefix', '%m [%p] '],
    ['log_checkpoints', 'off'],
  ]
}
