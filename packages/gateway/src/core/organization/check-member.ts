import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findMember } from './member.sql.ts'
import type { Asker, Member } from './member.ts'
import { may, type Permission } from './role.ts'

export type MemberNo = Refusal<'not_found' | 'role_forbids'>

/**
 * Whether she who asks may do this for the organization. Who is no member is told that it does not exist, like anybody
 * who made the address up.
 */
export async function checkMember(
  tx: Tx,
  organizationId: string,
  { accountId }: Pick<Asker, 'accountId'>,
  permission: Permission,
): Promise<Result<Member, MemberNo>> {
  const member = await findMember(tx, organizationId, accountId)
  if (member === null) return no(refusal('not_found', { field: 'organization' }))
  if (may(member.role, permission)) return ok(member)
  return no(refusal('role_forbids', { because: `Your role here, ${member.role}, does not allow it.` }))
}
