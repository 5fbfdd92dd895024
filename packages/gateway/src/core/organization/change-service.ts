import { within, type Tx } from '../../base/db.ts'
import { isCurrency } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { printFeeRule } from '../invoice/fee.ts'
import { readTypedFee, type TypedFee } from '../invoice/typed-fee.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { checkMember, type MemberNo } from './check-member.ts'
import { createService, type CreatedService } from './create-service.ts'
import type { ServiceKey } from './list-services.ts'
import { lockOrganization } from './member.sql.ts'
import { byMember, type Asker } from './member.ts'
import { nameFault, tidyName } from './name.ts'
import { serviceCodeFault } from './organization.ts'
import {
  countOwnServices,
  lockOwnService,
  updateService,
  updateServicePause,
  type ListedService,
} from './own-service.sql.ts'
import { quotaFault } from './quota.ts'

type Needs = Pick<Deps, 'db' | 'ids' | 'clock' | 'chance' | 'digests' | 'vault' | 'log'>
type ChangeNo = MemberNo | Refusal<'field_invalid'>
type RegisterNo = ChangeNo | Refusal<'limit_reached' | 'reference_taken'>

export type RegisterService = {
  readonly organizationId: string
  readonly name: string
  readonly currency: string
  /** Digits that an installation before this one gave it; empty for one of ours. */
  readonly code: string
  readonly fee: TypedFee
}

/** Makes a service by a member's form. */
export async function registerService(
  deps: Needs,
  asker: Asker,
  asked: RegisterService,
): Promise<Result<CreatedService, RegisterNo>> {
  const { organizationId, currency, code } = asked
  const name = tidyName(asked.name)
  return await deps.db.transaction(async (tx): Promise<Result<CreatedService, RegisterNo>> => {
    await lockOrganization(tx, organizationId)
    const allowed = await checkMember(tx, organizationId, asker, 'services.change')
    if (!allowed.ok) return allowed
    const limit = quotaFault('services', await countOwnServices(tx, organizationId))
    if (limit !== null) return no(refusal('limit_reached', { field: 'name', because: limit }))
    const fault = nameFault(name)
    if (fault !== null) return no(invalid('name', fault))
    if (!isCurrency(currency)) return no(invalid('currency', 'Choose one of the currencies.'))
    const feeRule = readTypedFee(asked.fee, currency)
    if (!feeRule.ok) return no(invalid(feeRule.refusal.field, feeRule.refusal.because))
    return await createService(
      { ...deps, db: within(tx) },
      {
        ...byMember(asker, organizationId),
        name,
        currency,
        feeRule: feeRule.value,
        ...(code === '' ? {} : { code }),
      },
    )
  })
}

/** Gives it another name or fee. Bills that were made keep the fee that they were made with. */
export async function changeService(
  deps: Needs,
  asker: Asker,
  { fee, ...asked }: ServiceKey & { readonly name: string; readonly fee: TypedFee },
): Promise<Result<null, ChangeNo>> {
  const name = tidyName(asked.name)
  return await onService(deps, asker, asked, async (tx, before) => {
    const fault = nameFault(name)
    if (fault !== null) return no(invalid('name', fault))
    const feeRule = readTypedFee(fee, before.currency)
    if (!feeRule.ok) return no(invalid(feeRule.refusal.field, feeRule.refusal.because))
    await updateService(tx, asked.organizationId, { code: asked.code, name, feeRule: feeRule.value })
    const rule = JSON.stringify(printFeeRule(feeRule.value)).slice(0, 500)
    const act = {
      ...aboutIt(asker, asked),
      what: 'service.changed',
      details: { name, feeRule: rule },
    } as const
    await recordAct(tx, act, deps)
    return ok(null)
  })
}

/** Stops it from taking new bills, or lets it again. Bills that were made can be paid all the same. */
export async function pauseService(
  deps: Needs,
  asker: Asker,
  { on, ...own }: ServiceKey & { readonly on: boolean },
): Promise<Result<null, ChangeNo>> {
  return await onService(deps, asker, own, async (tx, { pausedAt }) => {
    if ((pausedAt === null) === on) return ok(null)
    await updateServicePause(tx, own.organizationId, own.code, on ? null : deps.clock.now())
    const what = on ? 'service.resumed' : 'service.paused'
    await recordAct(tx, { ...aboutIt(asker, own), what }, deps)
    return ok(null)
  })
}

async function onService(
  { db }: Needs,
  asker: Asker,
  { organizationId, code }: ServiceKey,
  work: (tx: Tx, before: ListedService) => Promise<Result<null, ChangeNo>>,
): Promise<Result<null, ChangeNo>> {
  return await db.transaction(async (tx): Promise<Result<null, ChangeNo>> => {
    const allowed = await checkMember(tx, organizationId, asker, 'services.change')
    if (!allowed.ok) return allowed
    const before = serviceCodeFault(code) === null ? await lockOwnService(tx, organizationId, code) : null
    return before === null ? no(refusal('not_found', { field: 'service' })) : await work(tx, before)
  })
}

function aboutIt(asker: Asker, { organizationId, code }: ServiceKey) {
  return { ...byMember(asker, organizationId), about: { kind: 'service', id: code } } as const
}

function invalid(field: string, because: string): Refusal<'field_invalid'> {
  return refusal('field_invalid', { field, because })
}
