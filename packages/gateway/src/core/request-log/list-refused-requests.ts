import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import type { Asker } from '../organization/member.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findRefusedRequest, findRefusedRequests, type RefusedWanted } from './refused-request.sql.ts'
import type { RefusedRequest } from './refused-request.ts'

/** What was refused to an organization's applications, newest first. */
export async function listRefusedRequests(
  { db }: Pick<Deps, 'db'>,
  asker: Pick<Asker, 'accountId'>,
  wanted: RefusedWanted,
): Promise<Result<readonly RefusedRequest[], MemberNo>> {
  const allowed = await checkMember(db, wanted.organizationId, asker, 'requests.see')
  return allowed.ok ? ok(await findRefusedRequests(db, wanted)) : allowed
}

/** The one with this correlation id, among the organization's own. */
export async function findRefusal(
  { db }: Pick<Deps, 'db'>,
  asker: Pick<Asker, 'accountId'>,
  { organizationId, id }: Pick<RefusedRequest, 'organizationId' | 'id'>,
): Promise<Result<RefusedRequest, MemberNo | Refusal<'not_found'>>> {
  const allowed = await checkMember(db, organizationId, asker, 'requests.see')
  if (!allowed.ok) return allowed
  const found = await findRefusedRequest(db, organizationId, id)
  return found === null ? no(refusal('not_found', { field: 'id' })) : ok(found)
}
