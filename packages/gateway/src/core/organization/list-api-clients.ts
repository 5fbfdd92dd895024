import { no, ok, type Result } from '../../base/result.ts'
import type { Instant } from '../../base/time.ts'
import { canBeClientId } from '../application/find-application.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { apiKeyPurpose, isWeakKey, type ApiKey } from './api-key.ts'
import type { MemberNo } from './check-member.ts'
import type { Asker } from './member.ts'
import {
  findLinked,
  findOwnClient,
  findOwnClients,
  findOwnKeys,
  type ClientsWanted,
  type LinkedOrganization,
  type ListedClient,
} from './own-api-client.sql.ts'
import { viewOrganization, type Desk } from './view-organization.ts'

export type ApiClientKey = { readonly organizationId: string; readonly apiClientId: string }

/** The callers of the signed APIs that an organization has or had. */
export async function listApiClients(
  deps: Pick<Deps, 'db' | 'clock'>,
  asker: Pick<Asker, 'accountId'>,
  asked: { readonly organizationId: string } & Omit<ClientsWanted, 'now'>,
): Promise<Result<Desk & { readonly clients: readonly ListedClient[] }, MemberNo>> {
  const { organizationId, ...wanted } = asked
  const desk = await viewOrganization(deps, asker, organizationId, 'keys.see')
  if (!desk.ok) return desk
  const now = deps.clock.now()
  return ok({ ...desk.value, clients: await findOwnClients(deps.db, organizationId, { ...wanted, now }) })
}

export type KeyView = {
  readonly id: string
  readonly createdAt: Instant
  readonly retiresAt: Instant | null
  readonly weak: boolean
}

export type OwnApiClient = Desk & {
  readonly client: ListedClient
  readonly keys: readonly KeyView[]
  readonly linked: readonly LinkedOrganization[]
}

/** One caller with all that its members may know: everything but its keys and secrets. */
export async function viewApiClient(
  deps: Pick<Deps, 'db' | 'clock' | 'vault'>,
  asker: Pick<Asker, 'accountId'>,
  { organizationId, apiClientId }: ApiClientKey,
): Promise<Result<OwnApiClient, MemberNo | Refusal<'not_found'>>> {
  const desk = await viewOrganization(deps, asker, organizationId, 'keys.see')
  if (!desk.ok) return desk
  const now = deps.clock.now()
  const client = canBeClientId(apiClientId)
    ? await findOwnClient(deps.db, organizationId, apiClientId, now)
    : null
  if (client === null) return no(refusal('not_found', { field: 'client' }))
  const keys = client.endedAt === null ? await findOwnKeys(deps.db, apiClientId, now) : []
  const linked = client.role === 'aggregator' ? await findLinked(deps.db, apiClientId) : []
  return ok({
    ...desk.value,
    client,
    linked,
    keys: keys.map(({ sealed, ...key }) => {
      const weak = isWeakKey(JSON.parse(deps.vault.open(apiKeyPurpose, sealed)) as ApiKey)
      return { ...key, weak }
    }),
  })
}
