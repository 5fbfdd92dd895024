import { batcher } from '../../base/batch.ts'
import type { Database } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import { after, seconds, type Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { insertJtis, type Jti } from './jti.sql.ts'

export type SpendJti = {
  /** Names of one purpose say nothing about another. */
  readonly purpose: 'client-assertion' | 'dpop-proof'
  /** Whose name it is: a client id, the thumbprint of a key. Two holders may choose the same. */
  readonly holder: string
  readonly jti: string
  /** From when the statement is too old to be believed anyway. */
  readonly expiresAt: Instant
}

/**
 * Spends the name of a signed statement that is good once (RFC 7523 section 3, RFC 9449 section 11.1). True the first
 * time, false for ever after; of any number that come at once, to whichever processes, one is the first. Verify the
 * signature before: whoever cannot sign must not be able to fill the table.
 */
export async function spendJti(deps: Pick<Deps, 'db' | 'digests'>, spent: SpendJti): Promise<boolean> {
  const { purpose, holder, jti, expiresAt } = spent
  // Lists print unambiguously: no holder with a blank or quote in it reads as another holder's name.
  const hash = deps.digests.sha256(JSON.stringify([purpose, holder, jti]))
  return await spender(deps.db)('', { hash, expiresAt: after(expiresAt, keptAfter) })
}

/** Processes' clocks differ a little; a name outlives its statement on all of them. */
const keptAfter = seconds(60)

const spender = oncePer((db: Database) =>
  batcher<Jti, boolean>({
    limit: 128,
    queue: 10_000,
    together: true,
    run: async (jtis) => await insertJtis(db, jtis),
  }),
)
