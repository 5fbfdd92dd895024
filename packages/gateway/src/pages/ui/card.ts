import { html, type Child, type Html } from './html.ts'

export type Card = {
  /** Heads the card; `h2` under the page's `h1`. */
  readonly title?: Child
  /** `gate` has the arch: the one card that the page is about. */
  readonly kind?: 'plain' | 'gate'
  readonly id?: string
}

export function card({ title, kind = 'plain', id }: Card, body: Child): Html {
  return html`<section class="card ${kind}" ${id === undefined ? null : html`id="${id}"`}>
    ${title === undefined ? null : html`<h2>${title}</h2>`} ${body}
  </section>`
}
