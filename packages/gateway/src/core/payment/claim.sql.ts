import { statement, type Tx } from '../../base/db.ts'
import { recordset } from '../../base/recordset.ts'
import type { Claimed } from './booking.ts'

const claims = recordset('c', {
  source: 'text',
  external_id: 'text',
  fingerprint: 'bytea',
  organization_id: 'uuid',
  payment_id: 'uuid',
  attempt_id: 'uuid',
})

const claim = statement<{ readonly payment_id: string }>(
  'claim_payments',
  `insert into payment_claim (${claims.columns})
   select * from ${claims.from} order by source, external_id
   on conflict do nothing
   returning payment_id`,
)

/**
 * Claims external ids in one order, so that no two batches wait for each other. Waits for a concurrent claimer of
 * the same id. Answers with the payment ids that are now ours.
 */
export async function claimPayments(tx: Tx, wanted: readonly Claimed[]): Promise<ReadonlySet<string>> {
  const rows = wanted.map(({ paymentId, report }) => ({
    source: report.source,
    external_id: report.externalId,
    fingerprint: report.fingerprint,
    organization_id: report.organizationId,
    payment_id: paymentId,
    attempt_id: report.attemptId,
  }))
  return new Set((await tx.query(claim, claims.values(rows))).map((row) => row.payment_id))
}

export type Claim = {
  readonly source: string
  readonly externalId: string
  readonly fingerprint: Uint8Array
  readonly paymentId: string
  readonly attemptId: string
}

const findThem = statement<{
  readonly source: string
  readonly external_id: string
  readonly fingerprint: Uint8Array
  readonly payment_id: string
  readonly attempt_id: string
}>(
  'find_payment_claims',
  `select source, external_id, fingerprint, payment_id, attempt_id from payment_claim
   where (source, external_id) in (select * from unnest($1::text[], $2::text[]))`,
)

/** The claims that were there before us; a statement of its own, so that it sees what a concurrent claimer committed. */
export async function findClaims(tx: Tx, wanted: readonly Claimed[]): Promise<readonly Claim[]> {
  if (wanted.length === 0) return []
  const rows = await tx.query(findThem, [
    wanted.map(({ report }) => report.source),
    wanted.map(({ report }) => report.externalId),
  ])
  return rows.map((row) => ({
    source: row.source,
    externalId: row.external_id,
    fingerprint: row.fingerprint,
    paymentId: row.payment_id,
    attemptId: row.attempt_id,
  }))
}
