import { availableParallelism } from 'node:os'
import { hash } from '@node-rs/argon2'
import { Piscina } from 'piscina'
import { Overloaded } from '../base/batch.ts'
import type { Passwords } from '../core/ports.ts'
import { cost, type hash as hashOnThread, type verify as verifyOnThread } from './password-worker.ts'

export type PasswordLimits = {
  /** Hashes computed at once; each holds 19 MiB and a thread. */
  readonly atOnce: number
  /** Callers that may wait; at some 20 ms a hash the last of them waits a few seconds. */
  readonly waiting: number
}

/** How a hash of ours begins; one that begins otherwise moved in, or is of an older Lango. */
const current = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`

/** One core is always left to everything else: even of lowest priority, a hash is not put aside at once. */
const ordinary: PasswordLimits = {
  atOnce: Math.max(1, Math.min(3, availableParallelism() - 1)),
  waiting: 200,
}

/** A thread without work ends after so long; starting one takes as long as a few hashes. */
const idleMs = 60_000
/** As low as it goes: on Linux and Windows whatever else the machine has to do comes first. */
const niceness = 19

/**
 * argon2id, and what others kept, on threads of their own behind a bounded queue: a storm of sign-ins slows sign-ins down
 * and nothing else.
 */
export function openPasswords(
  limits: PasswordLimits = ordinary,
  isStolen: Passwords['isStolen'] = () => Promise.resolve(false),
): Passwords {
  const inTurn = turns(limits)
  const threads = new Piscina({
    filename: new URL('./password-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: limits.atOnce,
    idleTimeout: idleMs,
    niceIncrement: niceness,
  })
  const verifying = async (task: Parameters<typeof verifyOnThread>[0]): Promise<boolean> =>
    await inTurn(
      async () => (await threads.run(task, { name: 'verify' })) as ReturnType<typeof verifyOnThread>,
    )
  // Made at once, so that the first stranger does not wait longer than the second.
  const nobodys = hash('an account that does not exist', cost)
  return {
    hash: async (password) =>
      await inTurn(
        async () => (await threads.run(password, { name: 'hash' })) as ReturnType<typeof hashOnThread>,
      ),
    verify: async (hashed, password) => await verifying({ hashed, password }),
    pretend: async (password) => {
      await verifying({ hashed: await nobodys, password })
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
