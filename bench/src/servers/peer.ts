/** What the bench asks of a peer's process: to open with the town's applications and people, and to grant. */
import type { BenchApplication, BenchPerson } from '../ground/town.ts'

export type PeerName = 'oidc-provider' | 'oidc-provider on PostgreSQL' | 'oauth2-server' | 'better-auth'

export type OpenPeer = {
  /** For a peer that keeps what it knows in PostgreSQL; null for maps in memory. */
  readonly databaseUrl: string | null
  readonly applications: readonly BenchApplication[]
  readonly accountIds: readonly string[]
  /** Who can sign in by password. */
  readonly people: readonly BenchPerson[]
}

/** What a request spends or names. */
export type Granting = 'code' | 'access' | 'refresh'

export type GrantPeer = {
  readonly clientId: string
  readonly kind: Granting
  readonly scopes: readonly string[]
  readonly count: number
}
