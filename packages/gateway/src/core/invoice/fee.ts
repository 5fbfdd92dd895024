import { money, type Money } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'

/** What a payer pays on top of the net amount. All amounts are minor units of the service's currency. */
export type FeeRule =
  | { readonly kind: 'none' }
  | { readonly kind: 'flat'; readonly fee: bigint }
  /** Hundredths of a percent of the net amount, rounded half up, kept within the bounds. */
  | {
      readonly kind: 'share'
      readonly basisPoints: number
      readonly least: bigint
      readonly most: bigint | null
    }
  /** The first tier whose bound is not below the net amount; the last has no bound. */
  | { readonly kind: 'tiers'; readonly tiers: readonly Tier[] }

export type Tier = { readonly upTo: bigint | null; readonly fee: bigint }

/** The commission on top of a net amount. */
export function commission(rule: FeeRule, net: Money): Money {
  return money(feeOf(rule, net.minor), net.currency)
}

function feeOf(rule: FeeRule, net: bigint): bigint {
  switch (rule.kind) {
    case 'none':
      return 0n
    case 'flat':
      return rule.fee
    case 'share': {
      const share = (net * BigInt(rule.basisPoints) + 5_000n) / 10_000n
      const atLeast = share < rule.least ? rule.least : share
      return rule.most !== null && atLeast > rule.most ? rule.most : atLeast
    }
    case 'tiers':
      return rule.tiers.find((tier) => tier.upTo === null || net <= tier.upTo)?.fee ?? 0n
  }
}

/** How a rule is written by operators and kept: amounts as texts of minor units, because JSON has no bigint. */
export function parseFeeRule(value: unknown): Result<FeeRule, string> {
  const rule = value as Readonly<Record<string, unknown>> | null
  switch (rule?.['kind']) {
    case 'none':
      return ok({ kind: 'none' })
    case 'flat': {
      const fee = minor(rule['fee'])
      return fee === null ? no('fee: minor units as a whole number') : ok({ kind: 'flat', fee })
    }
    case 'share':
      return parseShare(rule)
    case 'tiers':
      return parseTiers(rule['tiers'])
    default:
      return no('kind: one of none, flat, share, tiers')
  }
}

/** A rule as it was kept; one that cannot be read was not written by us. */
export function storedFeeRule(value: unknown): FeeRule {
  const rule = parseFeeRule(value)
  if (!rule.ok) throw new Error(`a stored fee rule is broken: ${rule.refusal}`)
  return rule.value
}

export function printFeeRule(rule: FeeRule): Readonly<Record<string, unknown>> {
  return JSON.parse(
    JSON.stringify(rule, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  ) as Readonly<Record<string, unknown>>
}

function parseShare(rule: Readonly<Record<string, unknown>>): Result<FeeRule, string> {
  const points = rule['basisPoints']
  const least = minor(rule['least'] ?? '0')
  const most = rule['most'] === undefined || rule['most'] === null ? null : minor(rule['most'])
  if (typeof points !== 'number' || !Number.isInteger(points) || points < 0 || points > 10_000) {
    return no('basisPoints: a whole number from 0 to 10000')
  }
  if (least === null || (most === null && (rule['most'] ?? null) !== null))
    return no('least, most: minor units')
  if (most !== null && most < least) return no('most: not below least')
  return ok({ kind: 'share', basisPoints: points, least, most })
}

function parseTiers(value: unknown): Result<FeeRule, string> {
  if (!Array.isArray(value) || value.length === 0) return no('tiers: at least one')
  const tiers: Tier[] = []
  for (const item of value as readonly (Readonly<Record<string, unknown>> | null)[]) {
    const upTo = item?.['upTo'] === null ? null : minor(item?.['upTo'])
    const fee = minor(item?.['fee'])
    if (fee === null || (upTo === null && item?.['upTo'] !== null))
      return no('tiers: upTo and fee in minor units')
    tiers.push({ upTo, fee })
  }
  const bounds = tiers.slice(0, -1).map((tier) => tier.upTo)
  const rising = bounds.every(
    (bound, place) => bound !== null && (place === 0 || bound > (bounds[place - 1] ?? 0n)),
  )
  return rising && tiers.at(-1)?.upTo === null
    ? ok({ kind: 'tiers', tiers })
    : no('tiers: rising bounds, the last null')
}

function minor(value: unknown): bigint | null {
  return (typeof value === 'string' || typeof value === 'number') &&
    /^(0|[1-9][0-9]{0,14})$/.test(String(value))
    ? BigInt(value)
    : null
}
