import type { Tx } from '../../base/db.ts'
import type { Digests } from '../ports.ts'
import { findDevice } from './known-device.sql.ts'
import { deviceNameHash, deviceNameOf, type Holder, type KnownDevice } from './known-device.ts'

/** The device that the cookie proves and that its owner has not forgotten; its name draws on a budget of its own. */
export async function findKnownDevice(
  { db, digests }: { readonly db: Tx; readonly digests: Digests },
  cookie: string | undefined,
  holder: Holder | null,
): Promise<(KnownDevice & { readonly name: string }) | null> {
  const name = deviceNameOf(cookie, holder, digests)
  if (holder === null || name === null) return null
  const device = await findDevice(db, holder.accountId, deviceNameHash(name, digests))
  return device === null ? null : { ...device, name }
}
