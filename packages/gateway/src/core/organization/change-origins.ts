import { within, type Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { findNoticeAddress } from '../notice/notice-settings.sql.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { addOrigin } from './add-origin.ts'
import { checkMember, type MemberNo } from './check-member.ts'
import { lockOrganization } from './member.sql.ts'
import { byMember, type Asker } from './member.ts'
import { originOf } from './organization.ts'
import { originFault } from './origin.ts'
import { deleteOrigin, findOwnOrigins } from './own-origin.sql.ts'
import { quotaFault } from './quota.ts'
import { viewOrganization, type Desk } from './view-organization.ts'

export type OriginsView = Desk & { readonly origins: readonly string[] }

/** Where an organization's programs are, for every member. */
export async function listOrigins(
  deps: Pick<Deps, 'db'>,
  asker: Pick<Asker, 'accountId'>,
  organizationId: string,
): Promise<Result<OriginsView, MemberNo>> {
  const desk = await viewOrganization(deps, asker, organizationId, 'organization.see')
  if (!desk.ok) return desk
  return ok({ ...desk.value, origins: await findOwnOrigins(deps.db, organizationId) })
}

type Needs = Pick<Deps, 'db' | 'ids' | 'clock' | 'publicUrl'>
type ChangeNo = MemberNo | Refusal<'field_invalid'>
type RegisterNo = ChangeNo | Refusal<'limit_reached' | 'reference_taken'>

/** Registers one more origin. It holds from the next request on. */
export async function registerOrigin(
  deps: Needs,
  asker: Asker,
  { organizationId, origin }: { readonly organizationId: string; readonly origin: string },
): Promise<Result<null, RegisterNo>> {
  return await changing<RegisterNo>(deps, asker, organizationId, async (tx) => {
    const fault = originFault(origin, deps.publicUrl)
    if (fault !== null) return no(refusal('field_invalid', { field: 'origin', because: fault }))
    const had = await findOwnOrigins(tx, organizationId)
    if (had.includes(origin))
      return no(refusal('reference_taken', { field: 'origin', because: `${origin} is registered.` }))
    const limit = quotaFault('origins', had.length)
    if (limit !== null) return no(refusal('limit_reached', { field: 'origin', because: limit }))
    return await addOrigin({ ...deps, db: within(tx) }, { ...byMember(asker, organizationId), origin })
  })
}

/** Takes an origin out: no new bill may name it, and no page there may frame one. */
export async function removeOrigin(
  deps: Needs,
  asker: Asker,
  { organizationId, origin }: { readonly organizationId: string; readonly origin: string },
): Promise<Result<null, ChangeNo>> {
  return await changing<ChangeNo>(deps, asker, organizationId, async (tx) => {
    const url = await findNoticeAddress(tx, organizationId)
    if (url !== null && originOf(url) === origin) {
      const because = `All notices go to ${url}. Give them another address first, or none.`
      return no(refusal('field_invalid', { field: 'remove', because }))
    }
    if (!(await deleteOrigin(tx, organizationId, origin)))
      return no(refusal('not_found', { field: 'origin' }))
    const act = { ...aboutIt(asker, organizationId), what: 'origin.removed', details: { origin } } as const
    await recordAct(tx, act, deps)
    return ok(null)
  })
}

async function changing<No extends Refusal>(
  { db }: Needs,
  asker: Asker,
  organizationId: string,
  work: (tx: Tx) => Promise<Result<null, No>>,
): Promise<Result<null, No | MemberNo>> {
  return await db.transaction(async (tx): Promise<Result<null, No | MemberNo>> => {
    await lockOrganization(tx, organizationId)
    const allowed = await checkMember(tx, organizationId, asker, 'origins.change')
    return allowed.ok ? await work(tx) : allowed
  })
}

function aboutIt(asker: Asker, organizationId: string) {
  const about = { kind: 'organization', id: organizationId } as const
  return { ...byMember(asker, organizationId), about } as const
}
