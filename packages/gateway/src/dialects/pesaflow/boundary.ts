import { parseMoney } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Organization } from '../../core/organization/organization.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'

/** The fields that stand side by side in a checkout's hashed text and could trade characters. */
export type Neighbours = {
  readonly amountExpected: string
  readonly serviceID: string
  readonly clientIDNumber: string
  readonly currency: string
  readonly billDesc: string
}

/**
 * Refuses a checkout whose hashed text has a second valid reading, because then the hash does not say which was
 * signed: another amount for another service (S1), another person (S3), or in strict mode another reference (S2).
 */
export function oneReading(
  asked: Neighbours,
  organization: Pick<Organization, 'services' | 'strictHash'>,
): Result<null, Refusal<'field_invalid'>> {
  const other = otherReading(asked, organization)
  if (other !== null) {
    const because = `the hash could also be read as ${other}; send the amount with two decimals`
    return no(refusal('field_invalid', { field: 'amountExpected', because }))
  }
  // The first currency in the text must be the currency: so no part of it can belong to the person before it, not even
  // where the person's last letters and the currency's first ones spell it together (`ASO` before `SOS`).
  if ((asked.clientIDNumber + asked.currency).indexOf(asked.currency) !== asked.clientIDNumber.length) {
    const because = `together with ${asked.currency} behind it, it may not spell ${asked.currency} earlier`
    return no(refusal('field_invalid', { field: 'clientIDNumber', because }))
  }
  if (organization.strictHash && /^[A-Za-z0-9_/.-]/.test(asked.billDesc)) {
    const because =
      'in strict mode it may not begin with a character that a reference may hold; begin with a blank'
    return no(refusal('field_invalid', { field: 'billDesc', because }))
  }
  return ok(null)
}

/** Another amount, service of this organization and person that join to the same characters; null when there is none. */
function otherReading(
  asked: Neighbours,
  { services, strictHash }: Pick<Organization, 'services' | 'strictHash'>,
): string | null {
  const joined = asked.amountExpected + asked.serviceID + asked.clientIDNumber
  for (let end = 1; end < joined.length; end += 1) {
    const amount = joined.slice(0, end)
    if (amount === asked.amountExpected || !parseMoney(amount, asked.currency).ok) continue
    const service = services.find(
      ({ code, currency }) =>
        currency === asked.currency && joined.startsWith(code, end) && joined.length > end + code.length,
    )
    if (service !== undefined) return `${amount} for service ${service.code}`
  }
  return strictHash ? otherService(asked, services) : null
}

/**
 * The same amount may be followed by a shorter or longer code of the same organization. Codes of ours never do that;
 * a prefix that moved in would refuse all its traffic, so this too is strict mode's.
 */
function otherService(asked: Neighbours, services: Organization['services']): string | null {
  const rest = asked.serviceID + asked.clientIDNumber
  const service = services.find(
    ({ code, currency }) =>
      code !== asked.serviceID &&
      currency === asked.currency &&
      rest.startsWith(code) &&
      rest.length > code.length,
  )
  return service === undefined ? null : `${asked.amountExpected} for service ${service.code}`
}
