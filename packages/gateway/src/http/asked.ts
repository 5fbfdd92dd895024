/** A request as routes see it: parsed as far as HTTP goes, and no further. */
import type { Json } from './json.ts'

export type Pairs = readonly (readonly [name: string, value: string])[]

export type Asked = {
  readonly method: string
  /** The path as it came, without the query string. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  /** In order, repeats kept: over what a signature was made, nothing may be dropped. */
  readonly query: Pairs
  /** The query string as it came, without `?`. */
  readonly queryText: string
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: Readonly<Record<string, string>>
  readonly body: Body
  /** Who asks, after trusted proxies. */
  readonly address: string
  /** Correlation id: in the answer's `x-request-id` and in the log. */
  readonly id: string
}

export type Body =
  | { readonly kind: 'none' }
  /** A urlencoded or multipart form: repeats kept. Files by field, the first of each; only multipart has some. */
  | { readonly kind: 'form'; readonly pairs: Pairs; readonly files?: ReadonlyMap<string, Uint8Array> }
  | { readonly kind: 'json'; readonly value: Json; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** `text`: what came, where it is text at all. */
  | { readonly kind: 'unreadable'; readonly because: string; readonly text?: string }
