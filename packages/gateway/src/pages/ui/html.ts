import { html as template } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** Markup that is safe to send: made only by the `html` tag, which escapes all that is put into it. */
export type Html = HtmlEscapedString

export type Child = Html | string | number | bigint | false | null | undefined | readonly Child[]

/** Escapes by default. There is no way here to put raw text into a page. */
export function html(strings: TemplateStringsArray, ...children: readonly Child[]): Html {
  const made = template(strings, ...children.map(printable))
  if (made instanceof Promise) throw new Error('a page waits for nothing: load before you print')
  return made
}

function printable(child: Child): unknown {
  if (child === false || child === null || child === undefined) return ''
  if (typeof child === 'bigint') return child.toString()
  return Array.isArray(child) ? child.map(printable) : child
}
