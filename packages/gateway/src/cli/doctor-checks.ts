import type pg from 'pg'
import type { Config } from '../config.ts'
import { verifyChain } from '../core/audit/verify-chain.ts'
import { checkLedger } from '../core/ledger/check-ledger.ts'
import { hasDemoData } from '../core/organization/keep-demo-addresses.ts'
import { openPorts } from '../outside/open-ports.ts'
import { freeBytes } from '../outside/embedded-postgres/fault.ts'
import { serverVersion } from '../outside/migrate.sql.ts'
import { pendingMigrations } from '../outside/migrate.ts'
import { durability, readClock, readSettings } from './doctor.sql.ts'

export type Finding = {
  readonly verdict: 'good' | 'doubtful' | 'bad'
  /** What was found, and where that is not good, what to do. */
  readonly says: string
}

export type Patient = { readonly config: Config; readonly client: pg.Client; readonly databaseUrl: string }

export type Check = { readonly name: string; readonly look: (patient: Patient) => Promise<Finding> }

/** In the order in which they are told. A new check, such as one of the books, is a line here. */
export const checks: readonly Check[] = [
  { name: 'database version', look: ({ client }) => databaseVersion(client) },
  { name: 'durability', look: ({ client }) => durable(client) },
  { name: 'migrations', look: ({ databaseUrl }) => migrations(databaseUrl) },
  { name: 'disk', look: ({ config }) => Promise.resolve(disk(config)) },
  { name: 'clock', look: ({ client }) => clock(client) },
  { name: 'books', look: async (patient) => await books(patient) },
  { name: 'audit trail', look: async (patient) => await auditTrail(patient) },
  { name: 'demo data', look: async (patient) => await demoData(patient) },
  { name: 'messages', look: ({ config }) => Promise.resolve(messages(config)) },
]

/** Whether people can be written to: without it nobody registers, and a lost password stays lost. */
function messages({ mode, messages: { smtp, sms } }: Config): Finding {
  const lacks = [...(smtp === null ? ['e-mail'] : []), ...(sms === null ? ['SMS'] : [])]
  if (lacks.length === 0) return { verdict: 'good', says: 'e-mail and SMS are carried' }
  if (mode === 'sandbox') {
    return { verdict: 'good', says: `no carrier for ${lacks.join(' and ')}: read on /sandbox/messages` }
  }
  const cure = 'set LANGO_SMTP_URL, LANGO_SMS_URL'
  return lacks.length === 1
    ? { verdict: 'good', says: `no ${lacks.join('')}: codes go by the other medium alone` }
    : {
        verdict: 'doubtful',
        says: `neither e-mail nor SMS: nobody can register or choose a new password; ${cure}`,
      }
}

/** Every invariant of the ledger; reads all of it, so this takes its time on a large one. */
async function books({ config, databaseUrl }: Patient): Promise<Finding> {
  const { masterKeys, mode } = config
  const ports = openPorts({ databaseUrl, masterKeys, mode, connections: 1 })
  try {
    const [first, ...more] = await checkLedger(ports)
    if (first === undefined) return { verdict: 'good', says: 'every shilling is in exactly one place' }
    const others = more.length === 0 ? '' : ` and ${more.length} more`
    return { verdict: 'bad', says: `broken: ${first.rule} (${first.where})${others}` }
  } finally {
    await ports.close()
  }
}

/** Every act and every link, a page in memory at a time. */
async function auditTrail({ config, databaseUrl }: Patient): Promise<Finding> {
  const { masterKeys, mode } = config
  const ports = openPorts({ databaseUrl, masterKeys, mode, connections: 1 })
  try {
    const { head, waiting, broken } = await verifyChain(ports)
    if (broken !== null) return { verdict: 'bad', says: `broken: ${broken.says}` }
    const more = waiting === 0 ? '' : `, and ${waiting} that a running gateway chains next`
    const newest = head.place === 0 ? '' : `, the newest ${head.hash.slice(0, 16)}…`
    return { verdict: 'good', says: `${head.place} acts in one unbroken chain${newest}${more}` }
  } finally {
    await ports.close()
  }
}

async function demoData({ config, databaseUrl }: Patient): Promise<Finding> {
  if (config.mode === 'sandbox') return { verdict: 'good', says: 'may be here: this is a sandbox' }
  const ports = openPorts({ databaseUrl, masterKeys: config.masterKeys, mode: config.mode, connections: 1 })
  try {
    return (await hasDemoData(ports))
      ? {
          verdict: 'bad',
          says: 'there is some, with keys that everybody knows: a live gateway refuses to start over it',
        }
      : { verdict: 'good', says: 'none' }
  } finally {
    await ports.close()
  }
}

async function databaseVersion(client: pg.Client): Promise<Finding> {
  const version = await serverVersion(client)
  const says = `PostgreSQL ${Math.floor(version / 10_000)}.${version % 10_000}`
  return version >= 150_000
    ? { verdict: 'good', says }
    : { verdict: 'bad', says: `${says}; 15 or newer is needed` }
}

async function durable(client: pg.Client): Promise<Finding> {
  const settings = await readSettings(client, durability)
  const off = durability.filter((name) => settings[name] === 'off')
  if (off.length === 0) return { verdict: 'good', says: 'a commit is on disk before it is acknowledged' }
  return {
    verdict: 'bad',
    says: `${off.join(', ')} off: a power cut loses payments that were acknowledged; set on`,
  }
}

async function migrations(databaseUrl: string): Promise<Finding> {
  const pending = await pendingMigrations(databaseUrl)
  if (pending.length === 0) return { verdict: 'good', says: 'current' }
  return {
    verdict: 'bad',
    says: `${pending.join(', ')} not applied; "lango migrate" or a start applies them`,
  }
}

const megabyte = 1024 * 1024
const [scarce, tooLittle] = [2048 * megabyte, 256 * megabyte]

/** Of the data folder; the disk of a server elsewhere cannot be seen from here. */
function disk({ dataFolder, databaseUrl }: Config): Finding {
  const free = freeBytes(dataFolder)
  if (databaseUrl !== null)
    return { verdict: 'good', says: 'the database is elsewhere: watch its disk there' }
  if (free === null) return { verdict: 'doubtful', says: `cannot be asked for ${dataFolder}` }
  const says = `${Math.floor(free / megabyte)} MB free in ${dataFolder}`
  if (free < tooLittle)
    return { verdict: 'bad', says: `${says}: make room now, a full disk stops the database` }
  return free < scarce ? { verdict: 'doubtful', says: `${says}: make room soon` } : { verdict: 'good', says }
}

const furthest = 2000

/** Tokens and codes are timed by the gateway, invoices and retries by the database: they have to agree. */
async function clock(client: pg.Client): Promise<Finding> {
  const before = performance.timeOrigin + performance.now()
  const theirs = await readClock(client)
  const after = performance.timeOrigin + performance.now()
  const apart = Math.round(Math.max(before - theirs, theirs - after, 0))
  if (apart <= furthest)
    return { verdict: 'good', says: `database and gateway agree within ${Math.max(apart, 1)} ms` }
  return { verdict: 'bad', says: `database and gateway are ${apart} ms apart: set both by NTP` }
}
