import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { limitRows, printLimits, readLimitsConfig } from './http/limit-settings.ts'
import type { Families } from './http/limits.ts'
import { parseNetworks } from './http/trusted-proxies.ts'
import { messageRows, readMessagesConfig, type MessagesConfig } from './outside/messages/config.ts'
import { DataFolderFault } from './outside/data-folder.ts'
import { keepMasterKey } from './outside/master-key.ts'
import { parseMasterKeys } from './outside/vault.ts'
import type { MasterKeys } from './outside/vault.ts'

/** Everything that the operator may decide, read once at start. */
export type Config = {
  readonly port: number
  readonly host: string
  /** Absolute. */
  readonly dataFolder: string
  /** Null: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | null
  /** The origin of every address that we print, without a closing slash. */
  readonly publicUrl: string
  readonly mode: 'sandbox' | 'live'
  /** The newest first; 32 bytes each. Never print or log them. */
  readonly masterKeys: MasterKeys
  /** Host names by dialect; a dialect without one is served on the public URL alone. */
  readonly hosts: Readonly<Record<string, string>>
  /** Addresses and networks (CIDR) whose X-Forwarded-* headers are believed. */
  readonly trustedProxies: readonly string[]
  /** How often each family of endpoints may be asked. */
  readonly limits: Families
  /** Lets /metrics be read from other machines; null: only from this one. Never print or log it. */
  readonly metricsToken: string | null
  readonly logLevel: 'info' | 'warn' | 'error' | 'silent'
  readonly messages: MessagesConfig
  /** Absolute path of a list of stolen passwords; null: none. */
  readonly stolenPasswords: string | null
}

/** A setting as `lango config` shows it. */
export type ExplainedSetting = {
  readonly name: string
  readonly meaning: string
  readonly default: string
  /** Secrets are hidden. */
  readonly value: string
  readonly source: 'environment' | 'default'
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Every fault at once, so that nobody mends one to be told of the next. */
export class ConfigFault extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    )
    this.name = 'ConfigFault'
    this.faults = faults
  }
}

/** Reads the environment, and the master key that is kept in the data folder (made there when it may be). */
export function loadConfig(env: Environment = process.env): Config {
  const { faults, ...read } = readSettings(env)
  if (faults.length > 0) throw new ConfigFault(faults)
  const { masterKeys: given, ...settings } = read
  return Object.freeze({ ...settings, masterKeys: given ?? keptMasterKey(settings) })
}

function keptMasterKey({ dataFolder }: Pick<Config, 'dataFolder'>): MasterKeys {
  try {
    return keepMasterKey(dataFolder)
  } catch (error) {
    const setting = error instanceof DataFolderFault ? 'LANGO_DATA' : 'LANGO_MASTER_KEY'
    throw new ConfigFault([`${setting}: ${error instanceof Error ? error.message : String(error)}`])
  }
}

/** For `lango config`: each setting with where its value comes from; never fails, faults stand beside. */
export function explainConfig(env: Environment = process.env): {
  readonly settings: readonly ExplainedSetting[]
  readonly faults: readonly string[]
} {
  const { faults, ...read } = readSettings(env)
  // What a default comes to here, where its own words leave that open.
  const inForce: Readonly<Record<string, string>> = {
    LANGO_DATA: read.dataFolder,
    LANGO_PUBLIC_URL: read.publicUrl,
    LANGO_LOG: read.logLevel,
    LANGO_LIMITS: printLimits(read.limits),
  }
  const settings = Object.entries(table).map(([name, { meaning, fallback, secret }]) => {
    const given = env[name]
    const isGiven = given !== undefined && given !== ''
    return {
      name,
      meaning,
      default: fallback,
      value: secret === true && isGiven ? '(hidden)' : (inForce[name] ?? (isGiven ? given : fallback)),
      source: isGiven ? ('environment' as const) : ('default' as const),
    }
  })
  return { settings, faults }
}

