/** How many letters may invite. Each asks a stranger for her attention in our name, so that nobody may send many. */
import { base64url } from '../../base/bytes.ts'
import { hours, minutes } from '../../base/time.ts'
import type { BudgetRule, Draw } from '../limit/budget.ts'
import type { Digests } from '../ports.ts'
import type { Invitation } from './member.ts'

/**
 * - `pair`: one address from one organization, the first letter and two more.
 * - `address`: from all organizations together, so that several do not flood whom one may not. It leaves room beside the
 *   budget above: one organization does not use up what the others have.
 * - `organization`: as many as it may invite in a day.
 * - `inviter`: the same for one person, however many organizations are hers.
 */
const letterRules = {
  pair: { burst: 3, refill: hours(8) },
  address: { burst: 6, refill: hours(4) },
  organization: { burst: 20, refill: minutes(72) },
  inviter: { burst: 20, refill: minutes(72) },
} as const satisfies Readonly<Record<string, BudgetRule>>

/** The budgets that a letter draws on. Keys are digests: the table tells nobody's address. */
export function letterDraws(
  { organizationId, email }: Pick<Invitation, 'organizationId' | 'email'>,
  inviterId: string,
  digests: Digests,
): readonly Draw[] {
  const draw = (rule: keyof typeof letterRules, text: string): Draw => ({
    key: `invite ${rule} ${base64url(digests.derive('invitation budget', text).subarray(0, 16))}`,
    rule: letterRules[rule],
  })
  return [
    draw('pair', `${organizationId} ${email}`),
    draw('address', email),
    draw('organization', organizationId),
    draw('inviter', inviterId),
  ]
}
