import type { Ports } from '../ports.ts'
import { retirement, type StoredKey } from './signing-key.ts'
import { insertSigningKey, listSigningKeys, retireOtherKeys } from './signing-key.sql.ts'

type Needs = Pick<Ports, 'db' | 'clock'>

export async function loadSigningKeys({ db, clock }: Needs): Promise<readonly StoredKey[]> {
  return await listSigningKeys(db, clock.now())
}

/**
 * Stores the first key of an algorithm, which signs at once. Two processes that start together may each store one:
 * both are published then, and both are good.
 */
export async function storeFirstKey(
  { db, clock }: Needs,
  key: Omit<StoredKey, 'signsFrom' | 'retiresAt'>,
): Promise<void> {
  const now = clock.now()
  await insertSigningKey(db, { ...key, signsFrom: now, retiresAt: null }, now)
}

/** Stores a successor: published now, signing when every cache has it; the others go when their last token has ended. */
export async function storeNextKey(
  { db, clock }: Needs,
  key: Omit<StoredKey, 'signsFrom' | 'retiresAt'>,
): Promise<void> {
  const now = clock.now()
  const { signsFrom, retiresAt } = retirement(now)
  await db.transaction(async (tx) => {
    await insertSigningKey(tx, { ...key, signsFrom, retiresAt: null }, now)
    await retireOtherKeys(tx, key, retiresAt)
  })
}
