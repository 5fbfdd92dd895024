/** What may happen to the grants of one account and one application, as fast-check makes it up. */
import fc from 'fast-check'

/** `tab` and `token` are counted around, so that any number names one that is there. */
export type Step =
  | { readonly do: 'redeem'; readonly tab: number; readonly how: 'right' | 'other client' | 'wrong verifier' }
  | {
      readonly do: 'refresh'
      readonly tab: number
      readonly token: number
      readonly how: 'right' | 'narrower' | 'other client'
    }
  | {
      readonly do: 'revoke'
      readonly tab: number
      readonly token: number
      readonly kind: 'access' | 'refresh'
    }
  | { readonly do: 'withdraw' }
  /** In a further tab, agreeing anew where she withdrew before. */
  | { readonly do: 'authorize' }

/** Steps that are sent at the same time. */
export type Round = readonly Step[]

export type History = {
  /** Each tab is an authorization of its own. */
  readonly tabs: number
  readonly rounds: readonly Round[]
}

/** Histories that are played beside each other, and the seconds that pass for all of them after each round. */
export type Bundle = { readonly histories: readonly History[]; readonly waits: readonly number[] }

const tab = fc.nat({ max: 1 })
const token = fc.nat({ max: 3 })

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('redeem' as const),
      tab,
      how: mostly('right', 'other client', 'wrong verifier'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('refresh' as const),
      tab,
      token,
      how: mostly('right', 'narrower', 'other client'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('revoke' as const),
      tab,
      token,
      kind: fc.constantFrom('access' as const, 'refresh' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'withdraw' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'authorize' as const }) },
)

/** On both sides of every boundary: the code's minute, the window of the same answer, the ends of tokens and families. */
export const waits: readonly number[] = [
  0,
  0,
  0,
  1,
  29,
  30,
  31,
  59,
  60,
  3599,
  3600,
  29 * 86_400,
  30 * 86_400,
  180 * 86_400,
]

const redeemed: Round = [{ do: 'redeem', tab: 0, how: 'right' }]
const mostRounds = 5

export type Shape = {
  /** Histories at most. */
  readonly size: number
  /** Seconds that may pass between two rounds. */
  readonly waits: readonly number[]
  /** Steps at most that are sent at the same time. */
  readonly together: number
}

export function bundleOf({ size, waits: from, together }: Shape): fc.Arbitrary<Bundle> {
  return fc.record({
    histories: fc.array(historyOf(together), { minLength: 1, maxLength: size, size: 'max' }),
    waits: fc.array(fc.constantFrom(...from), { minLength: mostRounds, maxLength: mostRounds }),
  })
}

function historyOf(together: number): fc.Arbitrary<History> {
  const round = fc.array(step, { minLength: 1, maxLength: together })
  return fc
    .record({
      tabs: fc.integer({ min: 1, max: 2 }),
      // Most begin well: without tokens little can happen.
      begins: fc.constantFrom([redeemed], [redeemed], [redeemed], []),
      rounds: fc.array(round, { minLength: 1, maxLength: mostRounds - 1 }),
    })
    .map(({ tabs, begins, rounds }) => ({ tabs, rounds: [...begins, ...rounds] }))
}

function mostly<Word extends string>(usual: Word, ...others: readonly Word[]): fc.Arbitrary<Word> {
  return fc.constantFrom(usual, usual, usual, usual, ...others)
}
