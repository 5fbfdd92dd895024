/** A sheet of paper for whoever lost the phone: ten codes, each good for one second step. */
import type { Chance } from '../../base/id.ts'
import type { Digests } from '../ports.ts'

export const recoveryCodesAtOnce = 10

/** Crockford's base 32: no letter that is read as another. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 16

/** Eighty random bits as `7K3M-Q8RD-1XVB-ZC5T`. */
export function newRecoveryCode(chance: Chance): string {
  const text = Array.from(chance.bytes(length), (byte) => letters.charAt(byte % letters.length)).join('')
  return text.replaceAll(/(.{4})(?!$)/g, '$1-')
}

/** As it was printed, however it was typed: without dashes, in lower case, O for zero, I or L for one. Null: none. */
export function normalRecoveryCode(typed: string): string | null {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return text.length === length && [...text].every((letter) => letters.includes(letter)) ? text : null
}

/** What is kept of it. The account is part of it, so that equal codes of two people look different. */
export function recoveryCodeHash(digests: Digests, accountId: string, normal: string): Uint8Array {
  return digests.sha256(`recovery code ${accountId} ${normal}`)
}
