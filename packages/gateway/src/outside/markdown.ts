import { lexer, type Token, type Tokens } from 'marked'
import type { Block, Document, Inline, Inlines, Sample } from '../base/document.ts'

export type Markdown = {
  readonly slug: string
  readonly text: string
  /** The text of a sample file that the document links to, by its path; null when there is none. */
  readonly sample: (path: string) => string | null
}

/**
 * Reads a document of ours. Markup in it is left out, an address is kept only if it is a web address or leads within the
 * documents. A list of nothing but links into `samples/` becomes one block with a tab for each: where the same document
 * is read elsewhere, it is a list of links.
 */
export function readMarkdown(markdown: Markdown): Document {
  const blocks = blocksOf(lexer(markdown.text), markdown)
  const title = blocks.find((block) => block.kind === 'heading')
  const lead = blocks.find((block) => block.kind === 'paragraph')
  return {
    slug: markdown.slug,
    title: title === undefined ? markdown.slug : plain(title.inside),
    summary: lead === undefined ? '' : plain(lead.inside),
    blocks,
  }
}

function blocksOf(tokens: readonly Token[], from: Markdown): readonly Block[] {
  const blocks = tokens.flatMap((token) => blockOf(token, from))
  return gather(blocks)
}

type Reader = (token: Token, from: Markdown) => readonly Block[]

const readers: Readonly<Record<string, Reader>> = {
  heading: (token) => {
    const { depth, tokens } = token as Tokens.Heading
    const inside = inlines(tokens)
    return [{ kind: 'heading', depth, id: idOf(plain(inside)), inside }]
  },
  paragraph: (token) => [{ kind: 'paragraph', inside: inlines((token as Tokens.Paragraph).tokens) }],
  text: (token) => [{ kind: 'paragraph', inside: inlines((token as Tokens.Text).tokens ?? [token]) }],
  code: (token) => {
    const { lang = '', text } = token as Tokens.Code
    return [{ kind: 'code', language: /^[\w+#-]*/.exec(lang)?.[0] ?? '', text }]
  },
  list: (token, from) => {
    const { ordered, items } = token as Tokens.List
    const samples = samplesOf(items, from)
    if (samples !== null) return [{ kind: 'samples', samples }]
    return [{ kind: 'list', ordered, items: items.map((item) => blocksOf(item.tokens, from)) }]
  },
  table: (token) => {
    const { header, rows } = token as Tokens.Table
    return [
      {
        kind: 'table',
        head: header.map((cell) => inlines(cell.tokens)),
        rows: rows.map((row) => row.map((cell) => inlines(cell.tokens))),
      },
    ]
  },
  blockquote: (token, from) => [
    { kind: 'quote', inside: blocksOf((token as Tokens.Blockquote).tokens, from) },
  ],
  hr: () => [{ kind: 'rule' }],
}

function blockOf(token: Token, from: Markdown): readonly Block[] {
  return readers[token.type]?.(token, from) ?? []
}

/** Blocks of code one after the other, each in a language of its own, are the same thing said several times. */
function gather(blocks: readonly Block[]): readonly Block[] {
  const gathered: Block[] = []
  for (const block of blocks) {
    const before = gathered.at(-1)
    if (block.kind !== 'code' || !differs(before, block)) gathered.push(block)
    else if (before?.kind === 'samples')
      gathered[gathered.length - 1] = { kind: 'samples', samples: [...before.samples, inText(block)] }
    else if (before?.kind === 'code')
      gathered[gathered.length - 1] = { kind: 'samples', samples: [inText(before), inText(block)] }
  }
  return gathered
}

type Code = Extract<Block, { readonly kind: 'code' }>

function differs(before: Block | undefined, code: Code): boolean {
  if (before?.kind === 'code')
    return before.language !== '' && code.language !== '' && before.language !== code.language
  if (before?.kind !== 'samples' || code.language === '') return false
  return before.samples.every(({ file, label }) => file === '' && label !== labelOf(code.language))
}

function inText({ language, text }: Code): Sample {
  return { label: labelOf(language), file: '', text }
}

const labels: Readonly<Record<string, string>> = {
  sh: 'Shell', bash: 'Shell', shell: 'Shell', php: 'PHP', elixir: 'Elixir', java: 'Java', python: 'Python', py: 'Python',
  csharp: 'C#', cs: 'C#', ts: 'TypeScript', typescript: 'TypeScript', html: 'HTML', json: 'JSON', http: 'HTTP', sql: 'SQL',
} // prettier-ignore

function labelOf(language: string): string {
  return labels[language] ?? language
}

function samplesOf(items: readonly Tokens.ListItem[], { sample }: Markdown): readonly Sample[] | null {
  const links = items.map(({ tokens }) => onlyLink(tokens))
  const samples = links.map((link) => {
    const text = link === null ? null : sample(link.href)
    return link === null || text === null ? null : { label: link.text, file: link.href, text }
  })
  return samples.length > 0 && samples.every((each) => each !== null) ? samples : null
}

function onlyLink(tokens: readonly Token[]): Tokens.Link | null {
  const inner =
    tokens.length === 1 && tokens[0]?.type === 'text' ? (tokens[0] as Tokens.Text).tokens : undefined
  const link = inner?.length === 1 && inner[0]?.type === 'link' ? (inner[0] as Tokens.Link) : null
  return link?.href.startsWith('samples/') === true ? link : null
}

function inlines(tokens: readonly Token[]): Inlines {
  return tokens.flatMap(inlineOf)
}

function inlineOf(token: Token): Inlines {
  switch (token.type) {
    case 'text':
    case 'escape': {
      const { tokens, text } = token as Tokens.Text
      return tokens === undefined ? [{ kind: 'text', text: unescaped(text) }] : inlines(tokens)
    }
    case 'codespan':
      return [{ kind: 'code', text: (token as Tokens.Codespan).text }]
    case 'strong':
    case 'em':
    case 'del':
      return [{ kind: token.type, inside: inlines((token as Tokens.Strong).tokens) }]
    case 'br':
      return [{ kind: 'break' }]
    case 'link':
      return linkOf(token as Tokens.Link)
    default:
      return []
  }
}

function linkOf({ href, tokens }: Tokens.Link): Inlines {
  const inside = inlines(tokens)
  const to = addressOf(href)
  return to === null ? inside : [{ kind: 'link', href: to, inside }]
}

/** `secure-hash.md#order` becomes `/docs/secure-hash#order`; what leads out of the documents is no link. */
function addressOf(href: string): string | null {
  // A made-up address such as `http://localhost:PORT` leads nowhere, though it looks like one.
  if (/^https?:\/\//.test(href)) return URL.canParse(href) ? href : null
  if (/^#[\w-]+$/.test(href) || /^\/(?!\/)[\w/-]*$/.test(href)) return href
  const match = /^([\w-]+)\.md(#[\w-]+)?$/.exec(href)
  return match === null ? null : `/docs/${match[1] ?? ''}${match[2] ?? ''}`
}

/** As repositories' viewers make them, so that one link works in both. */
function idOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')
}

function plain(inside: Inlines): string {
  return inside
    .map((inline: Inline) =>
      'text' in inline ? inline.text : 'inside' in inline ? plain(inline.inside) : ' ',
    )
    .join('')
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&nbsp;': ' ' } // prettier-ignore

/** The lexer leaves entities as they were written. */
function unescaped(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|nbsp|#39);/g, (entity) => entities[entity] ?? entity)
}
