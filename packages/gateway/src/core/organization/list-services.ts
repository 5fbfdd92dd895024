import { isServiceCode } from '../../base/id.ts'
import { parseMoney, type Money } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { commission } from '../invoice/fee.ts'
import { typeFee, type TypedFee } from '../invoice/typed-fee.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { MemberNo } from './check-member.ts'
import type { Asker } from './member.ts'
import { serviceCodeFault } from './organization.ts'
import { findOwnService, findOwnServices, type ListedService } from './own-service.sql.ts'
import { viewOrganization, type Desk } from './view-organization.ts'

export type ServiceKey = { readonly organizationId: string; readonly code: string }

export type ListServices = {
  readonly organizationId: string
  readonly behind: Pick<ListedService, 'createdAt' | 'code'> | null
  readonly most: number
}

/** What an organization bills for. */
export async function listServices(
  { db }: Pick<Deps, 'db'>,
  asker: Pick<Asker, 'accountId'>,
  { organizationId, behind, most }: ListServices,
): Promise<Result<Desk & { readonly services: readonly ListedService[] }, MemberNo>> {
  const desk = await viewOrganization({ db }, asker, organizationId, 'services.see')
  if (!desk.ok) return desk
  return ok({ ...desk.value, services: await findOwnServices(db, organizationId, behind, most) })
}

export type OwnService = Desk & {
  readonly service: ListedService
  /** Its fee as its form shows it. */
  readonly typed: TypedFee
  /** What a payer pays on top of a round amount. */
  readonly example: { readonly net: Money; readonly fee: Money }
  /** Whether a signed amount could shift into its code, which has no check digit. */
  readonly weakCode: boolean
}

export async function viewService(
  { db }: Pick<Deps, 'db'>,
  asker: Pick<Asker, 'accountId'>,
  { organizationId, code }: ServiceKey,
): Promise<Result<OwnService, MemberNo | Refusal<'not_found'>>> {
  const desk = await viewOrganization({ db }, asker, organizationId, 'services.see')
  if (!desk.ok) return desk
  const service = serviceCodeFault(code) === null ? await findOwnService(db, organizationId, code) : null
  if (service === null) return no(refusal('not_found', { field: 'service' }))
  const net = parseMoney('1000', service.currency)
  if (!net.ok) throw new Error(`service ${code} has a currency without amounts: ${service.currency}`)
  const example = { net: net.value, fee: commission(service.feeRule, net.value) }
  const typed = typeFee(service.feeRule, service.currency)
  return ok({ ...desk.value, service, typed, example, weakCode: !isServiceCode(code) })
}
