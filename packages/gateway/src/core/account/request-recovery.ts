import type { Tx } from '../../base/db.ts'
import type { Locale } from '../../base/locale.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { randomToken } from '../../base/secret.ts'
import { after } from '../../base/time.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { codeLetter, recoveryLetter } from '../message/letters.ts'
import type { Contact } from '../message/message.ts'
import { queueMessage } from '../message/queue-message.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findAccount, findAccountId } from './account.sql.ts'
import type { Identifier } from './account.ts'
import { issueOneTimeCode } from '../one-time-code/issue-one-time-code.ts'
import { codeLives, drawOfCountry, drawOfNoCountry, drawsOfRequest } from '../one-time-code/one-time-code.ts'
import { recoveryContact, recoveryLives } from './recovery.ts'
import { insertRecovery } from './recovery.sql.ts'
import { printSessionKey } from '../session/session.ts'
import { drawAll } from '../limit/spend-try.ts'

export type RequestRecovery = {
  /** What the typed name can mean; the first is the same however it was written. */
  readonly identifiers: readonly [Identifier, ...Identifier[]]
  readonly browser: string
  readonly address: string
  readonly locale: Locale
}

/** Stands for an account that does not exist. */
const nobody = '00000000-0000-0000-0000-000000000000'
const nowhere: Contact = { medium: 'email', address: 'nobody@invalid' }

/**
 * Sends a way back to whoever lost her password, if the account is there and can be reached. Nobody is told whether it
 * is: the same reads and writes are made, the same budgets are spent, and the answer is the name of a code in any case.
 */
export async function requestRecovery(
  deps: Deps,
  command: RequestRecovery,
): Promise<Result<{ readonly id: string }, Refusal<'too_many_tries'>>> {
  const [typed] = command.identifiers
  const accountId = (await findAccountId(deps.db, command.identifiers)) ?? nobody
  const account = await findAccount(deps.db, accountId)
  // Her identifier may be read in two ways; the account says which of them was meant.
  const contact =
    command.identifiers
      .map((identifier) => recoveryContact(account, identifier))
      .find((each) => each !== null) ?? null
  const draws = drawsOfRequest({ typed, network: command.address }, deps.digests)
  const id = deps.ids.next()
  const wait = await deps.db.transaction(async (tx) => {
    const seconds = await drawAll(tx, draws, deps.clock.now())
    if (seconds !== null) return seconds
    const to = (await mayReach(deps, tx, contact, typed)) ? contact : null
    await write(deps, tx, command, { id, accountId, to })
    return null
  })
  return wait === null ? ok({ id }) : no(refusal('too_many_tries', { retryAfterSeconds: wait }))
}

/**
 * Whether a message can go there. Where it cannot, nobody learns of it: that would tell that there is an account. A budget
 * is drawn on in any case, because one statement more is seen in the time that an answer takes.
 */
async function mayReach(deps: Deps, tx: Tx, contact: Contact | null, typed: Identifier): Promise<boolean> {
  const code = contact?.medium === 'sms' ? (deps.phones.countryOf(contact.address) ?? '') : null
  const aDay = code === null ? null : deps.smsCountries.get(code)
  const isOpen = contact !== null && aDay !== undefined && deps.messages.carries(contact.medium)
  const draw =
    isOpen && code !== null && aDay !== null
      ? drawOfCountry({ code, aDay }, deps.digests)
      : drawOfNoCountry(typed, deps.digests)
  return (await drawAll(tx, [draw], deps.clock.now())) === null && isOpen
}

type Way = { readonly id: string; readonly accountId: string; readonly to: Contact | null }

async function write(
  deps: Deps,
  tx: Tx,
  { browser, locale }: RequestRecovery,
  { id, accountId, to }: Way,
): Promise<void> {
  const now = deps.clock.now()
  const isReal = to !== null
  const contact = to ?? nowhere
  const owner = isReal ? accountId : null
  const purpose = 'recover'
  const { code } = await issueOneTimeCode(deps, tx, {
    id,
    purpose,
    to: contact,
    browser,
    accountId: owner,
    isReal,
  })
  const expiresAt = after(now, recoveryLives)
  const key = { accountId, id: deps.ids.next(), secret: randomToken(deps.chance) }
  const secretHash = deps.digests.sha256(key.secret)
  await insertRecovery(tx, { ...contact, ...key, secretHash, expiresAt: isReal ? expiresAt : now }, now)
  const link = linkOf(deps, printSessionKey(key))
  const letter =
    contact.medium === 'email'
      ? recoveryLetter(deps, locale, { code, link, minutes: recoveryLives.seconds / 60 })
      : codeLetter(deps, locale, { code, minutes: codeLives.seconds / 60 })
  await queueMessage(tx, { ...contact, letter, expiresAt: isReal ? expiresAt : now }, deps)
  const about = isReal ? ({ kind: 'account', id: accountId } as const) : null
  const by = { kind: 'stranger', id: null } as const
  await recordAct(tx, { what: 'account.recovery-asked', by, about }, deps)
}

/** Our configured address and never the host that a request named: that one may be an attacker's. */
function linkOf({ publicUrl }: Pick<Deps, 'publicUrl'>, key: string): string {
  return `${publicUrl}/recover/password?key=${key}`
}
