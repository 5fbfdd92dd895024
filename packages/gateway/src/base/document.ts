/** A text as a tree. Pages print it with their own tags, so that no document can bring markup of its own. */
export type Document = {
  /** Its name in addresses. */
  readonly slug: string
  readonly title: string
  /** Its first paragraph as plain text. */
  readonly summary: string
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'heading'; readonly depth: number; readonly id: string; readonly inside: Inlines }
  | { readonly kind: 'paragraph'; readonly inside: Inlines }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  /** The same in several languages. */
  | { readonly kind: 'samples'; readonly samples: readonly Sample[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | {
      readonly kind: 'table'
      readonly head: readonly Inlines[]
      readonly rows: readonly (readonly Inlines[])[]
    }
  | { readonly kind: 'quote'; readonly inside: readonly Block[] }
  | { readonly kind: 'rule' }

export type Sample = {
  readonly label: string
  /** The file that it stands in, which is run by the tests; empty when it stands in the text. */
  readonly file: string
  readonly text: string
}

export type Inlines = readonly Inline[]

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'em' | 'del'; readonly inside: Inlines }
  | { readonly kind: 'link'; readonly href: string; readonly inside: Inlines }
  | { readonly kind: 'break' }
