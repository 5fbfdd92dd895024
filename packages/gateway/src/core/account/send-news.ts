import { base64url } from '../../base/bytes.ts'
import type { Tx } from '../../base/db.ts'
import { after, days, hours } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { Contact, Letter } from '../message/message.ts'
import { queueMessage } from '../message/queue-message.ts'
import { findAccount } from './account.sql.ts'
import type { Account } from './account.ts'
import type { Draw } from '../limit/budget.ts'
import { drawAll } from '../limit/spend-try.ts'

/** News of an account come a few at once and then rarely: nobody is flooded, and nobody runs up a bill for SMS. */
const newsRule = { burst: 4, refill: hours(4) }
const newsLives = days(1)

/** Tells the owner what happened to her account, in the transaction of what happened; e-mail before SMS. */
export async function sendNews(
  deps: Deps,
  tx: Tx,
  accountId: string,
  write: (account: Account) => Letter,
): Promise<void> {
  const account = await findAccount(tx, accountId)
  const to = account === null ? null : contactOf(deps, account)
  if (account === null || to === null) return
  const name = base64url(deps.digests.derive('news budget', accountId).subarray(0, 16))
  const draws: readonly Draw[] = [{ key: `news ${name}`, rule: newsRule }]
  const now = deps.clock.now()
  if ((await drawAll(tx, draws, now)) !== null) return
  await queueMessage(tx, { ...to, letter: write(account), expiresAt: after(now, newsLives) }, deps)
}

/** Where she proved that messages reach her. */
function contactOf(deps: Deps, account: Account): Contact | null {
  const { email, emailVerified, phone, phoneVerified } = account
  if (email !== null && emailVerified && deps.messages.carries('email')) {
    return { medium: 'email', address: email }
  }
  const country = phone === null ? null : deps.phones.countryOf(phone)
  const isOpen = country !== null && deps.smsCountries.has(country)
  if (phone === null || !phoneVerified || !isOpen || !deps.messages.carries('sms')) return null
  return { medium: 'sms', address: phone }
}
