import type { GateProps } from './code-form.ts'
import { card } from './ui/card.ts'
import { html, type Child, type Html } from './ui/html.ts'
import { layout } from './ui/layout.ts'

/** A page in front of the house: one card that asks for one thing. */
export function gate({ locale, nonce, languages, sandbox }: GateProps, title: string, body: Child): Html {
  return layout(
    { locale, title, nonce, languages, sandbox },
    card(
      { kind: 'gate' },
      html`<h1>${title}</h1>
        ${body}`,
    ),
  )
}

/** The address of another such page, which leads on to where she wanted to go. */
export function withNext(path: string, next: string): string {
  return `${path}?${new URLSearchParams({ next }).toString()}`
}
