import type { Document } from '../../base/document.ts'
import { no, ok } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { freshNonce, page, type Markup } from '../../http/html.ts'
import { keepLanguage, languageOf } from '../../http/locale.ts'
import type { Reply } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import { docsIndexPage, documentPage, type Docs } from '../../pages/docs/docs.ts'
import { landingPage } from '../../pages/docs/landing.ts'
import { faultPage } from '../../pages/fault.ts'
import { languagesOf } from '../../pages/ui/language.ts'

export type DocsOptions = {
  /** Reads all documents; called with the first request, because start-up has no time for it. */
  readonly readDocuments: () => Promise<readonly Document[]>
  /** The demo shop; null outside the sandbox. */
  readonly shopUrl: string | null
}

type Shelf = { readonly documents: readonly Document[]; readonly document: Document | null }

/** The front door and the documents. */
export function routes(options: DocsOptions): readonly Route[] {
  const documents = once(options.readDocuments)
  return [
    route<null, null, never>('GET', '/', {
      budget: 'page',
      parse: () => ok(null),
      run: () => Promise.resolve(ok(null)),
      print: (_nothing, asked, deps) => front(deps, asked, options.shopUrl),
      refuse: {},
    }),
    route<null, Shelf, never>('GET', '/docs', {
      budget: 'page',
      parse: () => ok(null),
      run: async () => ok({ documents: await documents(), document: null }),
      print: (shelf, _asked, deps) => print(deps, shelf),
      refuse: {},
    }),
    route<string, Shelf, 'not_found'>('GET', '/docs/:slug', {
      budget: 'page',
      parse: ({ params }) => ok(params['slug'] ?? ''),
      run: async (_deps, wanted) => {
        const all = await documents()
        const document = all.find(({ slug }) => slug === wanted)
        return document === undefined ? no(refusal('not_found')) : ok({ documents: all, document })
      },
      print: (shelf, _asked, deps) => print(deps, shelf),
      refuse: {
        not_found: (_refusal, _asked, deps) => {
          const nonce = freshNonce(deps)
          const on = { href: '/docs', label: 'Documentation' }
          return page(404, faultPage({ locale: 'en', nonce, status: 404, on }), { nonce })
        },
      },
    }),
  ]
}

function front(deps: Deps, asked: Asked, shopUrl: string | null): Reply {
  const nonce = freshNonce(deps)
  const locale = pickLocale(...languageOf(deps, asked))
  const markup = landingPage({ locale, nonce, languages: languagesOf('/'), shopUrl })
  return page(200, markup, { nonce, headers: { 'set-cookie': keepLanguage(deps, asked) } })
}

function print(deps: Deps, { documents, document }: Shelf): Reply {
  const nonce = freshNonce(deps)
  const docs: Docs = { nonce, sandbox: deps.mode === 'sandbox', documents }
  const markup: Markup = document === null ? docsIndexPage(docs) : documentPage(docs, document)
  return page(200, markup, { nonce })
}

/** Keeps what the first call gave; a call that failed is tried again. */
function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loaded: Promise<Value> | null = null
  return async () => {
    loaded ??= load().catch((fault: unknown) => {
      loaded = null
      throw fault
    })
    return await loaded
  }
}
