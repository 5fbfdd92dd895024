import type { Deps } from '../deps.ts'
import type { CodePurpose, CodeView } from './one-time-code.ts'
import { findCode } from './one-time-code.sql.ts'

/** A code that this browser asked for and that may still be typed or used; null when it has to ask for another. */
export async function viewCode(
  deps: Pick<Deps, 'db' | 'clock' | 'digests'>,
  wanted: { readonly id: string; readonly purpose: CodePurpose; readonly browser: string },
): Promise<CodeView | null> {
  const { id, purpose, browser } = wanted
  return await findCode(deps.db, { id, purpose, browserHash: deps.digests.sha256(browser) }, deps.clock.now())
}
