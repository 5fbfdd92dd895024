import type { Tx } from '../../base/db.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import type { Consent } from './consent.ts'
import { saveConsent } from './consent.sql.ts'

export type GiveConsent = {
  readonly accountId: string
  readonly clientId: string
  /** Exactly what the page showed; not empty. */
  readonly scopes: readonly string[]
  /** Whose application it is: the act is part of its trail too. */
  readonly organizationId?: string
}

/** Remembers what the account agreed to, together with what it agreed to before. */
export async function giveConsent(deps: Deps, command: GiveConsent, within?: Tx): Promise<Consent> {
  if (within === undefined)
    return await deps.db.transaction(async (tx) => await giveConsent(deps, command, tx))
  const { accountId, clientId, organizationId, scopes } = command
  const act = { what: 'consent.given', by: { kind: 'account', id: accountId } } as const
  const about = { kind: 'application', id: clientId } as const
  const details = { scopes: scopes.join(' ') }
  await recordAct(within, { ...act, about, organizationId: organizationId ?? null, details }, deps)
  return await saveConsent(within, command, deps.clock.now())
}
