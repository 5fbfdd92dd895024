import { createHash } from 'node:crypto'
import { statement, type Row } from '../../../packages/gateway/src/base/db.ts'
import { newToken, type TokenKind } from '../../../packages/gateway/src/core/identity/token.ts'
import type { Postgres } from '../../../packages/gateway/src/outside/postgres.ts'
import type { BenchApplication, Town } from './town.ts'

/** The verifier of RFC 7636 appendix B, for every code: it is the server's work that is measured. */
export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
export const challenge = createHash('sha256').update(verifier).digest('base64url')
export const scopes = ['openid', 'profile', 'email'] as const

const families = `families as (
     insert into token_family (id, account_id, client_id, scopes, redirect_uri, nonce, signed_in_at, created_at)
     select id, account_id, $4, $5, $6, 'n-0S6_WzA2Mj', now(), now()
     from unnest($1::uuid[], $3::uuid[]) as given(id, account_id)
   )`

const grant = {
  code: statement<Row>(
    'bench_grant_codes',
    `with ${families}
   insert into code (family_id, hash, challenge, expires_at)
   select id, hash, $7, now() + interval '1 hour' from unnest($1::uuid[], $2::bytea[]) as given(id, hash)`,
  ),
  access: statement<Row>(
    'bench_grant_tokens',
    `with ${families}
   insert into token (family_id, hash, kind, scopes, issued_at, expires_at)
   select id, hash, $7, $5, now(), now() + interval '1 hour' from unnest($1::uuid[], $2::bytea[]) as given(id, hash)`,
  ),
} as const satisfies Partial<Record<TokenKind, unknown>>

const chunk = 5_000

/** Codes that wait to be redeemed, or live access tokens, each of an authorization of its own, written by SQL. */
export async function grantMany(
  db: Postgres,
  town: Town,
  application: BenchApplication,
  { kind, count }: { readonly kind: keyof typeof grant; readonly count: number },
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
      kind === 'code' ? challenge : 'access',
    ])
  }
  return made.map(({ text }) => text)
}
