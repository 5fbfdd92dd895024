import fc from 'fast-check'
import type { Bundle } from './history.ts'
import type { Stage } from './play.ts'

/** CI plays all of them once, on the embedded database; where somebody waits, enough to find what is grossly wrong. */
const all = process.env['CI'] !== undefined && process.env['LANGO_TEST_SERVER'] === undefined

/** Half of the hundred thousand: each of the two tests plays as many. */
export const histories = all ? 50_000 : 1_500

/** Plays bundle after bundle, because a stage has one clock; a failure names its seed and the smallest that fails. */
export async function runHistories(stage: Stage, bundles: fc.Arbitrary<Bundle>): Promise<void> {
  let played = 0
  while (played < histories) {
    await fc.assert(
      fc.asyncProperty(bundles, async (bundle) => {
        await stage.play(bundle)
        played += bundle.histories.length
      }),
      // Shrinking plays again and again; what a minute finds is small enough.
      { numRuns: 1, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true },
    )
  }
}
