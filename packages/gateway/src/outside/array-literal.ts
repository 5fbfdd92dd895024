/**
 * A list of scalars as PostgreSQL reads an array (manual, section 8.15.6). The driver does it too, at three times the price,
 * and every batch of ours is lists. Null where a member is neither a scalar nor bytes: then the driver has its way.
 */
export function arrayLiteral(values: readonly unknown[]): string | null {
  let text = '{'
  for (let place = 0; place < values.length; place += 1) {
    const member = memberText(values[place])
    if (member === null) return null
    text += place === 0 ? member : `,${member}`
  }
  return `${text}}`
}

function memberText(value: unknown): string | null {
  if (typeof value === 'string') return plain.test(value) && !isNull.test(value) ? value : quoted(value)
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value)
  return value instanceof Uint8Array ? `\\\\x${hexOf(value)}` : null
}

/** What needs no quotes, as most of ours: identifiers, numbers in text, words. */
const plain = /^[\w:.-]+$/
const isNull = /^null$/i

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}
