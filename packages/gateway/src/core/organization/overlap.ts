/** How long what is rotated out lives on beside its successor. */
import { hours } from '../../base/time.ts'

/** Long enough for a deployment, short enough that a leaked secret does not live on for weeks. */
export const overlaps = {
  'at once': hours(0),
  'an hour': hours(1),
  'a day': hours(24),
  'a week': hours(168),
} as const

export type Overlap = keyof typeof overlaps

export function isOverlap(text: string): text is Overlap {
  return Object.hasOwn(overlaps, text)
}
