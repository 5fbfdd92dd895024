import type { Deps } from '../core/deps.ts'
import type { Asked } from '../http/asked.ts'
import { freshNonce, page } from '../http/html.ts'
import { json, type Reply } from '../http/reply.ts'
import { faultPage } from '../pages/fault.ts'
import { pickLocale } from '../pages/copy/locale.ts'

const words: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/**
 * What is said where no route can speak: to a browser a page, to a program JSON that carries the names which clients
 * of either dialect look for.
 */
export function printFault(
  deps: Deps,
): (status: number, asked: Pick<Asked, 'path' | 'headers' | 'id'>, busy?: boolean) => Reply {
  return (status, asked, busy = false) => {
    const description = words[status] ?? 'Refused'
    if ((asked.headers['accept'] ?? '').includes('text/html')) {
      const nonce = freshNonce(deps)
      const locale = pickLocale(asked.headers['accept-language'] ?? '')
      return page(status, faultPage({ locale, nonce, status, id: asked.id, busy }), { nonce })
    }
    return json(status, { status, description, error: description, request_id: asked.id })
  }
}
