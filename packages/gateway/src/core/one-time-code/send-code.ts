import type { Tx } from '../../base/db.ts'
import type { Locale } from '../../base/locale.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { codeLetter, takenLetter } from '../message/letters.ts'
import type { Contact } from '../message/message.ts'
import { queueMessage } from '../message/queue-message.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { issueOneTimeCode } from './issue-one-time-code.ts'
import { codeLives, drawsOfCode, type CodeAsked, type CodePurpose } from './one-time-code.ts'
import { drawAll } from '../limit/spend-try.ts'

export type SendCode = {
  readonly purpose: CodePurpose
  readonly to: Contact
  /** What names the browser (http/csrf.ts `browserKey`): the code is worth nothing in another one. */
  readonly browser: string
  /** From where it is asked for. */
  readonly address: string
  readonly locale: Locale
  /** Whose it is, when her password was right; null for somebody who proved nothing. */
  readonly accountId: string | null
  /**
   * `code` is the ordinary case. `taken` tells the address that it has an account already, and `nothing` writes to
   * nobody: both look the same from outside, and no code will ever be right.
   */
  readonly gets?: 'code' | 'taken' | 'nothing'
}

export type SendRefusal = Refusal<'too_many_tries' | 'medium_unavailable' | 'country_closed'>

/**
 * Sends six digits to an address, if every budget allows one more. Answers with the name of the code, under which it is
 * checked: `checkCode`. Whether anybody is reached by it, the answer does not tell.
 */
export async function sendCode(
  deps: Deps,
  command: SendCode,
): Promise<Result<{ readonly id: string }, SendRefusal>> {
  const asked = whatIsAsked(deps, command)
  if (!asked.ok) return asked
  const draws = drawsOfCode(asked.value, deps.digests)
  const id = deps.ids.next()
  const wait = await deps.db.transaction(async (tx) => {
    const seconds = await drawAll(tx, draws, deps.clock.now())
    if (seconds === null) await writeCode(deps, tx, { ...command, id })
    return seconds
  })
  return wait === null ? ok({ id }) : no(refusal('too_many_tries', { retryAfterSeconds: wait }))
}

function whatIsAsked(
  deps: Deps,
  { to, accountId, address: network }: SendCode,
): Result<CodeAsked, Refusal<'medium_unavailable' | 'country_closed'>> {
  if (!deps.messages.carries(to.medium)) return no(refusal('medium_unavailable'))
  if (to.medium === 'email') return ok({ ...to, accountId, network, country: null })
  const code = deps.phones.countryOf(to.address) ?? ''
  const aDay = deps.smsCountries.get(code)
  if (aDay === undefined) return no(refusal('country_closed'))
  return ok({ ...to, accountId, network, country: { code, aDay } })
}

async function writeCode(deps: Deps, tx: Tx, command: SendCode & { readonly id: string }): Promise<void> {
  const { to, locale, gets = 'code' } = command
  const { code, expiresAt } = await issueOneTimeCode(deps, tx, { ...command, isReal: gets === 'code' })
  const letter =
    gets === 'taken'
      ? takenLetter(deps, locale, {})
      : codeLetter(deps, locale, { code, minutes: codeLives.seconds / 60 })
  const gone = deps.clock.now()
  await queueMessage(tx, { ...to, letter, expiresAt: gets === 'nothing' ? gone : expiresAt }, deps)
}
