import { importCopy } from '../copy/import.ts'
import type { Frame } from '../ui/desk.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { said } from '../ui/said.ts'
import { table } from '../ui/table.ts'

export type ImportedRow = {
  readonly kind: 'application' | 'api-client' | 'service' | 'origin'
  readonly name: string
  readonly more: readonly string[]
  readonly outcome: 'new' | 'asked' | 'there' | 'refused'
  readonly because: string | null
  readonly warnings: readonly string[]
  readonly takenBy: string | null
}

export type ImportShown = {
  readonly id: string
  readonly state: 'drafted' | 'waiting' | 'done' | 'declined'
  readonly because: string | null
  readonly rows: readonly ImportedRow[]
}

const tones = { new: 'good', asked: 'info', there: 'soft', refused: 'bad' } as const

/** What becomes of each thing that a document names. */
export function importRows({ state, rows }: ImportShown, { locale }: Frame): Html {
  const words = importCopy[locale]
  const outcomes = state === 'done' ? words.ended : words.outcomes
  return table({
    caption: '',
    rows,
    empty: '',
    columns: [
      { head: words.kind, cell: ({ kind }) => words.kinds[kind] },
      {
        head: words.name,
        cell: ({ name, more }) =>
          html`<code>${said(name)}</code>${more.map((line) => html`<div class="small">${said(line)}</div>`)}`,
      },
      {
        head: words.outcome,
        cell: (row) =>
          html`<span class="badge ${tones[row.outcome]}">${outcomes[row.outcome]}</span
            >${remarks(row, words.takenBy)}`,
      },
    ],
  })
}

/** Why it is refused and what to look at twice: the same sentences that programs are told, in English. */
function remarks({ because, warnings, takenBy }: ImportedRow, taken: string): Child {
  const lines = [...(because === null ? [] : because.split('\n')), ...warnings]
  return [
    lines.map((line) => html`<p class="small" lang="en">${said(line)}</p>`),
    takenBy === null
      ? null
      : html`<p class="small">
          ${taken} <a href="/admin/organizations/${takenBy}"><code>${takenBy}</code></a>
        </p>`,
  ]
}
