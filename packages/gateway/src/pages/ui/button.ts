import { html, type Child, type Html } from './html.ts'

export type Button = {
  readonly label: Child
  /** `main`: the one thing to do here. `quiet`: beside it. `danger`: cannot be undone. */
  readonly tone?: 'main' | 'quiet' | 'danger'
  /** What the form sends when this button was pressed. */
  readonly name?: string
  readonly value?: string
  readonly id?: string
}

/** Sends the form that it stands in. */
export function button({ label, tone = 'main', name, value, id }: Button): Html {
  return html`<button type="submit" class="button ${tone}" ${attribute('id', id)} ${attribute('name', name)} ${attribute('value', value)}>${label}</button>` // prettier-ignore
}

export type LinkButton = {
  readonly label: Child
  readonly href: string
  readonly tone?: 'main' | 'quiet'
  /** `_top` leaves the frame that the page stands in. */
  readonly target?: '_top' | '_blank'
  readonly id?: string
}

/** Looks like a button and goes somewhere. */
export function linkButton({ label, href, tone = 'main', target, id }: LinkButton): Html {
  const rel = target === undefined ? undefined : 'noopener noreferrer'
  return html`<a class="button ${tone}" href="${href}" ${attribute('id', id)} ${attribute('target', target)} ${attribute('rel', rel)}>${label}</a>` // prettier-ignore
}

/** Buttons side by side; the first is the main one. */
export function actions(...children: readonly Child[]): Html {
  return html`<div class="actions">${children}</div>`
}

/** An attribute that is there only when it has a value. */
function attribute(name: keyof typeof attributes, value: string | undefined): Child {
  return value === undefined ? null : attributes[name](value)
}

const attributes = {
  id: (value: string) => html`id="${value}"`,
  name: (value: string) => html`name="${value}"`,
  value: (value: string) => html`value="${value}"`,
  target: (value: string) => html`target="${value}"`,
  rel: (value: string) => html`rel="${value}"`,
}
