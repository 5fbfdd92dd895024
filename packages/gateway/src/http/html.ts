import { randomToken } from '../base/secret.ts'
import type { Deps } from '../core/deps.ts'
import type { Reply } from './reply.ts'

/** What the pages' `html` tag makes: text that is known to be escaped. */
export type Markup = string & { readonly isEscaped: true }

export type PageOptions = {
  /** Fresh for every answer (`freshNonce`), and given to the page's layout. */
  readonly nonce: string
  /** Origins that may show this page in a frame. Default: none. */
  readonly frameAncestors?: readonly string[]
  /**
   * Where its forms may lead beside our own origin. A browser also holds the redirects after a form to this, those of
   * the other side included, whose hosts nobody knows beforehand: so of each address the scheme alone is allowed.
   */
  readonly formAction?: readonly string[]
  /** Our own address, for a page that may be reached under more than one. */
  readonly base?: string
  /** Default: `no-store`, because pages are about one person. */
  readonly cacheControl?: string
  readonly headers?: Reply['headers']
}

/** A page as an answer. Only files and scripts that carry its nonce load; nothing of another origin does. */
export function page(status: number, markup: Markup, options: PageOptions): Reply {
  const framed = options.frameAncestors !== undefined && options.frameAncestors.length > 0
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': options.cacheControl ?? 'no-store',
      'content-security-policy': policyOf(options),
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      // X-Frame-Options knows no list: where somebody may frame us, frame-ancestors alone decides.
      ...(framed ? { 'x-frame-options': '' } : {}),
      ...options.headers,
    },
    body: String(markup),
  }
}

export function freshNonce({ chance }: Pick<Deps, 'chance'>): string {
  return randomToken(chance, 16)
}

function policyOf({ nonce, frameAncestors = [], formAction = [], base }: PageOptions): string {
  const own = base === undefined ? "'self'" : `'self' ${originOf(base)}`
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `img-src ${own}`,
    `connect-src ${own}`,
    `form-action ${[own, ...formAction.map(schemeOf)].join(' ')}`,
    `frame-ancestors ${frameAncestors.length === 0 ? "'none'" : frameAncestors.map(originOf).join(' ')}`,
    "base-uri 'none'",
  ].join('; ')
}

function schemeOf(url: string): string {
  return new URL(url).protocol
}

/** Only the origin of an address can stand in a policy; made anew, so that no blank or semicolon gets through. */
function originOf(url: string): string {
  return new URL(url).origin
}
