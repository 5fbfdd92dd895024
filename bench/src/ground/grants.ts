import { createHash } from 'node:crypto'
import { statement, type Row } from '../../../packages/gateway/src/base/db.ts'
import { newToken } from '../../../packages/gateway/src/core/token/token.ts'
import type { Postgres } from '../../../packages/gateway/src/outside/postgres.ts'
import type { GrantPeer } from '../servers/peer.ts'
import type { BenchApplication, Town } from './town.ts'

/** The verifier of RFC 7636 appendix B, for every code: it is the server's work that is measured. */
export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
export const challenge = createHash('sha256').update(verifier).digest('base64url')

const families = `families as (
     insert into token_family (id, account_id, client_id, scopes, redirect_uri, nonce, signed_in_at, created_at)
     select id, account_id, $4, $5, $6, 'n-0S6_WzA2Mj', now(), now()
     from unnest($1::uuid[], $3::uuid[]) as given(id, account_id)
   )`

const tokens = statement<Row>(
  'bench_grant_tokens',
  `with ${families}
   insert into token (family_id, hash, kind, scopes, issued_at, expires_at)
   select id, hash, $7, $5, now(), now() + interval '1 hour' from unnest($1::uuid[], $2::bytea[]) as given(id, hash)`,
)

const grant = {
  code: statement<Row>(
    'bench_grant_codes',
    `with ${families}
   insert into code (family_id, hash, challenge, expires_at)
   select id, hash, $7, now() + interval '1 hour' from unnest($1::uuid[], $2::bytea[]) as given(id, hash)`,
  ),
  access: tokens,
  refresh: tokens,
} as const

const chunk = 5_000

/** Codes and refresh tokens that wait to be spent, or live access tokens, each of an authorization of its own, written by SQL. */
export async function grantMany(
  db: Postgres,
  town: Town,
  application: BenchApplication,
  { kind, scopes, count }: Omit<GrantPeer, 'clientId'>,
): Promise<readonly string[]> {
  const made = Array.from({ length: count }, () => {
    const familyId = town.ports.ids.next()
    return { familyId, text: newToken(kind, familyId, town.ports.chance) }
  })
  for (let done = 0; done < count; done += chunk) {
    const some = made.slice(done, done + chunk)
    await db.query(grant[kind], [
      some.map(({ familyId }) => familyId),
      some.map(({ text }) => town.ports.digests.sha256(text)),
      some.map((_, place) => town.accountIds[place % town.accountIds.length]),
      application.clientId,
      scopes,
      application.redirectUri,
      kind === 'code' ? challenge : kind,
    ])
  }
  return made.map(({ text }) => text)
}
