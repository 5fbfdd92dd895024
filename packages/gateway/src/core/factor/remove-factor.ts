import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { ActName } from '../audit/act.ts'
import type { Deps } from '../deps.ts'
import { guardChangedLetter } from '../message/letters.ts'
import type { Medium } from '../message/message.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { deleteAuthenticator } from './authenticator.sql.ts'
import { findFactors, lockFactors } from './factor.sql.ts'
import { hasSecondFactor } from './factor.ts'
import { deleteMessageFactor } from './message-factor.sql.ts'
import { deletePasskey } from './passkey.sql.ts'
import { deleteRecoveryCodes } from './recovery-code.sql.ts'
import { sendNews } from '../account/send-news.ts'
import { requireOwner } from './require-level.ts'
import type { Session } from '../session/session.ts'

type RemoveRefusal = Refusal<'step_up_required' | 'not_found' | 'last_factor'>

export async function removeAuthenticator(
  deps: Deps,
  session: Session,
): Promise<Result<null, RemoveRefusal>> {
  return await remove(deps, session, {
    what: 'account.authenticator-removed',
    take: async (tx) => ((await deleteAuthenticator(tx, session.accountId)) ? {} : null),
  })
}

export async function removePasskey(
  deps: Deps,
  session: Session,
  credentialId: string,
): Promise<Result<null, RemoveRefusal>> {
  return await remove(deps, session, {
    what: 'account.passkey-removed',
    take: async (tx) => {
      const name = await deletePasskey(tx, session.accountId, credentialId)
      return name === null ? null : { name }
    },
  })
}

/** Codes come no longer by this medium. */
export async function removeMessageFactor(
  deps: Deps,
  session: Session,
  medium: Medium,
): Promise<Result<null, RemoveRefusal>> {
  return await remove(deps, session, {
    what: 'account.message-codes-removed',
    take: async (tx) => ((await deleteMessageFactor(tx, session.accountId, medium)) ? { medium } : null),
  })
}

type Removal = {
  readonly what: ActName
  /** What an auditor is told of it; null when there was none. */
  readonly take: (tx: Tx) => Promise<Readonly<Record<string, string>> | null>
}

/**
 * Takes a factor away on a fresh proof alone. With the last one go the recovery codes, which stand in for others; what
 * is the only way in stays.
 */
async function remove(
  deps: Deps,
  session: Session,
  { what, take }: Removal,
): Promise<Result<null, RemoveRefusal>> {
  const sure = await requireOwner(deps, session)
  if (!sure.ok) return sure
  const { accountId } = session
  return await deps.db.transaction(async (tx) => {
    const before = await lockFactors(tx, accountId)
    const isOnlyWayIn = !before.password && before.passkeys <= 1 && what === 'account.passkey-removed'
    if (isOnlyWayIn) return no(refusal('last_factor'))
    const details = await take(tx)
    if (details === null) return no(refusal('not_found'))
    if (!hasSecondFactor(await findFactors(tx, accountId))) await deleteRecoveryCodes(tx, accountId)
    const her = { kind: 'account', id: accountId } as const
    await recordAct(tx, { what, by: her, about: her, details }, deps)
    await sendNews(deps, tx, accountId, ({ locale }) => guardChangedLetter(deps, locale, {}))
    return ok(null)
  })
}
