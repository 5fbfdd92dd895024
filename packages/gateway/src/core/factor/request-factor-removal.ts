import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { randomToken } from '../../base/secret.ts'
import { after, days } from '../../base/time.ts'
import { recordAct } from '../audit/act.sql.ts'
import { findAccount } from '../account/account.sql.ts'
import type { Account } from '../account/account.ts'
import { contactsOf } from '../account/recovery.ts'
import type { Deps } from '../deps.ts'
import type { Contact, Letter } from '../message/message.ts'
import { queueMessage } from '../message/queue-message.ts'
import { removalAskedLetter } from '../message/removal-letters.ts'
import { checkOperator, type OperatorNo } from '../organization/check-operator.ts'
import { byOperator, reasonFault, type Operator } from '../organization/member.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { printSessionKey } from '../session/session.ts'
import { askFault, isLapsed, removalLives, removalWaits, type FactorRemoval } from './factor-removal.ts'
import { endRemoval, findOpenRemoval, insertRemoval } from './factor-removal.sql.ts'
import { lockFactors } from './factor.sql.ts'
import { hasSecondFactor } from './factor.ts'
import { listMessageFactors } from './message-factor.sql.ts'

export type RequestRemoval = { readonly accountId: string; readonly because: string }

/**
 * Asks to take all second factors off an account whose owner lost them and was made sure of outside the system. Nothing
 * is taken yet: the owner is told at every address that is known of her, and can stop it for three days.
 */
export async function requestFactorRemoval(
  deps: Deps,
  asker: Operator,
  { accountId, because }: RequestRemoval,
): Promise<Result<FactorRemoval, OperatorNo | Refusal<'field_invalid'>>> {
  return await deps.db.transaction(async (tx) => {
    const allowed = await checkOperator(deps, tx, asker, 'house.accounts.change')
    if (!allowed.ok) return allowed
    const unsaid = reasonFault(because)
    if (unsaid !== null) return no(invalid('because', unsaid))
    const account = await findAccount(tx, accountId)
    if (account === null) return no(refusal('not_found', { field: 'account' }))
    const now = deps.clock.now()
    const factors = await lockFactors(tx, accountId)
    const before = await findOpenRemoval(tx, accountId)
    const lapsed = before !== null && isLapsed(before, now)
    if (lapsed) await endRemoval(tx, before, 'lapsed', now)
    const fault = askFault({
      self: accountId === asker.accountId,
      hasFactor: hasSecondFactor(factors),
      reachable: canReach(deps, account),
      waiting: before !== null && !lapsed,
    })
    if (fault !== null) return no(invalid('deed', fault))
    const times = { askedAt: now, dueAt: after(now, removalWaits), endsAt: after(now, removalLives) }
    const removal = { accountId, id: deps.ids.next(), askedBy: asker.accountId, because, ...times }
    const secret = randomToken(deps.chance)
    await insertRemoval(tx, removal, deps.digests.sha256(secret))
    const link = `${deps.publicUrl}/recover/stop?key=${printSessionKey({ accountId, id: removal.id, secret })}`
    const facts = { link, days: removalWaits.seconds / 86_400 }
    await tellAll(deps, tx, account, removalAskedLetter(deps, account.locale, facts))
    const act = { ...byOperator(asker, null), about: { kind: 'account', id: accountId } } as const
    await recordAct(tx, { ...act, what: 'account.factor-removal-asked', details: { because } }, deps)
    return ok(removal)
  })
}

/** Whether there is an address that she proved and that we can write to: she is warned there, and comes back by it. */
function canReach(deps: Deps, { email, emailVerified, phone, phoneVerified }: Account): boolean {
  if (email !== null && emailVerified && deps.messages.carries('email')) return true
  return phone !== null && phoneVerified && isCarried(deps, { medium: 'sms', address: phone })
}

/**
 * Tells the owner at every address that is known of her: those of her account, and those that codes went to. No budget
 * stands in the way: whoever could use one up could keep her from hearing of it.
 */
export async function tellAll(deps: Deps, tx: Tx, account: Account, letter: Letter): Promise<void> {
  const all = [...contactsOf(account), ...(await listMessageFactors(tx, account.id))]
  const each = new Map(all.map((contact) => [`${contact.medium} ${contact.address}`, contact]))
  const expiresAt = after(deps.clock.now(), days(1))
  for (const { medium, address } of each.values()) {
    if (!isCarried(deps, { medium, address })) continue
    await queueMessage(tx, { medium, address, letter, expiresAt }, deps)
  }
}

function isCarried(deps: Deps, { medium, address }: Contact): boolean {
  if (!deps.messages.carries(medium)) return false
  return medium === 'email' || deps.smsCountries.has(deps.phones.countryOf(address) ?? '')
}

function invalid(field: string, because: string): Refusal<'field_invalid'> {
  return refusal('field_invalid', { field, because })
}
