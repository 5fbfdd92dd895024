/** Codes by which a person lets a device in that she cannot type on: RFC 8628. */
import { base64url } from '../../base/bytes.ts'
import type { Chance } from '../../base/id.ts'
import { minutes, seconds } from '../../base/time.ts'
import type { Digests } from '../ports.ts'
import { networkOf, type BudgetRule, type Draw } from '../limit/budget.ts'

/** Time to find a telephone and to sign in on it. */
export const deviceCodeLives = minutes(15)

/** How long a device waits between two questions, and by how much longer when it did not (section 3.5). */
export const pollInterval = seconds(5)

/** Consonants alone spell no words, and none of them looks like a digit or sounds like another letter (section 6.1). */
const letters = 'BCDFGHJKLMNPQRSTVWXZ'
const length = 8

/** Eight letters as people read them aloud: `WDJB-MJHT`. 25 thousand million of them. */
export function newUserCode(chance: Chance): string {
  let code = ''
  while (code.length < length) {
    // 240 is the largest multiple of twenty in a byte: no letter comes more often than another.
    for (const byte of chance.bytes(length)) {
      if (byte < 240 && code.length < length) code += letters[byte % letters.length] ?? ''
    }
  }
  return written(code)
}

/** What was typed, in the one spelling; null when it can be no code. Case, blanks and dashes are as people like. */
export function readUserCode(typed: string): string | null {
  const bare = typed
    .slice(0, 40)
    .toUpperCase()
    .replaceAll(/[\s.\-_]/g, '')
  return bare.length === length && [...bare].every((letter) => letters.includes(letter))
    ? written(bare)
    : null
}

/** The name under which a typed code is found. */
export function userCodeKey({ derive }: Pick<Digests, 'derive'>, userCode: string): Uint8Array {
  return derive('device user code', userCode)
}

/**
 * Wrong codes that one person and one network may type. With 10,000 devices waiting at once, guessing from a thousand
 * networks hits one of them once in a hundred days; and then it is a stranger's device that gets into the guesser's account.
 */
const perPerson: BudgetRule = { burst: 8, refill: seconds(60) }
const perNetwork: BudgetRule = { burst: 30, refill: seconds(30) }

export function drawsOnUserCodes(
  { derive }: Pick<Digests, 'derive'>,
  { accountId, address }: { readonly accountId: string; readonly address: string },
): readonly Draw[] {
  const key = (what: string): string => base64url(derive('device budget', what).subarray(0, 16))
  return [
    { key: `device code of ${key(`network ${networkOf(address)}`)}`, rule: perNetwork },
    { key: `device code of ${key(`account ${accountId}`)}`, rule: perPerson },
  ]
}

function written(bare: string): string {
  return `${bare.slice(0, 4)}-${bare.slice(4)}`
}
