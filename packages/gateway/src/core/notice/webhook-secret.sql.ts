import { statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'

const find = statement<{ readonly organization_id: string; readonly sealed: Uint8Array }>(
  'find_webhook_secrets',
  `select organization_id, sealed from webhook_secret
   where organization_id = any($1::uuid[]) and (retires_at is null or retires_at > $2)
   order by organization_id, created_at desc, id desc`,
)

/** Live secrets by organization, newest first, still sealed. */
export async function findWebhookSecrets(
  tx: Tx,
  organizationIds: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
  const secrets = new Map<string, Uint8Array[]>()
  for (const row of await tx.query(find, [organizationIds, toDate(now)])) {
    secrets.set(row.organization_id, [...(secrets.get(row.organization_id) ?? []), row.sealed])
  }
  return secrets
}

const insert = statement<Row>(
  'insert_webhook_secret',
  'insert into webhook_secret (organization_id, id, sealed, created_at) values ($1, $2, $3, $4)',
)

export type NewSecret = { readonly organizationId: string; readonly id: string; readonly sealed: Uint8Array }

export async function insertWebhookSecret(tx: Tx, made: NewSecret, at: Instant): Promise<void> {
  await tx.query(insert, [made.organizationId, made.id, made.sealed, toDate(at)])
}

const retire = statement<Row>(
  'retire_webhook_secrets',
  `update webhook_secret set retires_at = $3
   where organization_id = $1 and id <> $2 and (retires_at is null or retires_at > $3)`,
)

/** Lets all other secrets of the organization end at a time. */
export async function retireOtherSecrets(
  tx: Tx,
  kept: Omit<NewSecret, 'sealed'>,
  at: Instant,
): Promise<void> {
  await tx.query(retire, [kept.organizationId, kept.id, toDate(at)])
}
