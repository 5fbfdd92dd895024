import type { Chance } from '../chance.ts'

/** The access tokens of one credential. */
export type Tokens = {
  /** Issues a token and invalidates the one before, as Daraja does. */
  readonly issue: (now: number) => string
  readonly accepts: (authorization: string | undefined, now: number) => boolean
}

/** How long a token lives, in seconds; on the wire this is a string. */
export const tokenLives = 3599

export function tokens(chance: Chance): Tokens {
  let current: { readonly token: string; readonly until: number } | null = null
  return {
    issue: (now) => {
      const token = chance.token(28)
      current = { token, until: now + tokenLives * 1000 }
      return token
    },
    accepts: (authorization, now) =>
      current !== null && now < current.until && authorization === `Bearer ${current.token}`,
  }
}
