import { randomUUID } from 'node:crypto'
import { statement, type Row as DatabaseRow } from '../../../packages/gateway/src/base/db.ts'
import { settle } from '../ground/database.ts'
import { grantMany } from '../ground/grants.ts'
import { load, warmUps, type Rig, type Run } from '../rig.ts'
import type { Row } from '../table.ts'

const few = 10_000
const many = { full: 10_000_000, quick: 1_000_000 } as const
const chunk = 500_000

/** Live tokens that nobody knows the text of, each of an authorization of its own, spread over all keys. */
const fill = statement<DatabaseRow>(
  'bench_fill_tokens',
  `with made as materialized (
     select gen_random_uuid() as id, $1::uuid[] as accounts, place from generate_series(1, $4::int) place
   ), families as (
     insert into token_family (id, account_id, client_id, scopes, redirect_uri, nonce, signed_in_at, created_at)
     select id, accounts[1 + place % cardinality(accounts)], $2, '{openid}', $3, 'n-0S6_WzA2Mj', now(), now() from made
   )
   insert into token (family_id, hash, kind, scopes, issued_at, expires_at)
   select id, sha256(uuid_send(gen_random_uuid())), 'access', '{openid}', now(),
          now() + interval '1 day' * (1 + random())
     from made`,
)

/**
 * Introspection among ten thousand live tokens and among ten million, in one database: the same requests, before and
 * after the table has grown. The tokens that are asked about lie anywhere in it.
 */
export async function measureManyTokens(rig: Rig): Promise<readonly Row[]> {
  const { town, size, say, ground } = rig
  const application = town.applications.ES256
  const scattered = { ...town, ports: { ...town.ports, ids: { next: () => randomUUID() } } }
  const texts = await grantMany(ground.db, scattered, application, {
    kind: 'access',
    scopes: ['openid'],
    count: few,
  })
  const authorization = `Basic ${Buffer.from(`${application.clientId}:${application.clientSecret}`).toString('base64')}`
  const sent = Array.from({ length: size.lookUps }, (_, place) => ({
    method: 'POST' as const,
    path: '/oauth/introspect',
    headers: { Authorization: authorization, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: `token=${texts[(place * 7919) % texts.length] ?? ''}`,
  }))
  const run = async (): Promise<readonly Run[]> => {
    await settle(ground.db)
    const runs: Run[] = []
    for (let round = 0; round < warmUps + size.rounds; round += 1)
      runs.push(await load(rig, rig.gateway, sent, { text: '"active":true' }))
    return runs.slice(warmUps)
  }
  say(`Introspection among ${few.toLocaleString('en')} tokens…`)
  const before = await run()
  for (let made = few; made < many[size.name]; made += chunk) {
    say(`Filling: ${made.toLocaleString('en')} of ${many[size.name].toLocaleString('en')}…`)
    await ground.db.query(fill, [town.accountIds, application.clientId, application.redirectUri, chunk])
  }
  const after = await run()
  return (['p50Ms', 'p99Ms'] as const).map((which) => row(size.name, which, before, after))
}

function row(
  size: keyof typeof many,
  which: 'p50Ms' | 'p99Ms',
  before: readonly Run[],
  after: readonly Run[],
): Row {
  const [small, large] = [middle(before, which), middle(after, which)]
  return {
    what: `introspection among ${many[size].toLocaleString('en')} tokens, ${which.slice(0, 3)}`,
    measured: `${large.toFixed(1)} ms`,
    baseline: `${small.toFixed(1)} ms among ${few.toLocaleString('en')}`,
    ratio: small / large,
    // At most 1.3 times as long.
    bound: { kind: 'must', atLeast: 0.77 },
    p50Ms: middle(after, 'p50Ms'),
    p99Ms: middle(after, 'p99Ms'),
  }
}

function middle(runs: readonly Run[], which: 'p50Ms' | 'p99Ms'): number {
  const values = runs.map((run) => run[which]).toSorted((a, b) => a - b)
  return values[Math.floor(values.length / 2)] ?? Number.NaN
}