type Row = {
  readonly meaning: string
  readonly fallback: string
  /** What a value has to be, for the list of faults. */
  readonly must: string
  readonly secret?: true
}

const rows = {
  PORT: {
    meaning: 'port of the gateway; the sandbox uses the next two as well',
    fallback: '4000',
    must: 'a number from 1 to 65533',
  },
  HOST: { meaning: 'address to listen on', fallback: '127.0.0.1', must: 'an address or a host name' },
  LANGO_DATA: {
    meaning: 'folder of the embedded database and of kept keys',
    fallback: '.lango',
    must: 'a folder',
  },
  DATABASE_URL: {
    meaning: 'postgres://… of a PostgreSQL 15 or newer',
    fallback: 'none: embedded',
    must: 'postgres://user@host:port/database',
    secret: true,
  },
  LANGO_PUBLIC_URL: {
    meaning: 'issuer, and origin of every link',
    fallback: 'http://localhost:PORT',
    must: 'an origin such as https://pay.example.org, without a path',
  },
  LANGO_MODE: {
    meaning: 'sandbox (demo data, simulators, explaining errors) or live',
    fallback: 'sandbox',
    must: 'sandbox or live',
  },
  LANGO_MASTER_KEY: {
    meaning: 'encrypts kept secrets; older keys after a comma',
    fallback: 'made and kept in LANGO_DATA',
    must: '32 bytes in hex or base64; "openssl rand -hex 32" makes one',
    secret: true,
  },
  LANGO_HOSTS: {
    meaning: 'the one host name that each dialect answers on',
    fallback: 'none',
    must: 'like dialect=host.example.org,other=host2.example.org',
  },
  LANGO_TRUSTED_PROXIES: {
    meaning: 'addresses or networks whose X-Forwarded-* is believed',
    fallback: 'none',
    must: 'addresses or networks divided by commas, like 10.0.0.0/8,::1',
  },
  ...limitRows,
  LANGO_METRICS_TOKEN: {
    meaning: 'bearer token that lets other machines read /metrics',
    fallback: 'none: only this machine',
    must: 'at least 16 characters without blanks',
    secret: true,
  },
  ...messageRows,
  LANGO_BREACHED_PASSWORDS: {
    meaning:
      'file of SHA-1 hashes, sorted, a line each (HASH or HASH:COUNT): nobody may choose one of these passwords',
    fallback: 'none',
    must: 'a file that can be read',
  },
  LANGO_LOG: {
    meaning: 'how much is logged',
    fallback: 'warn in the sandbox, info live',
    must: 'info, warn, error or silent',
  },
} as const satisfies Readonly<Record<string, Row>>

type Name = keyof typeof rows

const table: Readonly<Record<Name, Row>> = rows

type Settings = Omit<Config, 'masterKeys'> & {
  readonly masterKeys: MasterKeys | null
  readonly faults: readonly string[]
}

const checkout = fileURLToPath(new URL('../../..', import.meta.url))

