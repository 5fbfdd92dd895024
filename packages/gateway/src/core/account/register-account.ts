import type { Locale } from '../../base/locale.ts'
import { no, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import type { Contact } from '../message/message.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Account } from './account.ts'
import { prepareAccount, saveAccount } from './create-account.ts'
import { findCode, useProof } from '../one-time-code/one-time-code.sql.ts'

export type RegisterAccount = {
  /** The name of the code that was right. */
  readonly id: string
  readonly browser: string
  readonly firstName: string
  readonly lastName: string
  readonly password: string
  readonly locale: Locale
}

/**
 * Makes an account for whoever proved an address. She says her names herself, and nobody vouches for them; an identity
 * number is entered by an operator, later and with the document in hand.
 */
export async function registerAccount(
  deps: Deps,
  command: RegisterAccount,
): Promise<Result<Account, Refusal<'code_gone' | 'field_invalid' | 'password_weak' | 'identifier_taken'>>> {
  const { id, browser, ...given } = command
  const key = { id, purpose: 'register', browserHash: deps.digests.sha256(browser) } as const
  const code = await findCode(deps.db, key, deps.clock.now())
  if (code?.proved !== true) return no(refusal('code_gone'))
  const prepared = await prepareAccount(deps, { ...ofStranger, ...given, ...addressesOf(code) })
  if (!prepared.ok) return prepared
  return await deps.db.transaction(async (tx) => {
    const proof = await useProof(tx, key, deps.clock.now())
    return proof === null ? no(refusal('code_gone')) : await saveAccount(deps, tx, prepared.value)
  })
}

/** What is not known of somebody who just came in. `visitor` claims the least of all kinds. */
const ofStranger = {
  kind: 'visitor',
  demo: false,
  surname: null,
  idNumber: null,
  gender: null,
  kraPin: null,
  bornOn: null,
  vouched: [],
  by: 'self',
} as const

function addressesOf({
  medium,
  address,
}: Contact): Pick<Account, 'email' | 'emailVerified' | 'phone' | 'phoneVerified'> {
  const [email, phone] = medium === 'email' ? [address, null] : [null, address]
  return { email, phone, emailVerified: email !== null, phoneVerified: phone !== null }
}
