import { recordAct } from '../audit/act.sql.ts'
import type { Act } from '../audit/act.ts'
import type { Ports } from '../ports.ts'
import { retirement, type StoredKey } from './signing-key.ts'
import { insertSigningKey, listSigningKeys, retireOtherKeys } from './signing-key.sql.ts'

type Needs = Pick<Ports, 'db' | 'clock' | 'ids'>

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
export async function storeFirstKey(
  { db, clock, ids }: Needs,
  key: Omit<StoredKey, 'signsFrom' | 'retiresAt'>,
): Promise<void> {
  const now = clock.now()
  await db.transaction(async (tx) => {
    await insertSigningKey(tx, { ...key, signsFrom: now, retiresAt: null }, now)
    await recordAct(tx, about('signing-key.created', key), { ids, clock })
  })
}

/** Stores a successor: published now, signing when every cache has it; the others go when their last token has ended. */
export async function storeNextKey(
  { db, clock, ids }: Needs,
  key: Omit<StoredKey, 'signsFrom' | 'retiresAt'>,
): Promise<void> {
  const now = clock.now()
  const { signsFrom, retiresAt } = retirement(now)
  await db.transaction(async (tx) => {
    await insertSigningKey(tx, { ...key, signsFrom, retiresAt: null }, now)
    await retireOtherKeys(tx, key, retiresAt)
    await recordAct(tx, about('signing-key.rotated', key), { ids, clock })
  })
}

function about(
  what: 'signing-key.created' | 'signing-key.rotated',
  { kid, alg }: Pick<StoredKey, 'kid' | 'alg'>,
): Act {
  return { what, by: { kind: 'system', id: null }, about: { kind: 'key', id: kid }, details: { alg } }
}
