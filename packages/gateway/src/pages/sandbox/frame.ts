import { sandboxCopy } from '../copy/sandbox.ts'
import { liveScript } from '../scripts/live.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { notice } from '../ui/notice.ts'

export type Place = keyof typeof sandboxCopy.nav

/** What every page of the sandbox is given. */
export type SandboxProps = {
  readonly nonce: string
  /** For its forms; see http/csrf.ts. */
  readonly token: string
}

const addresses: Readonly<Record<Place, string>> = {
  overview: '/sandbox',
  phone: '/sandbox/phone',
  bank: '/sandbox/bank',
  inbox: '/sandbox/inbox',
  messages: '/sandbox/messages',
  docs: '/docs',
}

const places = Object.keys(addresses) as Place[]

export function sandboxPage(
  place: Place,
  { nonce }: SandboxProps,
  words: { readonly title: string; readonly lead: string },
  body: Child,
): Html {
  const nav = places.map((each) => ({
    href: addresses[each],
    label: sandboxCopy.nav[each],
    current: each === place,
  }))
  return layout(
    { locale: 'en', title: words.title, nonce, wide: true, sandbox: true, nav, scripts: [liveScript] },
    html`<h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${body}`,
  )
}

/** A part of the page that the script keeps fresh; without it there is a link. */
export function live(everyMs: number, href: string, body: Child): Html {
  return html`<p class="small" data-without-script><a href="${href}">${sandboxCopy.refresh}</a></p>
    <div data-live="${everyMs}">${body}</div>`
}

export function unreachable(): Html {
  const { unreachable: title, unreachableMore: more } = sandboxCopy
  return notice({ tone: 'bad', title, children: html`<p>${more}</p>` })
}
