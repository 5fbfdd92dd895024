import type { Block, Document, Inline, Inlines, Sample } from '../../base/document.ts'
import { html, type Child, type Html } from '../ui/html.ts'

/** A document with our own tags. */
export function documentBody({ blocks }: Document): Html {
  return html`${blocks.map((block, place) => printBlock(block, `b${place}`))}`
}

function printBlock(block: Block, id: string): Html {
  switch (block.kind) {
    case 'heading':
      return heading(block.depth, block.id, block.inside)
    case 'paragraph':
      return html`<p>${block.inside.map(printInline)}</p>`
    case 'code':
      return html`<pre tabindex="0"><code>${block.text}</code></pre>`
    case 'samples':
      return tabs(block.samples, id)
    case 'list':
      return list(block.ordered, block.items, id)
    case 'table':
      return table(block.head, block.rows)
    case 'quote':
      return html`<blockquote>
        ${block.inside.map((each, place) => printBlock(each, `${id}-${place}`))}
      </blockquote>`
    case 'rule':
      return html`<hr />`
  }
}

/** Scrolls by itself, so that a wide table never widens the page; a keyboard can reach it to scroll. */
function table(head: readonly Inlines[], rows: readonly (readonly Inlines[])[]): Html {
  return html`<div class="scroll" tabindex="0">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell.map(printInline)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell.map(printInline)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function heading(depth: number, id: string, inside: Inlines): Html {
  const text = inside.map(printInline)
  const anchor = html`<a class="anchor" href="#${id}" aria-hidden="true" tabindex="-1">#</a>`
  if (depth === 1) return html`<h1 id="${id}">${text}</h1>`
  if (depth === 2) return html`<h2 id="${id}">${text}${anchor}</h2>`
  return depth === 3 ? html`<h3 id="${id}">${text}${anchor}</h3>` : html`<h4 id="${id}">${text}${anchor}</h4>`
}

function list(ordered: boolean, items: readonly (readonly Block[])[], id: string): Html {
  const lines = items.map(
    (item, place) => html`<li>${item.map((block) => tight(block, `${id}-${place}`))}</li>`,
  )
  return ordered
    ? html`<ol>
        ${lines}
      </ol>`
    : html`<ul>
        ${lines}
      </ul>`
}

/** A line of a list needs no paragraph around it. */
function tight(block: Block, id: string): Html {
  return block.kind === 'paragraph' ? html`${block.inside.map(printInline)} ` : printBlock(block, id)
}

/** One open at a time, without a script: details of one name close each other. */
function tabs(samples: readonly Sample[], id: string): Html {
  return html`<div class="tabs">
    ${samples.map(
      ({ label, file, text }, place) =>
        html`<details name="${id}" ${place === 0 ? html`open` : null}><summary>${label}</summary><pre tabindex="0"><code>${text}</code></pre>${file === '' ? null : html`<p class="from">docs/${file}</p>`}</details>`, // prettier-ignore
    )}
  </div>`
}

function printInline(inline: Inline): Child {
  switch (inline.kind) {
    case 'text':
      return inline.text
    case 'code':
      return html`<code>${inline.text}</code>`
    case 'strong':
      return html`<strong>${inline.inside.map(printInline)}</strong>`
    case 'em':
      return html`<em>${inline.inside.map(printInline)}</em>`
    case 'del':
      return html`<del>${inline.inside.map(printInline)}</del>`
    case 'link':
      return html`<a href="${inline.href}">${inline.inside.map(printInline)}</a>`
    case 'break':
      return html`<br />`
  }
}
