import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { KnownDevice } from './known-device.ts'

type DeviceRow = Row & {
  readonly name_hash: Uint8Array
  readonly user_agent: string | null
  readonly first_seen_at: Date
  readonly seen_at: Date
  readonly trusted_until: Date | null
}

const columns = 'name_hash, user_agent, first_seen_at, seen_at, trusted_until'

const find = statement<DeviceRow>(
  'known_device_find',
  `select ${columns} from known_device where account_id = $1 and name_hash = $2`,
)

/** Null for a device that its owner forgot. */
export async function findDevice(
  tx: Tx,
  accountId: string,
  nameHash: Uint8Array,
): Promise<KnownDevice | null> {
  const row = only(await tx.query(find, [accountId, nameHash]))
  return row === null ? null : device(row)
}

const list = statement<DeviceRow>(
  'known_device_list',
  `select ${columns} from known_device where account_id = $1 order by seen_at desc, name_hash limit 50`,
)

export async function listDevices(tx: Tx, accountId: string): Promise<readonly KnownDevice[]> {
  return (await tx.query(list, [accountId])).map(device)
}

const see = statement(
  'known_device_see',
  `insert into known_device as held (account_id, name_hash, user_agent, first_seen_at, seen_at, trusted_until)
   values ($1, $2, $3, $4, $4, $5)
   on conflict (account_id, name_hash) do update
     set user_agent = excluded.user_agent, seen_at = excluded.seen_at,
         trusted_until = coalesce(excluded.trusted_until, held.trusted_until)`,
)

/** The account signed in there now; `trustedUntil` null leaves what was. */
export async function saveDevice(
  tx: Tx,
  accountId: string,
  seen: Pick<KnownDevice, 'nameHash' | 'userAgent' | 'seenAt' | 'trustedUntil'>,
): Promise<void> {
  const until = seen.trustedUntil === null ? null : toDate(seen.trustedUntil)
  await tx.query(see, [accountId, seen.nameHash, seen.userAgent, toDate(seen.seenAt), until])
}

const forgetOne = statement<Row & { name_hash: Uint8Array }>(
  'known_device_forget',
  `delete from known_device where account_id = $1 and ($2::bytea is null or name_hash = $2) returning name_hash`,
)

/** One device, or with null all of them. Returns how many there were. */
export async function deleteDevices(tx: Tx, accountId: string, nameHash: Uint8Array | null): Promise<number> {
  return (await tx.query(forgetOne, [accountId, nameHash])).length
}

const distrust = statement(
  'known_device_distrust',
  'update known_device set trusted_until = null where account_id = $1 and trusted_until is not null',
)

/** Every device is asked for the second step again. */
export async function distrustDevices(tx: Tx, accountId: string): Promise<void> {
  await tx.query(distrust, [accountId])
}

const deleteOld = statement<Row & { name_hash: Uint8Array }>(
  'known_device_delete_old',
  `delete from known_device
    where (account_id, name_hash) in (
      select account_id, name_hash from known_device where seen_at < $1 limit $2 for update skip locked)
   returning name_hash`,
)

/** Deletes devices not seen since then, at most so many. Returns how many. */
export async function deleteOldDevices(tx: Tx, before: Instant, most: number): Promise<number> {
  return (await tx.query(deleteOld, [toDate(before), most])).length
}

function device(row: DeviceRow): KnownDevice {
  return {
    nameHash: row.name_hash,
    userAgent: row.user_agent,
    firstSeenAt: fromDate(row.first_seen_at),
    seenAt: fromDate(row.seen_at),
    trustedUntil: row.trusted_until === null ? null : fromDate(row.trusted_until),
  }
}
