import { only, statement, type Row, type Tx } from '../../base/db.ts'
import type { Currency } from '../../base/money.ts'
import { toDate, type Instant } from '../../base/time.ts'
import { printFeeRule, storedFeeRule } from '../invoice/fee.ts'
import type { Organization, Service } from './organization.ts'

type ServiceJson = {
  readonly code: string
  readonly name: string
  readonly currency: string
  readonly feeRule: unknown
  readonly paused: boolean
}

const find = statement<{
  readonly id: string
  readonly name: string
  readonly operator: boolean
  readonly strict_hash: boolean
  readonly origins: readonly string[]
  readonly services: readonly ServiceJson[]
}>(
  'find_organizations',
  `select o.id, o.name, o.operator, o.strict_hash,
     coalesce((select array_agg(g.origin order by g.origin) from organization_origin g
               where g.organization_id = o.id), '{}') as origins,
     coalesce((select json_agg(json_build_object('code', s.code, 'name', s.name, 'currency', s.currency,
                 'feeRule', s.fee_rule, 'paused', s.paused_at is not null) order by s.code) from service s where s.organization_id = o.id), '[]')
       as services
   from organization o where o.id = any($1::uuid[])`,
)

/** Organizations with their origins and services, by id. */
export async function findOrganizations(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Organization>> {
  const rows = await tx.query(find, [ids])
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        name: row.name,
        operator: row.operator,
        strictHash: row.strict_hash,
        origins: row.origins,
        services: row.services.map(toService),
      },
    ]),
  )
}

function toService(json: ServiceJson): Service {
  return {
    code: json.code,
    name: json.name,
    currency: json.currency as Currency,
    feeRule: storedFeeRule(json.feeRule),
    paused: json.paused,
  }
}

const operator = statement<{ readonly id: string }>(
  'find_operator',
  'select id from organization where operator',
)

/** The operator's own organization; it is made when the house is first opened. */
export async function findOperator(tx: Tx): Promise<string | null> {
  return only(await tx.query(operator, []))?.id ?? null
}

const insertTheOperator = statement<Row>(
  'insert_operator',
  `insert into organization (id, name, operator, created_at) values ($1, 'Operator', true, $2) on conflict do nothing`,
)

export async function insertOperator(tx: Tx, id: string, at: Instant): Promise<void> {
  await tx.query(insertTheOperator, [id, toDate(at)])
}

const insertOrganization = statement<Row>(
  'insert_organization',
  `with made as (
     insert into organization (id, name, operator, demo, strict_hash, notification_url, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) returning id
   )
   insert into organization_origin (organization_id, origin) select made.id, o from made, unnest($8::text[]) as o`,
)

export type NewOrganization = {
  readonly id: string
  readonly name: string
  readonly operator: boolean
  readonly demo: boolean
  readonly strictHash: boolean
  readonly notificationUrl: string | null
  readonly origins: readonly string[]
  readonly createdAt: Instant
}

export async function insertOrganizationRow(tx: Tx, made: NewOrganization): Promise<void> {
  await tx.query(insertOrganization, [
    made.id,
    made.name,
    made.operator,
    made.demo,
    made.strictHash,
    made.notificationUrl,
    toDate(made.createdAt),
    made.origins,
  ])
}

const insertService = statement<{ readonly code: string }>(
  'insert_service',
  `insert into service (organization_id, code, name, currency, fee_rule, created_at)
   values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning code`,
)

/** False when the organization has a service of that code. */
export async function insertServiceRow(
  tx: Tx,
  organizationId: string,
  service: Service,
  at: Instant,
): Promise<boolean> {
  const values = [
    organizationId,
    service.code,
    service.name,
    service.currency,
    JSON.stringify(printFeeRule(service.feeRule)),
    toDate(at),
  ]
  return (await tx.query(insertService, values)).length === 1
}

const moveTheDemo = statement<{ readonly id: string }>(
  'move_demo',
  `with moved as (
     update organization set notification_url = $5 where id = $1 and demo returning id
   ), origins as (
     insert into organization_origin (organization_id, origin)
     select moved.id, o from moved, unnest($3::text[]) as o on conflict do nothing
   ), application as (
     update application set redirect_uris = $4 where client_id = $2 and demo
   )
   select id from moved`,
)

/** Gives the demo merchant other addresses; false when it is not there. */
export async function moveDemo(
  tx: Tx,
  at: {
    readonly organizationId: string
    readonly clientId: string
    readonly origins: readonly string[]
    readonly redirectUris: readonly string[]
    readonly notificationUrl: string
  },
): Promise<boolean> {
  const values = [at.organizationId, at.clientId, at.origins, at.redirectUris, at.notificationUrl]
  return (await tx.query(moveTheDemo, values)).length === 1
}

const findTheDemo = statement<{ readonly found: boolean }>(
  'find_demo',
  `select exists (select 1 from organization where demo) or exists (select 1 from application where demo)
     or exists (select 1 from account where demo) as found`,
)

export async function findDemo(tx: Tx): Promise<boolean> {
  return only(await tx.query(findTheDemo, []))?.found ?? false
}

const insertOneOrigin = statement<Row>(
  'insert_origin',
  'insert into organization_origin (organization_id, origin) values ($1, $2) on conflict do nothing',
)

export async function insertOrigin(tx: Tx, organizationId: string, origin: string): Promise<void> {
  await tx.query(insertOneOrigin, [organizationId, origin])
}
