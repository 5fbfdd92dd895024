/** Where an organization's programs are, as its members see and change it. */
import { only, statement, type Row, type Tx } from '../../base/db.ts'

const list = statement<{ readonly origin: string }>(
  'own_origin_list',
  'select origin from organization_origin where organization_id = $1 order by origin limit 500',
)

/** Bounded by the quota of origins. */
export async function findOwnOrigins(tx: Tx, organizationId: string): Promise<readonly string[]> {
  return (await tx.query(list, [organizationId])).map(({ origin }) => origin)
}

const remove = statement<{ readonly origin: string }>(
  'own_origin_delete',
  'delete from organization_origin where organization_id = $1 and origin = $2 returning origin',
)

/** False when it was not registered. */
export async function deleteOrigin(tx: Tx, organizationId: string, origin: string): Promise<boolean> {
  return (await tx.query(remove, [organizationId, origin])).length === 1
}

const findUrl = statement<{ readonly notification_url: string | null }>(
  'own_notification_url_find',
  'select notification_url from organization where id = $1',
)

/** Where every notice also goes; null when nowhere. */
export async function findNotificationUrl(tx: Tx, organizationId: string): Promise<string | null> {
  const url = only(await tx.query(findUrl, [organizationId]))?.notification_url ?? null
  return url === '' ? null : url
}

const setUrl = statement<Row>(
  'own_notification_url_set',
  'update organization set notification_url = $2 where id = $1',
)

export async function updateNotificationUrl(
  tx: Tx,
  organizationId: string,
  url: string | null,
): Promise<void> {
  await tx.query(setUrl, [organizationId, url])
}
