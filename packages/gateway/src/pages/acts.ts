import type { Instant } from '../base/time.ts'
import { sayWhen } from './account/when.ts'
import { adminCopy } from './copy/admin.ts'
import { button } from './ui/button.ts'
import { card } from './ui/card.ts'
import { pager, type Frame } from './ui/desk.ts'
import { field } from './ui/field.ts'
import { html, type Child, type Html } from './ui/html.ts'
import { said } from './ui/said.ts'
import { table } from './ui/table.ts'

export type ActRow = {
  readonly id: string
  readonly at: Instant
  readonly what: string
  readonly byKind: string
  readonly byId: string | null
  readonly aboutKind: string | null
  readonly aboutId: string | null
  readonly details: Readonly<Record<string, unknown>>
}

export type ActFilters = {
  readonly what: string
  readonly by: string
  readonly about: string
  readonly organization?: string
}

export type ActsProps = {
  readonly acts: readonly ActRow[]
  /** Where the filters are sent. */
  readonly action: string
  readonly filters: ActFilters
  readonly newest: string | null
  readonly older: string | null
}

/** The audit trail, or the part of it that somebody may see, with its filters. */
export function actsList({ acts, action, filters, ...pages }: ActsProps, frame: Frame): Html {
  const { locale } = frame
  const words = adminCopy[locale]
  const box = (name: string, label: string, value: string): Html =>
    field(locale, { name, label, value, optional: true, maxlength: 100, type: 'search' })
  return html`${card(
    {},
    html`<form method="get" action="${action}" class="filters">
      ${box('what', words.what, filters.what)} ${box('by', words.byId, filters.by)}
      ${box('about', words.aboutId, filters.about)}
      ${filters.organization === undefined ? null : box('organization', words.organization, filters.organization)}
      <div class="actions">${button({ label: words.filter })}</div>
    </form>`,
  )}
  ${actsTable(acts, frame)} ${pager(locale, pages)}`
}

export function actsTable(acts: readonly ActRow[], { locale }: Frame): Html {
  const words = adminCopy[locale]
  const named = (kind: string | null, id: string | null): Child =>
    kind === null ? null : html`${kind} ${id === null ? null : html`<code class="small">${id}</code>`}`
  return table({
    caption: '',
    rows: acts,
    empty: words.noActs,
    columns: [
      { head: words.when, cell: ({ at }) => sayWhen(locale, at) },
      { head: words.what, cell: ({ what }) => html`<code class="word">${what}</code>` },
      { head: words.by, cell: ({ byKind, byId }) => named(byKind, byId) },
      { head: words.about, cell: ({ aboutKind, aboutId }) => named(aboutKind, aboutId) },
      { head: words.details, cell: ({ details }) => facts(details) },
    ],
  })
}

function facts(details: ActRow['details']): Child {
  return Object.entries(details).map(
    ([name, value]) =>
      html`<div class="small">
        ${name}: ${said(typeof value === 'string' ? value : JSON.stringify(value))}
      </div>`,
  )
}
