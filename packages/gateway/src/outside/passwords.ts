import { availableParallelism } from 'node:os'
import { hash } from '@node-rs/argon2'
import { Overloaded } from '../base/batch.ts'
import type { Passwords } from '../core/ports.ts'
import { verifyKept } from './kept-hashes.ts'

export type PasswordLimits = {
  /** Hashes computed at once; each holds 19 MiB and a thread of libuv's pool. */
  readonly atOnce: number
  /** Callers that may wait; at some 20 ms a hash the last of them waits a few seconds. */
  readonly waiting: number
}

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** How a hash of ours begins; one that begins otherwise moved in, or is of an older Lango. */
const current = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`

/**
 * Never all of libuv's four threads, because files and names are looked up there too, and never more than the
 * machine's cores, because a hash is pure computing.
 */
const ordinary: PasswordLimits = { atOnce: Math.max(1, Math.min(3, availableParallelism())), waiting: 200 }

/** argon2id, and what others kept, behind a bounded queue: a storm of sign-ins slows sign-ins down and nothing else. */
export function openPasswords(
  limits: PasswordLimits = ordinary,
  isStolen: Passwords['isStolen'] = () => Promise.resolve(false),
): Passwords {
  const inTurn = turns(limits)
  // Made at once, so that the first stranger does not wait longer than the second.
  const nobodys = hash('an account that does not exist', cost)
  return {
    hash: async (password) => await inTurn(async () => await hash(password, cost)),
    verify: async (hashed, password) => await inTurn(async () => await verifyKept(hashed, password)),
    pretend: async (password) => {
      const hashed = await nobodys
      await inTurn(async () => await verifyKept(hashed, password))
      return false
    },
    isCurrent: (hashed) => hashed.startsWith(current),
    isStolen,
  }
}

/** Runs work at most `atOnce` side by side, first come first served, and turns callers away when too many wait. */
function turns({ atOnce, waiting }: PasswordLimits): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = []
  let busy = 0
  return async (work) => {
    if (busy < atOnce) busy += 1
    else {
      if (queue.length >= waiting) throw new Overloaded('too many passwords wait to be checked')
      // Whoever ends hands its place over, so `busy` stays as it is.
      await new Promise<void>((resolve) => queue.push(resolve))
    }
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next === undefined) busy -= 1
      else next()
    }
  }
}
