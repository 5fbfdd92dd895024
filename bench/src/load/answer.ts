/** One HTTP/1.1 answer at the beginning of what a socket received. */
export type Answer = {
  readonly status: number
  /** Where its body begins, and where the answer ends. */
  readonly body: number
  readonly end: number
}

const headEnd = Buffer.from('\r\n\r\n')

/**
 * Reads no more than a load generator must know. Null while the answer is not whole; throws on one that has neither
 * a Content-Length nor chunks, because its end could only be guessed.
 */
export function readAnswer(received: Buffer): Answer | null {
  const cut = received.indexOf(headEnd)
  if (cut < 0) return null
  const head = received.toString('latin1', 0, cut)
  const body = cut + headEnd.length
  const end = /\r\ntransfer-encoding: *chunked/i.test(head)
    ? endOfChunks(received, body)
    : body + lengthIn(head)
  return end === null || received.length < end ? null : { status: Number(head.slice(9, 12)), body, end }
}

function lengthIn(head: string): number {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`an answer without Content-Length: ${head}`)
  return Number(length)
}

/** RFC 9112 section 7.1, without trailers, which nobody sends here. Null while the last chunk is not there. */
function endOfChunks(received: Buffer, from: number): number | null {
  for (let at = from; ;) {
    const line = received.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(received.toString('latin1', at, line), 16)
    at = line + 2 + size + 2
    if (size === 0) return at
  }
}
