import type { ActName } from '../audit/act.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { revokeFamily } from './token-family.sql.ts'

export type EndFamily = {
  readonly id: string
  readonly clientId: string
  readonly because: keyof typeof recorded
}

/** What the trail says of each; a closed account has an entry of its own already. */
const recorded = {
  'code used twice': 'code.replayed',
  'refresh token used twice': 'token.replayed',
  'account inactive': null,
} as const satisfies Readonly<Record<string, ActName | null>>

/** Ends all that came of an authorization. Returned, not thrown: it must commit though the request is refused. */
export async function endFamily(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>,
  family: EndFamily,
): Promise<void> {
  const { id, clientId, because } = family
  await deps.db.transaction(async (tx) => {
    // What was ended before is no news: a thief who goes on trying must not fill the trail.
    if (!(await revokeFamily(tx, family, deps.clock.now()))) return
    const what = recorded[because]
    if (what === null) return
    const act = { what, by: { kind: 'application', id: clientId } } as const
    await recordAct(tx, { ...act, about: { kind: 'grant', id } }, deps)
  })
  deps.log.warn(because, { clientId, familyId: id })
}
