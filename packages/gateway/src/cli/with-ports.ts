import { within } from '../base/db.ts'
import { loadConfig } from '../config.ts'
import { migrate } from '../outside/migrate.ts'
import { openPorts, type OpenPorts } from '../outside/open-ports.ts'
import type { Refusal } from '../core/refusal.ts'
import { CommandFault, type Asked } from './command.ts'
import { openDatabase } from './open.ts'

/** Runs work over the installation's database, beside a gateway that serves it or without one. */
export async function withPorts<T>(
  asked: Asked,
  doing: string,
  work: (ports: OpenPorts) => Promise<T>,
): Promise<T> {
  const config = loadConfig(asked.env)
  const database = await openDatabase(config, { doing: `lango ${doing}`, say: asked.say })
  try {
    await migrate(database.url, { say: asked.say })
    const { masterKeys, mode, stolenPasswords } = config
    const setup = { databaseUrl: database.url, masterKeys, mode, stolenPasswords }
    const ports = openPorts({ ...setup, connections: 2 })
    try {
      return await work(ports)
    } finally {
      await ports.close()
    }
  } finally {
    await database.close()
  }
}

/** Runs work whose use cases open transactions of their own as parts of one, which commits or takes back all of it. */
export async function inOneTransaction<T>(
  ports: OpenPorts,
  work: (within: OpenPorts) => Promise<T>,
): Promise<T> {
  return await ports.db.transaction(async (tx) => {
    return await work({ ...ports, db: within(tx) })
  })
}

/** Thrown to take a rehearsal back. */
class Rehearsed extends Error {
  readonly outcome: unknown
  constructor(outcome: unknown) {
    super('rehearsed')
    this.outcome = outcome
  }
}

/** Does the work for real in one transaction and takes all of it back. */
export async function rehearse<T>(ports: OpenPorts, work: (ports: OpenPorts) => Promise<T>): Promise<T> {
  try {
    return await inOneTransaction(ports, async (within) => {
      throw new Rehearsed(await work(within))
    })
  } catch (thrown) {
    if (thrown instanceof Rehearsed) return thrown.outcome as T
    throw thrown
  }
}

/** The value, or a fault that says which option to mend. */
export function granted<Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal },
): Value {
  if (result.ok) return result.value
  const { field, because, code } = result.refusal
  throw new CommandFault(`${field === undefined ? '' : `${flagOf(field)}: `}${because ?? code}`)
}

/** A field by the name that it has on the command line: `clientId` and `client_id` are `client-id`. */
function flagOf(field: string): string {
  return field.replaceAll('_', '-').replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)
}
