import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { checkHouseName } from './check-house-name.ts'
import { findMemberships, insertMember, lockAccount, updateName, updateStanding } from './member.sql.ts'
import { byMember, type Asker, type Standing } from './member.ts'
import { nameFault, skeletonOf, tidyName } from './name.ts'
import { insertOrganizationRow } from './organization.sql.ts'
import { quotaFault } from './quota.ts'

export type RegisterOrganization = { readonly name: string }

export type RegisteredOrganization = { readonly id: string; readonly standing: Standing }

/**
 * Makes an organization for whoever asks and makes her its owner. Where money is real an operator looks at it first;
 * until then everything can be prepared and nothing works.
 */
export async function registerOrganization(
  deps: Pick<Deps, 'db' | 'ids' | 'clock' | 'mode' | 'operatorId'>,
  asker: Asker,
  asked: RegisterOrganization,
): Promise<Result<RegisteredOrganization, Refusal<'field_invalid' | 'limit_reached'>>> {
  const name = tidyName(asked.name)
  const fault = nameFault(name) ?? (await checkHouseName(deps, deps.db, { name, organizationId: null }))
  if (fault !== null) return no(refusal('field_invalid', { field: 'name', because: fault }))
  const standing = deps.mode === 'live' ? 'waiting' : 'live'
  return await deps.db.transaction(async (tx) => {
    await lockAccount(tx, asker.accountId)
    const owned = (await findMemberships(tx, asker.accountId)).filter(({ role }) => role === 'owner')
    const limit = quotaFault('organizations', owned.length)
    if (limit !== null) return no(refusal('limit_reached', { field: 'name', because: limit }))
    const id = deps.ids.next()
    const now = deps.clock.now()
    const plain = { operator: false, demo: false, strictHash: true, notificationUrl: null, origins: [] }
    await insertOrganizationRow(tx, { ...plain, id, name, createdAt: now })
    await updateName(tx, id, { name, nameKey: skeletonOf(name) })
    await updateStanding(tx, id, { standing, since: now, because: null })
    await insertMember(tx, { organizationId: id, accountId: asker.accountId, role: 'owner', since: now })
    const act = { ...byMember(asker, id), about: { kind: 'organization', id } } as const
    await recordAct(tx, { ...act, what: 'organization.registered', details: { name, standing } }, deps)
    return ok({ id, standing })
  })
}
