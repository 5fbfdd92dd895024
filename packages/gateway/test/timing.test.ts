// Whether the measure of timing tests sees what it has to see, on made-up times as noisy as a busy machine's.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertTakesAsLong } from './timing.ts'

/** Milliseconds around `typical`: every seventh ten times as long, the others up to half as long again. */
function noisy(typical: number, seed: number): () => Promise<number> {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    const chance = state / 2_147_483_648
    return Promise.resolve(typical * (chance < 1 / 7 ? 10 : 1 + chance / 2))
  }
}

test('noise alone is no difference, however far a single time lies off', async () => {
  for (let seed = 1; seed <= 200; seed += 1) await assertTakesAsLong(noisy(5, seed), noisy(5, seed + 1000))
})

test('half as much work again is seen through the noise, on either side', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    await assert.rejects(assertTakesAsLong(noisy(5, seed), noisy(7.5, seed + 1000)), /as long as the other/)
    await assert.rejects(assertTakesAsLong(noisy(7.5, seed), noisy(5, seed + 1000)), /as long as the other/)
  }
})
