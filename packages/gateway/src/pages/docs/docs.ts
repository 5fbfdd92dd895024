import type { Document } from '../../base/document.ts'
import { docsCopy } from '../copy/docs.ts'
import { card } from '../ui/card.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { documentBody } from './document.ts'

export type Docs = {
  readonly nonce: string
  readonly sandbox: boolean
  /** All documents, in their order. */
  readonly documents: readonly Document[]
}

/** One document, beside the list of all. */
export function documentPage(docs: Docs, document: Document): Html {
  return frame(docs, document.title, document.slug, documentBody(document))
}

/** What there is to read: the index document if somebody wrote one, and each other with its first words. */
export function docsIndexPage(docs: Docs): Html {
  const index = docs.documents.find(({ slug }) => slug === 'index')
  if (index !== undefined) return frame(docs, index.title, 'index', documentBody(index))
  const rest = docs.documents.map(({ slug, title, summary }) =>
    card(
      {},
      html`<h2><a href="/docs/${slug}">${title}</a></h2>
        <p class="soft">${firstSentence(summary)}</p>`,
    ),
  )
  return frame(
    docs,
    docsCopy.title,
    'index',
    html`<h1>${docsCopy.title}</h1>
      <p class="lead">${docsCopy.lead}</p>
      ${rest}`,
  )
}

function frame({ nonce, sandbox, documents }: Docs, title: string, current: string, body: Html): Html {
  const nav = [
    { href: '/docs', label: docsCopy.nav.docs, current: true },
    ...(sandbox ? [{ href: '/sandbox', label: docsCopy.nav.sandbox }] : []),
    { href: '/account', label: docsCopy.nav.account },
  ]
  const links = documents.filter(({ slug }) => slug !== 'index')
  return layout(
    { locale: 'en', title, nonce, wide: true, sandbox, nav },
    html`<div class="docs">
      <nav aria-label="${docsCopy.contents}" id="contents">
        <ul>
          <li>${navLink('/docs', docsCopy.start, current === 'index')}</li>
          ${links.map(({ slug, title: label }) => html`<li>${navLink(`/docs/${slug}`, label, slug === current)}</li>`)}
        </ul>
      </nav>
      <article class="prose">
        <p class="small to-contents"><a href="#contents">${docsCopy.contents}</a></p>
        ${body}
      </article>
    </div>`,
  )
}

function navLink(href: string, label: string, current: boolean): Html {
  return current
    ? html`<a href="${href}" aria-current="page">${label}</a>`
    : html`<a href="${href}">${label}</a>`
}

function firstSentence(text: string): string {
  return text.split(/(?<=[.!?])\s/, 1)[0] ?? text
}
