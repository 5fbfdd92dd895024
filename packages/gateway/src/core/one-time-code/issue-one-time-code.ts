import type { Tx } from '../../base/db.ts'
import { after, type Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { Contact } from '../message/message.ts'
import { codeHash, codeLives, drawCode, type CodePurpose } from './one-time-code.ts'
import { insertCode } from './one-time-code.sql.ts'

export type IssueOneTimeCode = {
  readonly id: string
  readonly purpose: CodePurpose
  readonly to: Contact
  readonly browser: string
  readonly accountId: string | null
  /** Where no code goes out, none is right: the hash is then of what nobody can type. */
  readonly isReal: boolean
}

/** Draws a code and keeps its hash. Answers with the code itself, for the letter that carries it and nothing else. */
export async function issueOneTimeCode(
  deps: Pick<Deps, 'clock' | 'chance' | 'digests'>,
  tx: Tx,
  { id, purpose, to, browser, accountId, isReal }: IssueOneTimeCode,
): Promise<{ readonly code: string; readonly expiresAt: Instant }> {
  const now = deps.clock.now()
  const code = drawCode(deps.chance)
  const expiresAt = after(now, codeLives)
  const browserHash = deps.digests.sha256(browser)
  const hash = codeHash(deps.digests, id, isReal ? code : `none ${code}`)
  await insertCode(tx, { id, purpose, ...to, accountId, browserHash, codeHash: hash, expiresAt }, now)
  return { code, expiresAt }
}
