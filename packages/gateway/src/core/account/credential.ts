/** Passwords as rules; the hashing itself is behind the Passwords port. */
import { no, ok, type Result } from '../../base/result.ts'
import type { Instant } from '../../base/time.ts'
import { refusal, type Refusal } from '../refusal.ts'

/** A stored password: its hash, never itself. */
export type Credential = { readonly hash: string; readonly changedAt: Instant }

const shortestPassword = 8
const longestPassword = 256

/**
 * The same password typed on two keyboards is the same text (NIST SP 800-63B section 5.1.1.2): a letter with an accent
 * has two encodings, and which of them is sent depends on the machine.
 */
export function normalPassword(typed: string): string {
  return typed.normalize('NFKC')
}

/** What is guessed first, everywhere; longer lists belong behind an operator's own breached-password check. */
const guessedFirst: ReadonlySet<string> = new Set([
  '12345678', '123456789', '1234567890', '11111111', '00000000', '87654321', 'password', 'password1', 'passw0rd',
  'qwertyui', 'qwerty123', 'qwertyuiop', '1q2w3e4r', 'abcd1234', 'abc12345', 'iloveyou', 'letmein1', 'welcome1',
  'football', 'baseball', 'sunshine', 'princess', 'superman', 'trustno1', 'manchester', 'arsenal1', 'liverpool',
  'chelsea1', 'kenya123', 'nairobi1', 'karibu123',
]) // prettier-ignore

/** Length and no more: rules about digits and signs make passwords worse (NIST SP 800-63B section 5.1.1.2). */
export function choosePassword(
  typed: string,
  known: readonly string[],
): Result<string, Refusal<'password_weak'>> {
  const password = normalPassword(typed)
  const length = [...password].length
  const weak = (because: string) => no(refusal('password_weak', { field: 'password', because }))
  if (length < shortestPassword) return weak(`use at least ${shortestPassword} characters`)
  if (length > longestPassword) return weak(`use at most ${longestPassword} characters`)
  if (/\p{Cc}/u.test(password)) return weak('leave control characters out')
  const lower = password.toLowerCase()
  if (guessedFirst.has(lower) || /^(.)\1+$/u.test(lower)) return weak('this one is guessed first')
  if (known.some((value) => value.toLowerCase() === lower.trim()))
    return weak('choose what is not on the account already')
  return ok(password)
}
