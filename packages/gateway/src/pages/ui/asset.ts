/** A file that pages link to. Its address names its content, so browsers may keep it for ever. */
export type Asset = {
  /** `/assets/…`: begins at the root of our origin. */
  readonly path: string
  readonly mediaType: string
  readonly body: string
}

const mediaTypes = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' } as const

/** Names the asset after its content: `asset('lango', 'css', body)` is served at `/assets/lango-1x2y3z….css`. */
export function asset(name: string, kind: keyof typeof mediaTypes, body: string): Asset {
  return {
    path: `/assets/${name}-${contentMark(body)}.${kind}`,
    mediaType: `${mediaTypes[kind]}; charset=utf-8`,
    body,
  }
}

/**
 * FNV-1a over 64 bits. It tells versions of our own files apart and protects nothing, so that pages need neither a
 * digest library nor the machine.
 */
function contentMark(text: string): string {
  let mark = 0xcbf29ce484222325n
  for (let at = 0; at < text.length; at += 1) {
    mark = BigInt.asUintN(64, (mark ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n)
  }
  return mark.toString(36)
}
