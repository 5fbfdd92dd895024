import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { InvoiceKey } from './invoice.sql.ts'

/** A picture that we encoded ourselves; `null` bytes when what was fetched was none. */
export type KeptPicture = {
  readonly picture: { readonly mediaType: string; readonly bytes: Uint8Array } | null
  readonly fetchedAt: Instant
}

const find = statement<{
  readonly media_type: string | null
  readonly bytes: Uint8Array | null
  readonly fetched_at: Date
}>(
  'find_picture',
  'select media_type, bytes, fetched_at from picture where organization_id = $1 and invoice_id = $2',
)

export async function findPicture(tx: Tx, key: InvoiceKey): Promise<KeptPicture | null> {
  const row = only(await tx.query(find, [key.organizationId, key.invoiceId]))
  if (row === null) return null
  const { media_type: mediaType, bytes } = row
  return {
    picture: mediaType === null || bytes === null ? null : { mediaType, bytes },
    fetchedAt: fromDate(row.fetched_at),
  }
}

const keep = statement<Row>(
  'keep_picture',
  `insert into picture (organization_id, invoice_id, media_type, bytes, fetched_at) values ($1, $2, $3, $4, $5)
   on conflict (organization_id, invoice_id) do update
     set media_type = excluded.media_type, bytes = excluded.bytes, fetched_at = excluded.fetched_at
     where picture.bytes is null`,
)

/** Keeps what was fetched; a picture that is there already stays. */
export async function keepPicture(
  tx: Tx,
  key: InvoiceKey,
  { picture, fetchedAt }: KeptPicture,
): Promise<void> {
  await tx.query(keep, [
    key.organizationId,
    key.invoiceId,
    picture?.mediaType ?? null,
    picture?.bytes ?? null,
    toDate(fetchedAt),
  ])
}
