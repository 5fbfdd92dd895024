/** An application as its organization's members see and change it; what the protocol reads stands in application.sql.ts. */
import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { Application, ApplicationKind } from './application.ts'
import type { Logo } from './own-application.ts'

export type ListedApplication = {
  readonly clientId: string
  readonly name: string
  readonly kind: ApplicationKind
  readonly createdAt: Instant
  readonly hasLogo: boolean
  readonly pausedAt: Instant | null
  readonly suspendedAt: Instant | null
  readonly suspendedBecause: string | null
}

export type OwnedApplication = ListedApplication & { readonly organizationId: string }

type ListedRow = Row & {
  readonly client_id: string
  readonly name: string
  readonly kind: ApplicationKind
  readonly created_at: Date
  readonly has_logo: boolean
  readonly paused_at: Date | null
  readonly suspended_at: Date | null
  readonly suspended_because: string | null
}

const columns =
  'client_id, name, kind, created_at, logo is not null as has_logo, paused_at, suspended_at, suspended_because'

const list = statement<ListedRow>(
  'own_application_list',
  `select ${columns} from application
    where organization_id = $1 and ($2::timestamptz is null or (created_at, client_id) < ($2, $3::text))
    order by created_at desc, client_id desc limit $4`,
)

/** Newest first. */
export async function findOwnApplications(
  tx: Tx,
  organizationId: string,
  behind: Pick<ListedApplication, 'createdAt' | 'clientId'> | null,
  most: number,
): Promise<readonly ListedApplication[]> {
  const from = behind === null ? null : toDate(behind.createdAt)
  return (await tx.query(list, [organizationId, from, behind?.clientId ?? null, most])).map(listed)
}

const listAll = statement<ListedRow & { readonly organization_id: string }>(
  'own_application_list_all',
  `select ${columns}, organization_id from application where client_id > $1 order by client_id limit $2`,
)

/** Of all organizations, in the order of their ids. */
export async function findAllApplications(
  tx: Tx,
  behind: string,
  most: number,
): Promise<readonly OwnedApplication[]> {
  const rows = await tx.query(listAll, [behind, most])
  return rows.map((row) => ({ ...listed(row), organizationId: row.organization_id }))
}

const findOne = statement<ListedRow>(
  'own_application_find',
  `select ${columns} from application where client_id = $2 and organization_id = $1`,
)

/** Null for another organization's, as for one that does not exist. */
export async function findOwnApplication(
  tx: Tx,
  organizationId: string,
  clientId: string,
): Promise<ListedApplication | null> {
  const row = only(await tx.query(findOne, [organizationId, clientId]))
  return row === null ? null : listed(row)
}

const lockOne = statement<Row>(
  'own_application_lock',
  'select client_id from application where client_id = $2 and organization_id = $1 for update',
)

export async function lockOwnApplication(tx: Tx, organizationId: string, clientId: string): Promise<boolean> {
  return (await tx.query(lockOne, [organizationId, clientId])).length === 1
}

const count = statement<{ readonly count: number }>(
  'own_application_count',
  'select count(*)::integer as count from application where organization_id = $1',
)

export async function countOwnApplications(tx: Tx, organizationId: string): Promise<number> {
  return only(await tx.query(count, [organizationId]))?.count ?? 0
}

/** What members may change. Owner, kind, client id, scopes and what is released are not among it. */
export type Changeable = Pick<
  Application,
  | 'name'
  | 'redirectUris'
  | 'postLogoutRedirectUris'
  | 'allowances'
  | 'idTokenAlg'
  | 'authMethod'
  | 'jwks'
  | 'jwksUri'
  | 'profile'
  | 'requirePar'
  | 'dpopBound'
  | 'backchannelLogoutUri'
  | 'colour'
  | 'sector'
>

const update = statement<Row>(
  'own_application_update',
  `update application set name = $3, redirect_uris = $4, post_logout_redirect_uris = $5, allowances = $6,
     id_token_alg = $7, auth_method = $8, jwks = $9, jwks_uri = $10, profile = $11, require_par = $12, dpop_bound = $13,
     backchannel_logout_uri = $14, colour = $15, sector = $16
    where client_id = $2 and organization_id = $1`,
)

export async function updateOwnApplication(
  tx: Tx,
  organizationId: string,
  clientId: string,
  to: Changeable,
): Promise<void> {
  await tx.query(update, [
    organizationId,
    clientId,
    to.name,
    to.redirectUris,
    to.postLogoutRedirectUris,
    to.allowances,
    to.idTokenAlg,
    to.authMethod,
    to.jwks === null ? null : JSON.stringify(to.jwks),
    to.jwksUri,
    to.profile,
    to.requirePar,
    to.dpopBound,
    to.backchannelLogoutUri,
    to.colour,
    to.sector,
  ])
}

