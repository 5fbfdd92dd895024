import { isCurrency } from '../../base/money.ts'
import { isServiceCode, serviceCode } from '../../base/id.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Chance } from '../../base/id.ts'
import type { FeeRule } from '../invoice/fee.ts'
import { recordAct } from '../audit/act.sql.ts'
import { operator, type Actor } from '../audit/act.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { insertServiceRow } from './organization.sql.ts'
import { serviceCodeFault } from './organization.ts'

export type CreateService = {
  readonly organizationId: string
  readonly code?: string
  readonly name: string
  readonly currency: string
  readonly feeRule: FeeRule
  /** Who makes it; whoever holds the machine, when nobody is named. */
  readonly by?: Actor
  readonly requestId?: string
}

export type CreatedService = { readonly code: string; readonly warnings: readonly string[] }

/** Makes a billable service. A given code is kept; one that a signed text could be split around gets a warning. */
export async function createService(
  ports: Ports,
  asked: CreateService,
): Promise<Result<CreatedService, Refusal<'field_invalid' | 'reference_taken'>>> {
  if (!isCurrency(asked.currency)) {
    return no(refusal('field_invalid', { field: 'currency', because: `${asked.currency} is not served` }))
  }
  const code = asked.code ?? freshCode(ports.chance)
  const because = serviceCodeFault(code)
  if (because !== null) return no(refusal('field_invalid', { field: 'code', because }))
  const service = { code, name: asked.name, currency: asked.currency, feeRule: asked.feeRule }
  const { organizationId, by = operator, requestId = null } = asked
  const about = { kind: 'service', id: code } as const
  const made = await ports.db.transaction(async (tx) => {
    if (!(await insertServiceRow(tx, organizationId, service, ports.clock.now()))) return false
    await recordAct(tx, { what: 'service.created', by, about, organizationId, requestId }, ports)
    return true
  })
  if (!made) return no(refusal('reference_taken', { field: 'code', because: `${code} exists already` }))
  const warnings = isServiceCode(code)
    ? []
    : [`${code} has no check digit: a signed amount could shift into it`]
  return ok({ code, warnings })
}

function freshCode(chance: Chance): string {
  const [a = 0, b = 0, c = 0] = chance.bytes(3)
  const number = 10_000 + (((a << 16) | (b << 8) | c) % 90_000)
  return serviceCode(String(number))
}
