/** A value that JSON can carry. */
export type Plain =
  string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain | undefined }

/**
 * The one JSON text of a value (RFC 8785): names in the order of their UTF-16 units, no blanks, numbers and escapes as
 * ECMAScript prints them. Two programs that read the same value print the same text, so a hash over it can be made
 * again anywhere.
 */
export function canonical(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map((one: Plain) => canonical(one)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value as Readonly<Record<string, Plain | undefined>>)
    .filter((member): member is [string, Plain] => member[1] !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`)
  return `{${members.join(',')}}`
}
