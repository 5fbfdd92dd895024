import { ok, type Result } from '../../base/result.ts'
import type { Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { MemberNo } from '../organization/check-member.ts'
import type { Asker } from '../organization/member.ts'
import { findOrganizations } from '../organization/organization.sql.ts'
import { isRegistered } from '../organization/organization.ts'
import { may } from '../organization/role.ts'
import { viewOrganization, type Desk } from '../organization/view-organization.ts'
import { findHosts } from './endpoint.sql.ts'
import {
  findNoticeAddress,
  listClosedAddresses,
  listWebhookSecrets,
  type ClosedAddress,
  type ListedSecret,
} from './notice-settings.sql.ts'

export type NoticeSettings = Desk & {
  readonly address: string | null
  /** Whether the address lies on an origin that is registered now. */
  readonly registered: boolean
  readonly origins: readonly string[]
  readonly secrets: readonly ListedSecret[]
  /** Hosts that notices were for. `restsUntil` is null for those that do not rest now. */
  readonly hosts: readonly {
    readonly origin: string
    readonly failures: number
    readonly restsUntil: Instant | null
  }[]
  readonly closed: readonly ClosedAddress[]
  readonly mayChangeAddress: boolean
  readonly mayRotate: boolean
}

/** Where an organization's notices go, how those hosts are, and what signs. */
export async function viewNoticeSettings(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  asker: Pick<Asker, 'accountId'>,
  organizationId: string,
): Promise<Result<NoticeSettings, MemberNo>> {
  const desk = await viewOrganization({ db }, asker, organizationId, 'notices.see')
  if (!desk.ok) return desk
  const now = clock.now()
  const [address, organizations, secrets, hosts, closed] = await Promise.all([
    findNoticeAddress(db, organizationId),
    findOrganizations(db, [organizationId]),
    listWebhookSecrets(db, organizationId, now),
    findHosts(db, organizationId, null),
    listClosedAddresses(db, organizationId),
  ])
  const origins = organizations.get(organizationId)?.origins ?? []
  const { role } = desk.value
  return ok({
    ...desk.value,
    address,
    registered: address === null || isRegistered({ origins }, address),
    origins,
    secrets,
    hosts: hosts.map(({ origin, failures, restsUntil }) => {
      const rests = restsUntil !== null && restsUntil.epochMs > now.epochMs
      return { origin, failures, restsUntil: rests ? restsUntil : null }
    }),
    closed,
    mayChangeAddress: may(role, 'origins.change'),
    mayRotate: may(role, 'keys.change'),
  })
}
