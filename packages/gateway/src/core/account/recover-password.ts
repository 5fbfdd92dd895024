import { no, ok, type Result } from '../../base/result.ts'
import { after, hours } from '../../base/time.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { recoveredLetter } from '../message/letters.ts'
import { queueMessage } from '../message/queue-message.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findAccount, markVerified } from './account.sql.ts'
import { identifiersOf } from './account.ts'
import { lockPassword, savePassword } from './credential.sql.ts'
import { pickPassword } from './pick-password.ts'
import { contactsOf } from './recovery.ts'
import { findRecovery, useRecovery } from './recovery.sql.ts'
import { readSessionKey } from '../session/session.ts'
import { endSessions, revokeAllFamilies } from '../session/session.sql.ts'

export type RecoverPassword = { readonly key: string; readonly chosen: string }

/** News of what happened to an account stay worth reading for a day. */
const newsLive = hours(24)

/**
 * Replaces a lost password by the key of a link, once. Everybody is out: all sessions end, and so does all that
 * applications hold. Whoever used the link reads what its address receives, so that address is verified; all addresses
 * are told. She is not signed in: a second factor is asked for as ever.
 */
export async function recoverPassword(
  deps: Deps,
  { key, chosen }: RecoverPassword,
): Promise<Result<null, Refusal<'link_gone' | 'password_weak'>>> {
  const parts = readSessionKey(key)
  if (parts === null) return no(refusal('link_gone'))
  const { accountId } = parts
  const link = { ...parts, secretHash: deps.digests.sha256(parts.secret) }
  // Asked before the dear hash is made, and decided again when the link is used.
  const [there, account] = await Promise.all([
    findRecovery(deps.db, link, deps.clock.now()),
    findAccount(deps.db, accountId),
  ])
  if (there === null || account === null) return no(refusal('link_gone'))
  const hash = await pickPassword(deps, chosen, identifiersOf(account))
  if (!hash.ok) return hash
  return await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    // Two links may be used at once: the second looks only when the first one's password is there.
    await lockPassword(tx, accountId)
    const used = await useRecovery(tx, link, now)
    if (used === null) return no(refusal('link_gone'))
    await savePassword(tx, accountId, hash.value, now)
    await endSessions(tx, accountId, null, now)
    await revokeAllFamilies(tx, accountId, 'password recovered', now)
    await markVerified(tx, accountId, used)
    const her = { kind: 'account', id: accountId } as const
    const details = { by: used.medium }
    await recordAct(tx, { what: 'account.password-recovered', by: her, about: her, details }, deps)
    const letter = recoveredLetter(deps, account.locale, {})
    for (const contact of contactsOf(account)) {
      await queueMessage(tx, { ...contact, letter, expiresAt: after(now, newsLive) }, deps)
    }
    return ok(null)
  })
}
