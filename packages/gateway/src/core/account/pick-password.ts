import { no, ok, type Result } from '../../base/result.ts'
import type { Passwords } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Identifier } from './account.ts'
import { choosePassword } from './credential.ts'

/**
 * The hash of a password that somebody chooses, or why she has to choose another: too short, guessed first, on the
 * account itself, or on the operator's list of those that were stolen somewhere.
 */
export async function pickPassword(
  { passwords }: { readonly passwords: Passwords },
  typed: string,
  identifiers: readonly Identifier[],
): Promise<Result<string, Refusal<'password_weak'>>> {
  const chosen = choosePassword(
    typed,
    identifiers.map((one) => one.value),
  )
  if (!chosen.ok) return chosen
  if (await passwords.isStolen(chosen.value)) {
    return no(
      refusal('password_weak', { field: 'password', because: 'this one was stolen somewhere before' }),
    )
  }
  return ok(await passwords.hash(chosen.value))
}
