import { statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, instant, toDate, type Instant } from '../../base/time.ts'
import type { Allowance } from './allowance.ts'
import type {
  Application,
  ApplicationKind,
  ApplicationWithSecrets,
  AuthMethod,
  Grant,
  JsonWebKeys,
  Releases,
} from './application.ts'
import type { Scope } from './scope.ts'
import type { SigningAlg } from '../signing-key/signing-key.ts'

type ApplicationRow = Row & {
  readonly client_id: string
  readonly organization_id: string
  readonly organization_name: string
  readonly name: string
  readonly kind: ApplicationKind
  readonly redirect_uris: readonly string[]
  readonly releases: Releases
  readonly allowances: readonly Allowance[]
  readonly id_token_alg: SigningAlg
  readonly grants: readonly Grant[]
  readonly scopes: readonly Scope[]
  readonly post_logout_redirect_uris: readonly string[]
  readonly auth_method: AuthMethod | null
  readonly jwks: JsonWebKeys | null
  readonly jwks_uri: string | null
  readonly subject_type: Application['subjectType']
  readonly sector: string | null
  readonly profile: Application['profile']
  readonly require_par: boolean
  readonly dpop_bound: boolean
  readonly backchannel_logout_uri: string | null
  readonly backchannel_logout_session_required: boolean
  readonly resources: readonly string[]
  readonly colour: string | null
  readonly demo: boolean
  readonly disabled_at: Date | null
  readonly secret_hashes: readonly Uint8Array[] | null
  readonly secret_ends_ms: readonly (number | null)[] | null
}

const findMany = statement<ApplicationRow>(
  'application_find',
  `select application.client_id, application.organization_id, organization.name as organization_name,
          application.name, application.kind, application.redirect_uris, application.releases,
          application.allowances, application.id_token_alg, application.scopes, application.demo,
          application.disabled_at, application.post_logout_redirect_uris, application.auth_method,
          application.jwks, application.jwks_uri, application.subject_type, application.sector,
          application.profile, application.require_par, application.dpop_bound,
          application.backchannel_logout_uri, application.backchannel_logout_session_required,
          application.resources, application.colour, application.grants,
          live.secret_hashes, live.secret_ends_ms
     from application
     join organization on organization.id = application.organization_id
     cross join lateral (
       select array_agg(secret.hash) as secret_hashes,
              array_agg((extract(epoch from secret.retires_at) * 1000)::float8) as secret_ends_ms
         from application_secret secret
        where secret.client_id = application.client_id and (secret.retires_at is null or secret.retires_at > $2)
     ) live
    where application.client_id = any ($1::text[])`,
)

/** In no order; those that do not exist are missing. */
export async function findApplications(
  tx: Tx,
  clientIds: readonly string[],
  now: Instant,
): Promise<readonly ApplicationWithSecrets[]> {
  const rows = await tx.query(findMany, [clientIds, toDate(now)])
  return rows.map((row) => ({
    clientId: row.client_id,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    name: row.name,
    kind: row.kind,
    redirectUris: row.redirect_uris,
    releases: row.releases,
    allowances: row.allowances,
    idTokenAlg: row.id_token_alg,
    grants: row.grants,
    scopes: row.scopes,
    postLogoutRedirectUris: row.post_logout_redirect_uris,
    authMethod: row.auth_method,
    jwks: row.jwks,
    jwksUri: row.jwks_uri,
    subjectType: row.subject_type,
    sector: row.sector,
    profile: row.profile,
    requirePar: row.require_par,
    dpopBound: row.dpop_bound,
    backchannelLogoutUri: row.backchannel_logout_uri,
    backchannelLogoutSessionRequired: row.backchannel_logout_session_required,
    resources: row.resources,
    colour: row.colour,
    demo: row.demo,
    disabledAt: row.disabled_at === null ? null : fromDate(row.disabled_at),
    secrets: (row.secret_hashes ?? []).map((hash, at) => {
      const ends = row.secret_ends_ms?.[at] ?? null
      return { hash, endsAt: ends === null ? null : instant(ends) }
    }),
  }))
}

const insertOne = statement<Row & { client_id: string }>(
  'application_insert',
  `insert into application (client_id, organization_id, name, kind, redirect_uris, releases, allowances,
     id_token_alg, scopes, demo, created_at, post_logout_redirect_uris, auth_method, jwks, jwks_uri, subject_type,
     sector, profile, require_par, dpop_bound, backchannel_logout_uri, backchannel_logout_session_required,
     resources, colour, grants)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
     $23, $24, $25)
   on conflict do nothing
   returning client_id`,
)

/** False when the client id is taken. */
export async function insertApplication(
  tx: Tx,
  made: Omit<Application, 'organizationName' | 'disabledAt'>,
  at: Instant,
): Promise<boolean> {
  const rows = await tx.query(insertOne, [
    made.clientId,
    made.organizationId,
    made.name,
    made.kind,
    made.redirectUris,
    made.releases,
    made.allowances,
    made.idTokenAlg,
    made.scopes,
    made.demo,
    toDate(at),
    made.postLogoutRedirectUris,
    made.authMethod,
    made.jwks === null ? null : JSON.stringify(made.jwks),
    made.jwksUri,
    made.subjectType,
    made.sector,
    made.profile,
    made.requirePar,
    made.dpopBound,
    made.backchannelLogoutUri,
    made.backchannelLogoutSessionRequired,
    made.resources,
    made.colour,
    made.grants,
  ])
  return rows.length === 1
}

const insertSecret = statement(
  'application_secret_insert',
  `insert into application_secret (client_id, hash, created_at) values ($1, $2, $3) on conflict do nothing`,
)

export async function addSecret(tx: Tx, clientId: string, hash: Uint8Array, at: Instant): Promise<void> {
  await tx.query(insertSecret, [clientId, hash, toDate(at)])
}

const retireSecrets = statement(
  'application_secret_retire',
  `update application_secret set retires_at = $3
    where client_id = $1 and hash <> $2 and (retires_at is null or retires_at > $3)`,
)

/** All secrets but one end at the given time. */
export async function retireOtherSecrets(
  tx: Tx,
  clientId: string,
  keep: Uint8Array,
  at: Instant,
): Promise<void> {
  await tx.query(retireSecrets, [clientId, keep, toDate(at)])
}
