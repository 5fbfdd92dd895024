import { systemClock } from './clock.ts'
import { openDigests } from './digests.ts'
import { openIds, systemChance } from './ids.ts'
import { openLog, type LogOptions } from './log.ts'
import { openPasswords } from './passwords.ts'
import { openStolenPasswords } from './stolen-passwords.ts'
import { openPostgres } from './postgres.ts'
import { joseSignatures } from './signatures.ts'
import { openVault, type MasterKeys } from './vault.ts'
import type { Chance } from '../base/id.ts'
import type { Clock } from '../base/time.ts'
import type { Signatures } from '../core/client/signatures.ts'
import type { Log, Passwords, Ports } from '../core/ports.ts'

export type PortsSetup = {
  readonly databaseUrl: string
  readonly masterKeys: MasterKeys
  readonly mode: 'sandbox' | 'live'
  readonly logLevel?: NonNullable<LogOptions['level']>
  /** A sorted list of SHA-1 hashes. */
  readonly stolenPasswords?: string | null
  /** Connections to the database. */
  readonly connections?: number
  /** What tests fix. */
  readonly clock?: Clock
  readonly chance?: Chance
  readonly log?: Log
  readonly passwords?: Passwords
}

/** The ports that reads and writes need, without any door: for the house, for commands and for the demo's seed. */
export type OpenPorts = Ports & {
  readonly signatures: Signatures
  readonly passwords: Passwords
  readonly mode: PortsSetup['mode']
  readonly close: () => Promise<void>
}

export function openPorts(setup: PortsSetup): OpenPorts {
  const { mode, logLevel, masterKeys, stolenPasswords = null } = setup
  const log = setup.log ?? openLog({ mode, ...(logLevel === undefined ? {} : { level: logLevel }) })
  const clock = setup.clock ?? systemClock
  const chance = setup.chance ?? systemChance
  const db = openPostgres({
    url: setup.databaseUrl,
    connections: setup.connections ?? 10,
    onFault: (fault) => {
      log.error('database', { fault: fault.message })
    },
  })
  return {
    db,
    clock,
    chance,
    ids: openIds(clock, chance),
    // Derived names are found by making them again, so they stay under the oldest key until it is gone.
    digests: openDigests(masterKeys.at(-1) ?? masterKeys[0]),
    vault: openVault(masterKeys),
    signatures: joseSignatures,
    mode,
    passwords:
      setup.passwords ??
      openPasswords(undefined, stolenPasswords === null ? undefined : openStolenPasswords(stolenPasswords)),
    log,
    close: db.close,
  }
}
