/** Whether two things take equally long, on a machine that does others' work too. */
import assert from 'node:assert/strict'

/** What either may take longer: the ±10 % of identity case 105. */
const allowed = 1.1
const pairs = 60
/**
 * With 60 pairs the true median lies between the 17th and the 44th ratio in more than 999 of 1,000 runs (sign test: a
 * binomial with p = 1/2 has less than 0.0005 below 17 of 60), whatever the times are distributed like.
 */
const fewest = 17

/** Milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/**
 * Refuses what is proved to differ by more than a tenth. Each sample is taken beside one of the other kind, in turns
 * first and second, so that whatever else the machine does meets both; what is judged is the median of their ratios.
 * Noise makes the interval wide and so never fails a run by itself; a hash, a message or a statement more on one side
 * moves every ratio, and no noise hides that.
 */
export async function assertTakesAsLong(
  one: () => Promise<number>,
  other: () => Promise<number>,
): Promise<void> {
  const { low, high } = await ratioOf(one, other)
  const words = `one takes ${low.toFixed(2)} to ${high.toFixed(2)} times as long as the other`
  assert.ok(low <= allowed && high >= 1 / allowed, words)
}

/** Between which bounds the median ratio of their times lies, with an error in less than one of 1,000 runs. */
async function ratioOf(
  one: () => Promise<number>,
  other: () => Promise<number>,
): Promise<{ readonly low: number; readonly high: number }> {
  for (let warmUp = 0; warmUp < 3; warmUp += 1) await pairOf(one, other, warmUp)
  const ratios: number[] = []
  for (let at = 0; at < pairs; at += 1) ratios.push(await pairOf(one, other, at))
  ratios.sort((a, b) => a - b)
  return { low: ratios[fewest - 1] ?? 0, high: ratios[pairs - fewest] ?? 0 }
}

async function pairOf(one: () => Promise<number>, other: () => Promise<number>, at: number): Promise<number> {
  if (at % 2 === 0) {
    const first = await one()
    return first / (await other())
  }
  const first = await other()
  return (await one()) / first
}
