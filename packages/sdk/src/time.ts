// The times of the Pesaflow wire. Those without a zone are Africa/Nairobi, which is +03:00 all year and has been since 1960.

import type { pesaflow } from '@lango/wire'

const nairobi = 3 * 60 * 60 * 1000

/** `2024-01-01 12:30:01` in Nairobi. */
export function toNairobi(instant: Date): pesaflow.NairobiTime {
  const local = new Date(instant.getTime() + nairobi).toISOString()
  return `${local.slice(0, 10)} ${local.slice(11, 19)}` as pesaflow.NairobiTime
}

/** Reads `2024-01-01 12:30:01` as Nairobi's; null if it is not such a time. */
export function fromNairobi(text: string): Date | null {
  return instantOf(text, /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/, '+03:00')
}

/** Reads `2023-06-14 15:33:16Z`; null if it is not such a time. */
export function fromSpacedUtc(text: string): Date | null {
  return instantOf(text, /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)Z$/, 'Z')
}

/** Reads `2023-06-14T15:33:16`, with or without the `Z` that it means; null if it is not such a time. */
export function fromBareUtc(text: string): Date | null {
  return instantOf(text, /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)Z?$/, 'Z')
}

function instantOf(text: string, form: RegExp, zone: string): Date | null {
  const [, date, time] = form.exec(text) ?? []
  const instant = new Date(`${date}T${time}${zone}`)
  return Number.isNaN(instant.getTime()) ? null : instant
}
