import type { Locale } from '../base/locale.ts'
import { frameCopy } from './copy/frame.ts'
import { faultCopy, reportNumber, type FaultKind } from './copy/fault.ts'
import { actions, linkButton } from './ui/button.ts'
import { card } from './ui/card.ts'
import { html, type Html } from './ui/html.ts'
import { layout } from './ui/layout.ts'

export type Fault = {
  readonly locale: Locale
  readonly nonce: string
  readonly status: number
  /** A 503 not because the house is closed, but because more came at once than it can do. */
  readonly busy?: boolean
  /** The answer's `x-request-id`: what support finds it by. */
  readonly id?: string
  /** Says more exactly what is wrong than the status does. */
  readonly title?: string
  readonly more?: string
  /** The way on; default home. */
  readonly on?: { readonly href: string; readonly label: string }
}

/** Says in plain words what went wrong, and always shows a way on. */
export function faultPage(fault: Fault): Html {
  const { locale, nonce, status } = fault
  const words = faultCopy[locale][fault.busy === true ? 'busy' : kindOf(status)]
  const on = fault.on ?? { href: '/', label: frameCopy[locale].home }
  const title = fault.title ?? words.title
  return layout(
    { locale, title, nonce },
    card(
      { kind: 'gate' },
      html`<h1>${title}</h1>
        <p>${fault.more ?? words.more}</p>
        ${
          fault.id === undefined || status < 500
            ? null
            : html`<p class="soft small">${reportNumber[locale]}: <code>${fault.id}</code></p>`
        }
        ${actions(linkButton({ label: on.label, href: on.href, tone: 'quiet' }))}`,
    ),
  )
}

const kinds: Readonly<Record<number, FaultKind>> = {
  401: 'denied',
  403: 'denied',
  404: 'missing',
  405: 'missing',
  410: 'expired',
  413: 'large',
  419: 'expired',
  429: 'often',
  503: 'closed',
}

function kindOf(status: number): FaultKind {
  return kinds[status] ?? (status >= 500 ? 'broken' : 'bad')
}
