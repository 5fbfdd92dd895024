/** A service as its organization's members see and change it; what a bill is raised from stands in organization.sql.ts. */
import { only, statement, type Row, type Tx } from '../../base/db.ts'
import type { Currency } from '../../base/money.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import { printFeeRule, storedFeeRule, type FeeRule } from '../invoice/fee.ts'

export type ListedService = {
  readonly code: string
  readonly name: string
  readonly currency: Currency
  readonly feeRule: FeeRule
  readonly createdAt: Instant
  readonly pausedAt: Instant | null
}

type ServiceRow = Row & {
  readonly code: string
  readonly name: string
  readonly currency: string
  readonly fee_rule: unknown
  readonly created_at: Date
  readonly paused_at: Date | null
}

const columns = 'code, name, currency, fee_rule, created_at, paused_at'

const list = statement<ServiceRow>(
  'own_service_list',
  `select ${columns} from service
    where organization_id = $1 and ($2::timestamptz is null or (created_at, code) < ($2, $3::text))
    order by created_at desc, code desc limit $4`,
)

/** Newest first. */
export async function findOwnServices(
  tx: Tx,
  organizationId: string,
  behind: Pick<ListedService, 'createdAt' | 'code'> | null,
  most: number,
): Promise<readonly ListedService[]> {
  const from = behind === null ? null : toDate(behind.createdAt)
  return (await tx.query(list, [organizationId, from, behind?.code ?? null, most])).map(listed)
}

const findOne = statement<ServiceRow>(
  'own_service_find',
  `select ${columns} from service where organization_id = $1 and code = $2`,
)

export async function findOwnService(
  tx: Tx,
  organizationId: string,
  code: string,
): Promise<ListedService | null> {
  const row = only(await tx.query(findOne, [organizationId, code]))
  return row === null ? null : listed(row)
}

const lockOne = statement<ServiceRow>(
  'own_service_lock',
  `select ${columns} from service where organization_id = $1 and code = $2 for update`,
)

export async function lockOwnService(
  tx: Tx,
  organizationId: string,
  code: string,
): Promise<ListedService | null> {
  const row = only(await tx.query(lockOne, [organizationId, code]))
  return row === null ? null : listed(row)
}

const count = statement<{ readonly count: number }>(
  'own_service_count',
  'select count(*)::integer as count from service where organization_id = $1',
)

export async function countOwnServices(tx: Tx, organizationId: string): Promise<number> {
  return only(await tx.query(count, [organizationId]))?.count ?? 0
}

const update = statement<Row>(
  'own_service_update',
  'update service set name = $3, fee_rule = $4 where organization_id = $1 and code = $2',
)

export async function updateService(
  tx: Tx,
  organizationId: string,
  { code, name, feeRule }: Pick<ListedService, 'code' | 'name' | 'feeRule'>,
): Promise<void> {
  await tx.query(update, [organizationId, code, name, JSON.stringify(printFeeRule(feeRule))])
}

const pause = statement<Row>(
  'own_service_pause',
  'update service set paused_at = $3 where organization_id = $1 and code = $2',
)

export async function updateServicePause(
  tx: Tx,
  organizationId: string,
  code: string,
  at: Instant | null,
): Promise<void> {
  await tx.query(pause, [organizationId, code, at === null ? null : toDate(at)])
}

function listed(row: ServiceRow): ListedService {
  return {
    code: row.code,
    name: row.name,
    currency: row.currency as Currency,
    feeRule: storedFeeRule(row.fee_rule),
    createdAt: fromDate(row.created_at),
    pausedAt: row.paused_at === null ? null : fromDate(row.paused_at),
  }
}
