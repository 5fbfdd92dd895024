/** One HTTP/1.1 answer at the beginning of what a socket received. */
export type Answer = {
  readonly status: number
  /** Where its body begins, and where the answer ends. */
  readonly body: number
  readonly end: number
}

const headEnd = Buffer.from('\r\n\r\n')

/**
 * Reads no more than a load generator must know. Null while the answer is not whole; throws on one without a
 * Content-Length, because its end could only be guessed.
 */
export function readAnswer(received: Buffer): Answer | null {
  const cut = received.indexOf(headEnd)
  if (cut < 0) return null
  const head = received.toString('latin1', 0, cut)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`an answer without Content-Length: ${head}`)
  const body = cut + headEnd.length
  const end = body + Number(length)
  return received.length < end ? null : { status: Number(head.slice(9, 12)), body, end }
}