function readSettings(env: Environment): Settings {
  const faults: string[] = misspelled(env)
  const get = <T>(name: Name, parse: (text: string) => T | null, otherwise: T): T => {
    const text = env[name]
    if (text === undefined || text === '') return otherwise
    const value = parse(text.trim())
    // The value itself may be a secret or hold one, and is not repeated.
    if (value === null) faults.push(`${name}: must be ${table[name].must}`)
    return value ?? otherwise
  }
  const mode = get('LANGO_MODE', oneOf(['sandbox', 'live']), 'sandbox')
  const port = get('PORT', parsePort, 4000)
  const settings: Settings = {
    mode,
    port,
    host: get('HOST', parseHost, '127.0.0.1'),
    // By itself it stands in the checkout, wherever `npx lango` is called; a given one is relative to the caller.
    dataFolder: get('LANGO_DATA', (text) => resolve(text), join(checkout, '.lango')),
    databaseUrl: get<string | null>('DATABASE_URL', parseDatabaseUrl, null),
    publicUrl: get('LANGO_PUBLIC_URL', parseOrigin, `http://localhost:${port}`),
    masterKeys: get<MasterKeys | null>('LANGO_MASTER_KEY', parseMasterKeys, null),
    hosts: get('LANGO_HOSTS', parseHosts, {}),
    trustedProxies: get('LANGO_TRUSTED_PROXIES', parseNetworks, []),
    limits: readLimitsConfig(get, faults),
    metricsToken: get<string | null>('LANGO_METRICS_TOKEN', parseMetricsToken, null),
    logLevel: get('LANGO_LOG', oneOf(['info', 'warn', 'error', 'silent']), mode === 'live' ? 'info' : 'warn'),
    messages: readMessagesConfig(get, faults),
    stolenPasswords: get<string | null>(
      'LANGO_BREACHED_PASSWORDS',
      (text) => (existsSync(text) ? resolve(text) : null),
      null,
    ),
    faults,
  }
  faults.push(...liveFaults(settings))
  return settings
}

/** What is convenient on a laptop and dangerous with real money. Demo data is looked for when the database is open. */
function liveFaults({ mode, publicUrl, databaseUrl, masterKeys }: Settings): readonly string[] {
  if (mode === 'sandbox') return []
  const noKey = masterKeys === null && databaseUrl !== null
  return [
    ...(publicUrl.startsWith('https:') ? [] : ['LANGO_PUBLIC_URL: live needs an https origin']),
    ...(noKey
      ? ['LANGO_MASTER_KEY: live on a DATABASE_URL needs one, the same for every gateway process']
      : []),
  ]
}

/** A name that nearly is one of ours would otherwise be ignored in silence. */
function misspelled(env: Environment): string[] {
  const names = Object.keys(table)
  const bare = (name: string): string => name.replace(/[^A-Z]/g, '')
  return Object.keys(env)
    .filter((name) => name.startsWith('LANGO') && !names.includes(name))
    .flatMap((name) => {
      const meant = names.find((known) => bare(known) === bare(name.toUpperCase()))
      return meant === undefined ? [] : [`${name}: no such setting; is ${meant} meant?`]
    })
}

function oneOf<const T extends string>(words: readonly T[]): (text: string) => T | null {
  return (text) => words.find((word) => word === text) ?? null
}

function parseHost(text: string): string | null {
  return /^[\w.:%-]+$/.test(text) ? text : null
}

function parsePort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65_533 ? port : null
}

function parseDatabaseUrl(text: string): string | null {
  const url = URL.parse(text)
  const isPostgres = url !== null && /^postgres(ql)?:$/.test(url.protocol)
  return isPostgres && url.pathname.length > 1 ? text : null
}

function parseOrigin(text: string): string | null {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  const rest = `${url.username}${url.password}${url.pathname.slice(1)}${url.search}${url.hash}`
  return rest === '' ? url.origin : null
}

function parseMetricsToken(text: string): string | null {
  return /^\S{16,}$/.test(text) ? text : null
}

function parseHosts(text: string): Readonly<Record<string, string>> | null {
  const pairs = text.split(',').map((pair) => /^\s*([a-z]+)=([a-z0-9.-]+(?::\d+)?)\s*$/i.exec(pair))
  const entries = pairs.flatMap((pair) =>
    pair === null ? [] : [[pair[1] ?? '', (pair[2] ?? '').toLowerCase()] as const],
  )
  const hosts = new Set(entries.map(([, host]) => host))
  // Two dialects on one host name could not be told apart, no more than one dialect named twice.
  if (entries.length !== pairs.length || hosts.size !== pairs.length) return null
  const byDialect = Object.fromEntries<string>(entries)
  return Object.keys(byDialect).length === pairs.length ? byDialect : null
}
