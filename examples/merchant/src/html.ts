/** Markup that may stand in a page as it is. */
export type Html = { readonly markup: string }

type Piece = string | number | Html | null | readonly Html[]

/** A template whose values are escaped unless they are markup themselves; null leaves nothing. */
export function html(fixed: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return { markup: fixed.reduce((markup, text, at) => markup + pieceOf(values[at - 1] ?? null) + text) }
}

function pieceOf(value: Piece): string {
  if (value === null) return ''
  if (isList(value)) return value.map(({ markup }) => markup).join('')
  return typeof value === 'object' ? value.markup : escaped(String(value))
}

/** Array.isArray does not narrow a readonly array. */
function isList(value: Piece): value is readonly Html[] {
  return Array.isArray(value)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
