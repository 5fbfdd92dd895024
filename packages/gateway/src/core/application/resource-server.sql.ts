import { statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { Api, ResourceServer } from './resource.ts'
import type { Scope } from './scope.ts'

const insertOne = statement<Row & { identifier: string }>(
  'resource_server_insert',
  `insert into resource_server (identifier, client_id, organization_id, name, scopes, created_at)
   values ($1, $2, $3, $4, $5, $6)
   on conflict do nothing
   returning identifier`,
)

/** False when the identifier is taken. */
export async function insertResourceServer(tx: Tx, made: ResourceServer, at: Instant): Promise<boolean> {
  const rows = await tx.query(insertOne, [
    made.identifier,
    made.clientId,
    made.organizationId,
    made.name,
    made.scopes,
    toDate(at),
  ])
  return rows.length === 1
}

const findMany = statement<Row & { identifier: string }>(
  'resource_server_find',
  `select identifier from resource_server where identifier = any ($1::text[])`,
)

/** Those of the identifiers that are registered. */
export async function findRegistered(tx: Tx, identifiers: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query(findMany, [identifiers])
  return rows.map(({ identifier }) => identifier)
}

const findFaces = statement<
  Row & { readonly identifier: string; readonly name: string; readonly scopes: readonly Scope[] }
>(
  'resource_server_names',
  `select identifier, name, scopes from resource_server where identifier = any ($1::text[]) order by name, identifier`,
)

/** How the APIs are called and which scopes are their own; those that are not registered are missing. */
export async function findApis(tx: Tx, identifiers: readonly string[]): Promise<readonly Api[]> {
  return identifiers.length === 0 ? [] : await tx.query(findFaces, [identifiers])
}
