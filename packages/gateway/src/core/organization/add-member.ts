import { no, ok, type Result } from '../../base/result.ts'
import { operator } from '../audit/act.ts'
import { recordAct } from '../audit/act.sql.ts'
import { normalEmail } from '../account/account.ts'
import { findAccountId } from '../account/account.sql.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findStanding, insertMember, updateRole } from './member.sql.ts'
import type { Role } from './role.ts'

export type AddMember = { readonly organizationId: string; readonly email: string; readonly role: Role }

/** Makes an account a member by the word of whoever holds the machine; one that is a member already gets the role. */
export async function addMember(
  ports: Ports,
  { organizationId, email, role }: AddMember,
): Promise<Result<{ readonly accountId: string }, Refusal<'field_invalid'>>> {
  return await ports.db.transaction(async (tx) => {
    const accountId = await findAccountId(tx, [{ kind: 'email', value: normalEmail(email) }])
    if (accountId === null)
      return no(refusal('field_invalid', { field: 'email', because: `no account has the address ${email}` }))
    if ((await findStanding(tx, organizationId)) === null)
      return no(
        refusal('field_invalid', { field: 'org', because: `there is no organization ${organizationId}` }),
      )
    await insertMember(tx, { organizationId, accountId, role, since: ports.clock.now() })
    await updateRole(tx, { organizationId, accountId, role })
    const about = { kind: 'account', id: accountId } as const
    await recordAct(
      tx,
      { what: 'member.added', by: operator, about, organizationId, details: { role } },
      ports,
    )
    return ok({ accountId })
  })
}
