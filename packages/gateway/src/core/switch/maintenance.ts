/** While it is on, all doors but health answer 503 with Retry-After; what providers report is stored all the same. */
export const maintenance = 'maintenance'

/** A switch that nobody touched is off. */
export function isOn(value: unknown): boolean {
  return value === true
}
