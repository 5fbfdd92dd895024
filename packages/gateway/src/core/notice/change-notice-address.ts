import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import { lockOrganization } from '../organization/member.sql.ts'
import { byMember, type Asker } from '../organization/member.ts'
import { findOrganizations } from '../organization/organization.sql.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { addressOf } from './notice.ts'
import { addressFault } from './notice-settings.ts'
import { findNoticeAddress, setNoticeAddress } from './notice-settings.sql.ts'

/** Lets every notice go to an address beside its order's own, from the next payment on; null: to no such address. */
export async function changeNoticeAddress(
  deps: Pick<Deps, 'db' | 'ids' | 'clock'>,
  asker: Asker,
  { organizationId: id, address }: { readonly organizationId: string; readonly address: string | null },
): Promise<Result<null, MemberNo | Refusal<'field_invalid'>>> {
  return await deps.db.transaction(async (tx) => {
    await lockOrganization(tx, id)
    const allowed = await checkMember(tx, id, asker, 'origins.change')
    if (!allowed.ok) return allowed
    const origins = (await findOrganizations(tx, [id])).get(id)?.origins ?? []
    const fault = address === null ? null : addressFault(address, origins)
    if (fault !== null) return no(refusal('field_invalid', { field: 'address', because: fault }))
    const before = await findNoticeAddress(tx, id)
    if (before === address) return ok(null)
    await setNoticeAddress(tx, id, address)
    const act = { ...byMember(asker, id), about: { kind: 'organization', id } } as const
    // A query may hold a secret of the receiver's own.
    const details = { from: withoutQuery(before), to: withoutQuery(address) }
    await recordAct(tx, { ...act, what: 'notice-address.changed', details }, deps)
    return ok(null)
  })
}

function withoutQuery(address: string | null): string | null {
  return address === null ? null : addressOf(address)
}
