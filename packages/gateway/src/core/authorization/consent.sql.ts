import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { Connection, Consent } from './consent.ts'

type ConsentRow = Row & { readonly scopes: readonly string[]; readonly given_at: Date }

const find = statement<ConsentRow>(
  'consent_find',
  `select scopes, given_at from consent where account_id = $1 and client_id = $2 and withdrawn_at is null`,
)

/** What is agreed now; null when nothing is, or no longer. */
export async function findConsent(tx: Tx, accountId: string, clientId: string): Promise<Consent | null> {
  const row = only(await tx.query(find, [accountId, clientId]))
  return row === null ? null : consent(row)
}

const give = statement<ConsentRow>(
  'consent_give',
  `insert into consent as held (account_id, client_id, scopes, given_at)
   select $1, $2, array_agg(distinct scope order by scope), $4 from unnest($3::text[]) as asked (scope)
   on conflict (account_id, client_id) do update
     set given_at = excluded.given_at,
         withdrawn_at = null,
         scopes = case when held.withdrawn_at is not null then excluded.scopes else
           (select array_agg(distinct scope order by scope) from unnest(held.scopes || excluded.scopes) as both_of (scope))
         end
   returning scopes, given_at`,
)

/** Adds to what is agreed; after a withdrawal it begins anew. `scopes` is not empty. */
export async function saveConsent(
  tx: Tx,
  given: { readonly accountId: string; readonly clientId: string; readonly scopes: readonly string[] },
  at: Instant,
): Promise<Consent> {
  const row = only(await tx.query(give, [given.accountId, given.clientId, given.scopes, toDate(at)]))
  if (row === null) throw new Error('a consent names at least one scope')
  return consent(row)
}

const withdraw = statement(
  'consent_withdraw',
  `update consent set withdrawn_at = $3 where account_id = $1 and client_id = $2 and withdrawn_at is null`,
)

const revoke = statement(
  'consent_revoke_families',
  `update token_family set revoked_at = $3, revoked_because = 'consent withdrawn'
    where account_id = $1 and client_id = $2 and revoked_at is null`,
)

/** Takes the consent back, and with it every code and token that the application holds for the account. */
export async function endConsent(tx: Tx, accountId: string, clientId: string, at: Instant): Promise<void> {
  await tx.query(withdraw, [accountId, clientId, toDate(at)])
  await tx.query(revoke, [accountId, clientId, toDate(at)])
}

const list = statement<
  ConsentRow & {
    readonly client_id: string
    readonly application_name: string
    readonly organization_name: string
    readonly releases: 'scopes' | 'national-identity'
    readonly resources: readonly string[]
  }
>(
  'consent_list',
  `select consent.client_id, consent.scopes, consent.given_at, application.name as application_name,
          organization.name as organization_name, application.releases, application.resources
     from consent
     join application on application.client_id = consent.client_id
     join organization on organization.id = application.organization_id
    where consent.account_id = $1 and consent.withdrawn_at is null
    order by consent.given_at desc, consent.client_id`,
)

export async function listConnections(tx: Tx, accountId: string): Promise<readonly Connection[]> {
  return (await tx.query(list, [accountId])).map((row) => ({
    ...consent(row),
    clientId: row.client_id,
    applicationName: row.application_name,
    organizationName: row.organization_name,
    releases: row.releases,
    resources: row.resources,
  }))
}

function consent(row: ConsentRow): Consent {
  return { scopes: row.scopes, givenAt: fromDate(row.given_at) }
}
