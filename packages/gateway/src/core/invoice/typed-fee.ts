/** A fee rule as people type it into a form, and back: amounts with decimals, shares in percent, a step a line. */
import { formatMoney, parseMoney, type Currency } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { parseFeeRule, printFeeRule, type FeeRule, type Tier } from './fee.ts'

export type TypedFee = {
  readonly kind: string
  readonly flat: string
  readonly percent: string
  readonly least: string
  readonly most: string
  /** `1000.00 10.00`: up to which amount, and the fee; the last line begins with a dash. */
  readonly tiers: string
}

/** Which field is wrong, and what to mend. */
export type TypedFault = { readonly field: keyof TypedFee; readonly because: string }

const mostTiers = 50

export function readTypedFee(typed: TypedFee, currency: Currency): Result<FeeRule, TypedFault> {
  const wrong = (field: keyof TypedFee, because: string) => no({ field, because })
  switch (typed.kind) {
    case 'none':
      return ok({ kind: 'none' })
    case 'flat': {
      const fee = minor(typed.flat, currency)
      return fee === null ? wrong('flat', amountRule(currency)) : ok({ kind: 'flat', fee })
    }
    case 'share':
      return readShare(typed, currency)
    case 'tiers': {
      const tiers = readTiers(typed.tiers, currency)
      return tiers.ok ? ok({ kind: 'tiers', tiers: tiers.value }) : wrong('tiers', tiers.refusal)
    }
    default:
      return wrong('kind', 'Choose how the fee is reckoned.')
  }
}

export function typeFee(rule: FeeRule, currency: Currency): TypedFee {
  const say = (amount: bigint): string => formatMoney({ minor: amount, currency })
  const empty = { flat: '', percent: '', least: '', most: '', tiers: '', kind: rule.kind }
  switch (rule.kind) {
    case 'none':
      return empty
    case 'flat':
      return { ...empty, flat: say(rule.fee) }
    case 'share':
      return {
        ...empty,
        percent: formatMoney({ minor: BigInt(rule.basisPoints), currency: 'USD' }).replace(/\.?0+$/, ''),
        least: rule.least === 0n ? '' : say(rule.least),
        most: rule.most === null ? '' : say(rule.most),
      }
    case 'tiers':
      return {
        ...empty,
        tiers: rule.tiers.map(({ upTo, fee }) => `${upTo === null ? '-' : say(upTo)} ${say(fee)}`).join('\n'),
      }
  }
}

function readShare({ percent, least, most }: TypedFee, currency: Currency): Result<FeeRule, TypedFault> {
  const points = parseMoney(percent, 'USD')
  if (!points.ok || points.value.minor > 10_000n)
    return no({ field: 'percent', because: 'A percentage from 0 to 100 with at most two decimals, like 1.5' })
  const low = minor(least === '' ? '0' : least, currency)
  if (low === null) return no({ field: 'least', because: amountRule(currency) })
  const high = most === '' ? null : minor(most, currency)
  if (high === null && most !== '') return no({ field: 'most', because: amountRule(currency) })
  if (high !== null && high < low)
    return no({ field: 'most', because: 'The most may not be below the least.' })
  return ok({ kind: 'share', basisPoints: Number(points.value.minor), least: low, most: high })
}

function readTiers(text: string, currency: Currency): Result<readonly Tier[], string> {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length > mostTiers) return no(`At most ${mostTiers} steps.`)
  const read = lines.map((line) => readTier(line, currency))
  const faults = read.flatMap((tier, place) =>
    tier === null
      ? [`Line ${place + 1}, ${(lines[place] ?? '').slice(0, 60)}: write two amounts, like 1000.00 10.00`]
      : [],
  )
  if (faults.length > 0) return no(faults.join('\n'))
  const rule = { kind: 'tiers', tiers: read.filter((tier) => tier !== null) } as const
  return parseFeeRule(printFeeRule(rule)).ok
    ? ok(rule.tiers)
    : no('The amounts have to rise from line to line, and the last line begins with a dash: - 50.00')
}

function readTier(line: string, currency: Currency): Tier | null {
  const [bound = '', cost = '', ...more] = line.split(/\s+/)
  const upTo = bound === '-' ? null : minor(bound, currency)
  const fee = minor(cost, currency)
  return (upTo === null && bound !== '-') || fee === null || more.length > 0 ? null : { upTo, fee }
}

function minor(text: string, currency: Currency): bigint | null {
  const read = parseMoney(text, currency)
  return read.ok ? read.value.minor : null
}

function amountRule(currency: Currency): string {
  return `An amount in ${currency} in digits, like ${formatMoney({ minor: 1500n, currency })}`
}
