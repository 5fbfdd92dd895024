import type { Account } from '../../../core/account/account.ts'
import type { Describe } from '../../../core/token/grant.ts'
import type { Attribute } from '../../../core/token/user-info.ts'

/** How a wire names each attribute: the names of its answer, and what each says. */
export type Sayings<Claims> = Readonly<
  Record<Attribute, { readonly [Claim in keyof Claims]?: (account: Account) => Claims[Claim] | null }>
>

/** Says what is seen of an account. What is not known is left out, or said as null where clients read it unasked. */
export function describer<Claims>(sayings: Sayings<Claims>, unknown: 'left-out' | 'null'): Describe {
  return (account, seen) => {
    const claims: [string, unknown][] = []
    for (const attribute of seen) {
      for (const [claim, say] of Object.entries<((account: Account) => unknown) | undefined>(
        sayings[attribute],
      )) {
        const said = say?.(account) ?? null
        if (said !== null || unknown === 'null') claims.push([claim, said])
      }
    }
    return Object.fromEntries(claims)
  }
}
