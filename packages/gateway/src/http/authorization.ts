/** The Authorization header, read strictly: two readers must never take two meanings from one text. */
import { isUtf8 } from 'node:buffer'
import { no, ok, type Result } from '../base/result.ts'
import type { Asked } from './asked.ts'

export type Credentials = { readonly id: string; readonly secret: string }

/** Absent: null. Another scheme, two headers, loose base64, no UTF-8 or a broken escape: `unreadable`. */
export function readBasic({ headers }: Pick<Asked, 'headers'>): Result<Credentials | null, 'unreadable'> {
  const header = headers['authorization']
  if (header === undefined) return ok(null)
  const [, encoded] = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header) ?? []
  if (encoded === undefined) return no('unreadable')
  const pair = decodeBase64(encoded)
  const cut = pair?.indexOf(':') ?? -1
  if (pair === null || cut < 0) return no('unreadable')
  // RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.
  const id = decodeForm(pair.slice(0, cut))
  const secret = decodeForm(pair.slice(cut + 1))
  return id === null || secret === null ? no('unreadable') : ok({ id, secret })
}

/** A Bearer token (RFC 6750 section 2.1; the scheme in any case). Absent: null. */
export function readBearer({ headers }: Pick<Asked, 'headers'>): Result<string | null, 'unreadable'> {
  const header = headers['authorization']
  if (header === undefined) return ok(null)
  const [, token] = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(header) ?? []
  return token === undefined ? no('unreadable') : ok(token)
}

/** An access token as RFC 6750 or RFC 9449 section 7.1 sends it, the scheme in any case. Absent: null. */
export function readAccessToken({
  headers,
}: Pick<Asked, 'headers'>): Result<
  { readonly scheme: 'bearer' | 'dpop'; readonly token: string } | null,
  'unreadable'
> {
  const header = headers['authorization']
  if (header === undefined) return ok(null)
  const [, scheme, token] = /^(bearer|dpop) +([A-Za-z0-9\-._~+/]+=*)$/i.exec(header) ?? []
  if (scheme === undefined || token === undefined) return no('unreadable')
  return ok({ scheme: scheme.toLowerCase() === 'dpop' ? 'dpop' : 'bearer', token })
}

const escaped = /[%+]/

/** Only the one spelling that encoding gives back: right padding, no stray bits. */
function decodeBase64(text: string): string | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text && isUtf8(bytes) ? bytes.toString('utf8') : null
}

function decodeForm(text: string): string | null {
  if (!escaped.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}
