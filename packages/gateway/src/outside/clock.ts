import { instant, type Clock } from '../base/time.ts'

/** The machine's clock: the one place that reads it. */
export const systemClock: Clock = { now: () => instant(Date.now()) }
