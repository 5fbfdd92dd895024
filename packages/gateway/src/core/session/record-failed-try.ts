import type { Deps } from '../deps.ts'
import type { AuthenticationMethod } from '../factor/assurance.ts'
import { coarseNetwork } from '../limit/budget.ts'
import type { Visit } from './session.ts'
import { insertSignIn } from './sign-in-history.sql.ts'

/**
 * Notes for the account's owner that somebody tried. Nobody waits for it, so that a wrong password takes as long whether
 * the account is there or not.
 */
export function recordFailedTry(
  deps: Deps,
  tried: {
    readonly accountId: string
    readonly methods: readonly AuthenticationMethod[]
    readonly visit: Visit
    readonly known: boolean
  },
): void {
  const { accountId, methods, visit, known } = tried
  const entry = {
    at: deps.clock.now(),
    outcome: 'failed',
    methods,
    network: coarseNetwork(visit.address),
    userAgent: visit.userAgent,
    known,
  } as const
  deps.background('note a failed try', async () => {
    await insertSignIn(deps.db, accountId, deps.ids.next(), entry)
  })
}
