import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Reply } from './reply.ts'

type Encoding = 'br' | 'gzip'

const compress: Readonly<Record<Encoding, (text: string) => Uint8Array>> = {
  br: (text) => brotliCompressSync(text),
  gzip: (text) => gzipSync(text),
}

/**
 * A file that never changes, as small as the browser can read it (RFC 9110 section 12.5.3); each form is made once. Only
 * for what is the same for everybody: a page that holds a secret and repeats what was sent would give it away by its
 * compressed length (BREACH).
 */
export function compressible(reply: Reply & { readonly body: string }): (acceptEncoding: string) => Reply {
  const made = new Map<Encoding, Uint8Array>()
  const headers = { ...reply.headers, vary: 'accept-encoding' }
  return (acceptEncoding) => {
    const encoding = pickEncoding(acceptEncoding)
    if (encoding === null) return { ...reply, headers }
    const body = made.get(encoding) ?? compress[encoding](reply.body)
    made.set(encoding, body)
    return { ...reply, headers: { ...headers, 'content-encoding': encoding }, body }
  }
}

/** The smaller of what is accepted; a weight of zero refuses. */
export function pickEncoding(acceptEncoding: string): Encoding | null {
  const accepted = new Set(
    acceptEncoding
      .toLowerCase()
      .split(',')
      .map((part) => part.split(';').map((each) => each.trim()))
      .filter(([, weight = '']) => !/^q=0(\.0{0,3})?$/.test(weight))
      .map(([name]) => name),
  )
  if (accepted.has('br')) return 'br'
  return accepted.has('gzip') ? 'gzip' : null
}
