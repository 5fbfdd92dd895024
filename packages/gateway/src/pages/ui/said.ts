import { html, type Html } from './html.ts'

/**
 * Text that somebody else wrote (a merchant's description, a payer's name). Controls that turn the direction of
 * writing are taken out, because with them a text can read as another one; what remains is isolated from our words.
 */
export function said(text: string): Html {
  return html`<bdi>${plainly(text)}</bdi>`
}

/** The same for places that hold no markup: a title, an attribute. */
export function plainly(text: string): string {
  return text.replaceAll(directionControls, '').replaceAll(otherControls, ' ').trim()
}

const directionControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const otherControls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g
