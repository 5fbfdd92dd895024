import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { canBeClientId } from '../application/find-application.ts'
import {
  lockOwnApplication,
  settleOwnSwitches,
  updateSuspension,
} from '../application/own-application.sql.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { checkOperator, type OperatorNo } from './check-operator.ts'
import { lockOrganization, updateStanding } from './member.sql.ts'
import { byOperator, reasonFault, type Operator, type Standing } from './member.ts'

type Needs = Pick<Deps, 'db' | 'ids' | 'clock' | 'mode' | 'operatorId'>

export type Verdict = 'approve' | 'suspend' | 'resume'

/** What a verdict makes of what; anything else changes nothing. */
const verdicts: Readonly<Record<Verdict, { readonly from: Standing; readonly to: Standing }>> = {
  approve: { from: 'waiting', to: 'live' },
  suspend: { from: 'live', to: 'suspended' },
  resume: { from: 'suspended', to: 'live' },
}
const names = {
  approve: 'organization.approved',
  suspend: 'organization.suspended',
  resume: 'organization.resumed',
} as const

type DecideNo = OperatorNo | Refusal<'field_invalid' | 'not_found'>

/** An operator's word on an organization. Suspended, nothing of it works from the same moment. */
export async function approveOrganization(
  deps: Needs,
  asker: Operator,
  asked: { readonly organizationId: string; readonly verdict: Verdict; readonly because: string },
): Promise<Result<null, DecideNo>> {
  const { organizationId: id, verdict, because } = asked
  return await deps.db.transaction(async (tx) => {
    const allowed = await checkOperator(deps, tx, asker, 'house.decide')
    if (!allowed.ok) return allowed
    const fault = reasonFault(because)
    if (fault !== null) return no(refusal('field_invalid', { field: 'because', because: fault }))
    const organization = await lockOrganization(tx, id)
    if (organization === null) return no(refusal('not_found', { field: 'organization' }))
    const { from, to } = verdicts[verdict]
    if (organization.operator || organization.standing !== from) {
      const is = organization.operator ? 'the operator’s own' : organization.standing
      return no(refusal('field_invalid', { field: 'verdict', because: `The organization is ${is}.` }))
    }
    await updateStanding(tx, id, {
      standing: to,
      since: deps.clock.now(),
      because: to === 'suspended' ? because : null,
    })
    await settleOwnSwitches(tx, id)
    const act = { ...byOperator(asker, id), about: { kind: 'organization', id } } as const
    await recordAct(tx, { ...act, what: names[verdict], details: { because } }, deps)
    return ok(null)
  })
}

/** An operator's word on one application. */
export async function suspendApplication(
  deps: Needs,
  asker: Operator,
  asked: {
    readonly organizationId: string
    readonly clientId: string
    readonly on: boolean
    readonly because: string
  },
): Promise<Result<null, DecideNo>> {
  const { organizationId, clientId, on, because } = asked
  return await deps.db.transaction(async (tx) => {
    const allowed = await checkOperator(deps, tx, asker, 'house.decide')
    if (!allowed.ok) return allowed
    const fault = reasonFault(because)
    if (fault !== null) return no(refusal('field_invalid', { field: 'because', because: fault }))
    if (!canBeClientId(clientId) || !(await lockOwnApplication(tx, organizationId, clientId)))
      return no(refusal('not_found', { field: 'application' }))
    await updateSuspension(tx, clientId, on ? null : deps.clock.now(), on ? null : because)
    await settleOwnSwitches(tx, organizationId)
    const about = { kind: 'application', id: clientId } as const
    const what = on ? 'application.reinstated' : 'application.suspended'
    await recordAct(tx, { ...byOperator(asker, organizationId), what, about, details: { because } }, deps)
    return ok(null)
  })
}
