import { only, statement, type Row } from '../../../packages/gateway/src/base/db.ts'
import { openPostgres, type Postgres } from '../../../packages/gateway/src/outside/postgres.ts'
import type { Adapter, Payload } from './map-adapter.ts'

type Found = Row & { readonly payload: Payload; readonly used: number | null }

const table = statement(
  'peer_table',
  `create table if not exists peer_payload (
     model text not null, id text not null, payload jsonb not null, grant_id text, expires_at timestamptz, consumed_at timestamptz,
     primary key (model, id))`,
)
const index = statement(
  'peer_index',
  'create index if not exists peer_payload_grant on peer_payload (grant_id)',
)
const upsert = statement(
  'peer_upsert',
  `insert into peer_payload (model, id, payload, grant_id, expires_at)
   values ($1, $2, $3::jsonb, $4, now() + make_interval(secs => $5))
   on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id, expires_at = excluded.expires_at`,
)
const find = statement<Found>(
  'peer_find',
  `select payload, floor(extract(epoch from consumed_at))::float8 as used from peer_payload
    where model = $1 and id = $2 and (expires_at is null or expires_at > now())`,
)
const consume = statement(
  'peer_consume',
  'update peer_payload set consumed_at = now() where model = $1 and id = $2',
)
const destroy = statement('peer_destroy', 'delete from peer_payload where model = $1 and id = $2')
const revoke = statement('peer_revoke', 'delete from peer_payload where grant_id = $1')

/** The table of the peer, where it is not there yet, and the connections to it: as many as the gateway has. */
export async function openPeerStore(databaseUrl: string): Promise<Postgres> {
  const db = openPostgres({ url: databaseUrl })
  await db.query(table, [])
  await db.query(index, [])
  return db
}

/**
 * oidc-provider's store as one table of documents by model and id, as the adapters look that its users share. Statements are
 * prepared and use the gateway's own driver and pool, so the two differ by what they ask and not by how.
 */
export function postgresAdapter(db: Postgres): (model: string) => Adapter {
  return (model) => ({
    upsert: async (id, payload, expiresIn) => {
      await db.query(upsert, [
        model,
        id,
        JSON.stringify(payload),
        payload['grantId'] ?? null,
        expiresIn ?? null,
      ])
    },
    find: async (id) => {
      const row = only(await db.query(find, [model, id]))
      if (row === null) return undefined
      return row.used === null ? row.payload : { ...row.payload, consumed: row.used }
    },
    consume: async (id) => {
      await db.query(consume, [model, id])
    },
    destroy: async (id) => {
      await db.query(destroy, [model, id])
    },
    revokeByGrantId: async (grantId) => {
      await db.query(revoke, [grantId])
    },
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
  })
}
