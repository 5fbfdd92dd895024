import type { Deps } from '../deps.ts'
import type { Consent } from './consent.ts'
import { saveConsent } from './consent.sql.ts'

export type GiveConsent = {
  readonly accountId: string
  readonly clientId: string
  /** Exactly what the page showed; not empty. */
  readonly scopes: readonly string[]
}

/** Remembers what the account agreed to, together with what it agreed to before. */
export async function giveConsent(deps: Deps, command: GiveConsent): Promise<Consent> {
  return await saveConsent(deps.db, command, deps.clock.now())
}
