import { no, ok } from '../../base/result.ts'
import { hearCallback, type HearCallback } from '../../core/attempt/hear-callback.ts'
import { refusal } from '../../core/refusal.ts'
import type { Body } from '../../http/asked.ts'
import { json } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'

/** Where providers report: an address for each attempt, open even in maintenance, because most report only once. */
export const routes: readonly Route[] = [
  route<HearCallback, Readonly<Record<string, unknown>>, 'not_found'>('POST', '/channels/:alias/:secret', {
    alwaysOpen: true,
    budget: 'machine',
    parse: ({ params, body }) => {
      const { alias = '', secret = '' } = params
      return /^[a-z]{1,20}$/.test(alias) && /^[0-9a-f]{48}$/.test(secret)
        ? ok({ alias, secret, body: textOf(body) })
        : no(refusal('not_found'))
    },
    run: hearCallback,
    print: (acknowledgement) => json(200, acknowledgement),
    refuse: { not_found: () => json(404, { status: 404, description: 'Not Found' }) },
  }),
]

/** What came, as text: it is kept even where it cannot be read. */
function textOf(body: Body): string {
  switch (body.kind) {
    case 'none':
      return ''
    case 'form':
      return JSON.stringify(body.pairs)
    case 'json':
    case 'text':
      return body.text
    case 'unreadable':
      return body.text ?? body.because
  }
}
