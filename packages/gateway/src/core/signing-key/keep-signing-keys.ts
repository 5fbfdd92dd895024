import { recordAct } from '../audit/act.sql.ts'
import type { Act } from '../audit/act.ts'
import type { Ports } from '../ports.ts'
import type { Tx } from '../../base/db.ts'
import { needsSuccessor, retirement, type StoredKey } from './signing-key.ts'
import { insertSigningKey, listSigningKeys, lockSigningKeys, retireOtherKeys } from './signing-key.sql.ts'

type Needs = Pick<Ports, 'db' | 'clock' | 'ids'>
type NewKey = Omit<StoredKey, 'signsFrom' | 'retiresAt'>

export async function loadSigningKeys({
  db,
  clock,
}: Pick<Needs, 'db' | 'clock'>): Promise<readonly StoredKey[]> {
  return await listSigningKeys(db, clock.now())
}

/**
 * Stores the first key of an algorithm, which signs at once. Two processes that start together may each store one:
 * both are published then, and both are good.
 */
export async function storeFirstKey({ db, clock, ids }: Needs, key: NewKey): Promise<void> {
  const now = clock.now()
  await db.transaction(async (tx) => {
    await insertSigningKey(tx, { ...key, signsFrom: now, retiresAt: null }, now)
    await recordAct(tx, about('signing-key.created', key), { ids, clock })
  })
}

/** Stores a successor: published now, signing when every cache has it; the others go when their last token has ended. */
export async function storeNextKey(deps: Needs, key: NewKey): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await replace(tx, deps, key)
  })
}

/** As storeNextKey, unless another process was quicker. Says whether it was stored. */
export async function storeDueKey(deps: Needs, key: NewKey): Promise<boolean> {
  return await deps.db.transaction(async (tx) => {
    await lockSigningKeys(tx, key.alg)
    const now = deps.clock.now()
    if (!needsSuccessor(await listSigningKeys(tx, now), key.alg, now)) return false
    await replace(tx, deps, key)
    return true
  })
}

async function replace(tx: Tx, { clock, ids }: Needs, key: NewKey): Promise<void> {
  const now = clock.now()
  const { signsFrom, retiresAt } = retirement(now)
  await insertSigningKey(tx, { ...key, signsFrom, retiresAt: null }, now)
  await retireOtherKeys(tx, key, retiresAt)
  await recordAct(tx, about('signing-key.rotated', key), { ids, clock })
}

function about(
  what: 'signing-key.created' | 'signing-key.rotated',
  { kid, alg }: Pick<StoredKey, 'kid' | 'alg'>,
): Act {
  return { what, by: { kind: 'system', id: null }, about: { kind: 'key', id: kid }, details: { alg } }
}
