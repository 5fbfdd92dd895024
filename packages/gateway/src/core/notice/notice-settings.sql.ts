import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'

const findAddress = statement<{ readonly notification_url: string | null }>(
  'find_notice_address',
  'select notification_url from organization where id = $1',
)

/** Where every notice of the organization goes beside its order's own address; null when nowhere. */
export async function findNoticeAddress(tx: Tx, organizationId: string): Promise<string | null> {
  const url = only(await tx.query(findAddress, [organizationId]))?.notification_url ?? ''
  return url === '' ? null : url
}

const setAddress = statement<Row>(
  'set_notice_address',
  'update organization set notification_url = $2 where id = $1',
)

export async function setNoticeAddress(
  tx: Tx,
  organizationId: string,
  address: string | null,
): Promise<void> {
  await tx.query(setAddress, [organizationId, address])
}

/** A webhook secret as its owners see it: when it was made and when it ends, never what it is. */
export type ListedSecret = {
  readonly id: string
  readonly createdAt: Instant
  readonly retiresAt: Instant | null
}

const listSecrets = statement<{
  readonly id: string
  readonly created_at: Date
  readonly retires_at: Date | null
}>(
  'list_webhook_secrets',
  `select id, created_at, retires_at from webhook_secret
   where organization_id = $1 and (retires_at is null or retires_at > $2)
   order by created_at desc, id desc limit 100`,
)

/** Those that sign now, the newest first. */
export async function listWebhookSecrets(
  tx: Tx,
  organizationId: string,
  now: Instant,
): Promise<readonly ListedSecret[]> {
  const rows = await tx.query(listSecrets, [organizationId, toDate(now)])
  return rows.map((row) => ({
    id: row.id,
    createdAt: fromDate(row.created_at),
    retiresAt: row.retires_at === null ? null : fromDate(row.retires_at),
  }))
}

/** An address that wants no more notices. */
export type ClosedAddress = { readonly address: string; readonly since: Instant }

const listClosed = statement<{ readonly address: string; readonly gone_at: Date }>(
  'list_gone_addresses',
  `select address, gone_at from endpoint_gone where organization_id = $1
   order by organization_id, address limit 100`,
)

export async function listClosedAddresses(tx: Tx, organizationId: string): Promise<readonly ClosedAddress[]> {
  const rows = await tx.query(listClosed, [organizationId])
  return rows.map((row) => ({ address: row.address, since: fromDate(row.gone_at) }))
}
