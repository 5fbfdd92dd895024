/** Nairobi has kept UTC+3 without summer time since 1960, so a constant is the whole time zone. */
const offsetMs = 3 * 60 * 60 * 1000

/** The date and time on a wall in Nairobi, each part padded: what Daraja puts into its stamps. */
export function nairobi(milliseconds: number) {
  const shifted = new Date(milliseconds + offsetMs)
  const two = (part: number): string => String(part).padStart(2, '0')
  return {
    year: String(shifted.getUTCFullYear()),
    month: two(shifted.getUTCMonth() + 1),
    day: two(shifted.getUTCDate()),
    hour: two(shifted.getUTCHours()),
    minute: two(shifted.getUTCMinutes()),
    second: two(shifted.getUTCSeconds()),
    /** Milliseconds since midnight. */
    ofDay: (milliseconds + offsetMs) % 86_400_000,
  }
}

/** `YYYYMMDDHHmmss`, as in a request's Timestamp and a callback's TransactionDate. */
export function nairobiStamp(milliseconds: number): string {
  const { year, month, day, hour, minute, second } = nairobi(milliseconds)
  return year + month + day + hour + minute + second
}

/** Whether a `YYYYMMDDHHmmss` names a moment that the calendar has. */
export function isStamp(text: string): boolean {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text)
  if (parts === null) return false
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number)
  return nairobiStamp(Date.UTC(year, month - 1, day, hour, minute, second) - offsetMs) === text
}
