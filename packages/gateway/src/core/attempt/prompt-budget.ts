/**
 * How often a phone may be asked for money. Whoever opens a hosted page may type any number, so a prompt can be used
 * to harass its owner. What she pays costs nothing: only prompts that came to nothing count.
 */
import { base64url } from '../../base/bytes.ts'
import { hours, minutes } from '../../base/time.ts'
import type { Digests } from '../ports.ts'
import type { BudgetRule, Draw } from '../limit/budget.ts'
import type { Attempt } from './attempt.ts'

/**
 * - `phone`: from all organizations together, five wrong PINs in a row and then one every two minutes.
 * - `day`: whatever happens, a dozen and then one every two hours.
 * - `invoice`: one page cannot be used to ask number after number.
 */
const promptRules = {
  phone: { burst: 5, refill: minutes(2) },
  day: { burst: 12, refill: hours(2) },
  invoice: { burst: 10, refill: minutes(20) },
} as const satisfies Readonly<Record<string, BudgetRule>>

/** The budgets that an attempt draws on; none where no phone is asked. Keys are digests, which tell nobody's number. */
export function promptDraws(
  { payerPhone, invoiceId }: Pick<Attempt, 'payerPhone' | 'invoiceId'>,
  digests: Digests,
): readonly Draw[] {
  if (payerPhone === null) return []
  const draw = (rule: keyof typeof promptRules, text: string): Draw => ({
    key: `prompt ${rule} ${base64url(digests.derive('prompt budget', text).subarray(0, 16))}`,
    rule: promptRules[rule],
  })
  return [draw('day', payerPhone), draw('invoice', invoiceId), draw('phone', payerPhone)]
}
