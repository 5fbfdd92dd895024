// What the threads of passwords.ts run. Synchronous throughout: whatever waited for libuv's pool would be computed there, at
// the full priority of the process.
import { hashSync } from '@node-rs/argon2'
import { verifyKept } from './kept-hashes.ts'

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane. */
export const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export function hash(password: string): string {
  return hashSync(password, cost)
}

export function verify({
  hashed,
  password,
}: {
  readonly hashed: string
  readonly password: string
}): boolean {
  return verifyKept(hashed, password)
}