const pause = statement<Row>(
  'own_application_pause',
  'update application set paused_at = $3 where client_id = $2 and organization_id = $1',
)

export async function updatePause(
  tx: Tx,
  organizationId: string,
  clientId: string,
  at: Instant | null,
): Promise<void> {
  await tx.query(pause, [organizationId, clientId, at === null ? null : toDate(at)])
}

const suspend = statement<Row>(
  'own_application_suspend',
  'update application set suspended_at = $2, suspended_because = $3 where client_id = $1',
)

export async function updateSuspension(
  tx: Tx,
  clientId: string,
  at: Instant | null,
  because: string | null,
): Promise<void> {
  await tx.query(suspend, [clientId, at === null ? null : toDate(at), because])
}

const settleSwitches = statement<Row>(
  'own_application_settle_switches',
  `with house as (select id, standing, standing_since, created_at from organization where id = $1
   ), apps as (
     update application a
        set disabled_at = coalesce(a.paused_at, a.suspended_at,
              case when house.standing = 'live' then null else coalesce(house.standing_since, house.created_at) end)
       from house where a.organization_id = house.id
   )
   update api_client c
      set disabled_at = coalesce(c.ended_at,
            case when house.standing = 'live' then null else coalesce(house.standing_since, house.created_at) end)
     from house where c.organization_id = house.id`,
)

/** Makes the one switch that the hot paths read follow from those that people turn, for all that the organization has. */
export async function settleOwnSwitches(tx: Tx, organizationId: string): Promise<void> {
  await tx.query(settleSwitches, [organizationId])
}

export type SecretView = { readonly createdAt: Instant; readonly retiresAt: Instant | null }

const secrets = statement<{ readonly created_at: Date; readonly retires_at: Date | null }>(
  'own_application_secrets',
  `select created_at, retires_at from application_secret
    where client_id = $1 and (retires_at is null or retires_at > $2) order by created_at desc limit 10`,
)

/** Live ones, newest first; their hashes stay where they are. */
export async function findOwnSecrets(tx: Tx, clientId: string, now: Instant): Promise<readonly SecretView[]> {
  const rows = await tx.query(secrets, [clientId, toDate(now)])
  return rows.map(({ created_at: made, retires_at: ends }) => ({
    createdAt: fromDate(made),
    retiresAt: ends === null ? null : fromDate(ends),
  }))
}

const setLogo = statement<Row>(
  'own_application_set_logo',
  'update application set logo = $3, logo_type = $4 where client_id = $2 and organization_id = $1',
)

export async function updateLogo(
  tx: Tx,
  organizationId: string,
  clientId: string,
  logo: Logo | null,
): Promise<void> {
  await tx.query(setLogo, [organizationId, clientId, logo?.bytes ?? null, logo?.mediaType ?? null])
}

const logoOf = statement<{ readonly logo: Uint8Array | null; readonly logo_type: string | null }>(
  'own_application_logo',
  'select logo, logo_type from application where client_id = $1',
)

export async function findLogo(tx: Tx, clientId: string): Promise<Logo | null> {
  const row = only(await tx.query(logoOf, [clientId]))
  return row === null || row.logo === null || row.logo_type === null
    ? null
    : { mediaType: row.logo_type, bytes: row.logo }
}

function listed(row: ListedRow): ListedApplication {
  const at = (date: Date | null): Instant | null => (date === null ? null : fromDate(date))
  return {
    clientId: row.client_id,
    name: row.name,
    kind: row.kind,
    createdAt: fromDate(row.created_at),
    hasLogo: row.has_logo,
    pausedAt: at(row.paused_at),
    suspendedAt: at(row.suspended_at),
    suspendedBecause: row.suspended_because,
  }
}

const lend = statement<Row>(
  'own_application_lend_secret',
  'insert into application_secret (client_id, hash, created_at, retires_at) values ($1, $2, $3, $4)',
)

export type LentSecret = {
  readonly clientId: string
  readonly hash: Uint8Array
  readonly at: Instant
  readonly until: Instant
}

export async function lendSecret(tx: Tx, { clientId, hash, at, until }: LentSecret): Promise<void> {
  await tx.query(lend, [clientId, hash, toDate(at), toDate(until)])
}

const drop = statement<Row>(
  'own_application_drop_secret',
  'delete from application_secret where client_id = $1 and hash = $2',
)

export async function dropSecret(tx: Tx, clientId: string, hash: Uint8Array): Promise<void> {
  await tx.query(drop, [clientId, hash])
}
