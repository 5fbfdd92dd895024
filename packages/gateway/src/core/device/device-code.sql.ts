import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant, type Seconds } from '../../base/time.ts'
import { splitScopes, type Scope } from '../application/scope.ts'

export type DeviceName = { readonly familyId: string; readonly hash: Uint8Array }

export type NewDevice = DeviceName & {
  readonly clientId: string
  readonly scopes: readonly Scope[]
  readonly userCodeKey: Uint8Array
  readonly expiresAt: Instant
  readonly interval: Seconds
}

const insert = statement<Row & { readonly key: Uint8Array }>(
  'device_authorization_insert',
  `with named as (
     insert into device_user_code (key, family_id, hash, expires_at) values ($1, $2, $3, $6)
     on conflict do nothing
     returning key
   ), device as (
     insert into device_authorization (family_id, hash, client_id, scopes, expires_at, interval_seconds)
     select $2, $3, $4, $5, $6, $7 from named
   )
   select key from named`,
)

/** False when another device waits under the same letters. */
export async function insertDevice(tx: Tx, made: NewDevice): Promise<boolean> {
  const { userCodeKey, familyId, hash, clientId, scopes, expiresAt, interval } = made
  const values = [userCodeKey, familyId, hash, clientId, scopes, toDate(expiresAt), interval.seconds]
  return (await tx.query(insert, values)).length === 1
}

export type WaitingDevice = DeviceName & {
  readonly clientId: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: Instant
}

type WaitingRow = Row & {
  readonly family_id: string
  readonly hash: Uint8Array
  readonly client_id: string
  readonly scopes: string
  readonly expires_at: Date
}

const waiting = `select device.family_id, device.hash, device.client_id, device.expires_at,
         array_to_string(device.scopes, ' ') as scopes
    from device_user_code named
    join device_authorization device on device.family_id = named.family_id and device.hash = named.hash
   where named.key = $1 and device.state = 'pending' and device.expires_at > $2`

const find = statement<WaitingRow>('device_find_waiting', waiting)
const lock = statement<WaitingRow>('device_lock_waiting', `${waiting} for update`)

/** The device behind a typed code, while nobody has decided about it. */
export async function findWaitingDevice(
  tx: Tx,
  key: Uint8Array,
  now: Instant,
): Promise<WaitingDevice | null> {
  return read(only(await tx.query(find, [key, toDate(now)])))
}

/** As findWaitingDevice; who decides at the same time waits and then finds it decided. */
export async function lockWaitingDevice(
  tx: Tx,
  key: Uint8Array,
  now: Instant,
): Promise<WaitingDevice | null> {
  return read(only(await tx.query(lock, [key, toDate(now)])))
}

function read(row: WaitingRow | null): WaitingDevice | null {
  if (row === null) return null
  return {
    familyId: row.family_id,
    hash: row.hash,
    clientId: row.client_id,
    scopes: splitScopes(row.scopes),
    expiresAt: fromDate(row.expires_at),
  }
}

const decide = statement(
  'device_decide',
  `with gone as (delete from device_user_code where key = $4)
   update device_authorization set state = $3 where family_id = $1 and hash = $2`,
)

/** Notes what she decided; the letters mean nothing from then on. */
export async function markDevice(
  tx: Tx,
  { familyId, hash }: DeviceName,
  state: 'allowed' | 'denied',
  key: Uint8Array,
): Promise<void> {
  await tx.query(decide, [familyId, hash, state, key])
}

export type Polled = {
  readonly state: 'pending' | 'allowed' | 'denied'
  readonly expiresAt: Instant
  readonly tooSoon: boolean
}

const poll = statement<
  Row & { readonly state: Polled['state']; readonly expires_at: Date; readonly too_soon: boolean }
>(
  'device_poll',
  `with before as materialized (
     select interval_seconds,
            coalesce(polled_at > $4::timestamptz - make_interval(secs => interval_seconds - $5::float8), false) as too_soon
       from device_authorization where family_id = $1 and hash = $2 and client_id = $3 for update
   )
   update device_authorization device
      set polled_at = $4,
          interval_seconds = case when too_soon then least(before.interval_seconds + $6::integer, 300)
                                  else before.interval_seconds end
     from before
    where device.family_id = $1 and device.hash = $2
   returning device.state, device.expires_at, before.too_soon`,
)

/** How far packets may shift what was sent in time. */
const jitterSeconds = 0.5

/** Notes that the device asked, and makes it wait longer when it asked too soon. Null for another's, or none. */
export async function pollDevice(
  tx: Tx,
  { familyId, hash, clientId }: DeviceName & { readonly clientId: string },
  slower: Seconds,
  now: Instant,
): Promise<Polled | null> {
  const row = only(
    await tx.query(poll, [familyId, hash, clientId, toDate(now), jitterSeconds, slower.seconds]),
  )
  return row === null
    ? null
    : { state: row.state, expiresAt: fromDate(row.expires_at), tooSoon: row.too_soon }
}

const forgetDevices = statement<Row & { readonly family_id: string }>(
  'device_delete_expired',
  `delete from device_authorization where (family_id, hash) in
     (select family_id, hash from device_authorization where expires_at < $1 order by expires_at limit $2
        for update skip locked)
   returning family_id`,
)

const forgetUserCodes = statement(
  'device_user_code_delete_expired',
  `delete from device_user_code where key = any (array(
     select key from device_user_code where expires_at < $1 order by expires_at limit $2 for update skip locked))`,
)

/** Forgets at most so many of each that ended before, and returns how many devices. */
export async function deleteExpiredDevices(tx: Tx, before: Instant, most: number): Promise<number> {
  await tx.query(forgetUserCodes, [toDate(before), most])
  return (await tx.query(forgetDevices, [toDate(before), most])).length
}
