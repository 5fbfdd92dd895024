import { html, type Child, type Html } from './html.ts'

export type Column<Row> = {
  readonly head: string
  readonly cell: (row: Row) => Child
  /** Numbers stand at the right, under each other. */
  readonly numeric?: boolean
}

export type Table<Row> = {
  /** Empty where a heading above says it already. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** Said instead of a table without rows. */
  readonly empty: Child
}

/** Rows of data. On a small screen each row becomes a card, with the head of its column before each value. */
export function table<Row>({ caption, columns, rows, empty }: Table<Row>): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`
  return html`<table class="data">
    ${
      caption === ''
        ? null
        : html`<caption>
            ${caption}
          </caption>`
    }
    <thead>
      <tr>
        ${columns.map(({ head, numeric }) => html`<th scope="col" class="${numberClass(numeric)}">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${columns.map((column) => cell(column, row))}
          </tr>`,
      )}
    </tbody>
  </table>`
}

function cell<Row>({ head, cell: print, numeric }: Column<Row>, row: Row): Html {
  return html`<td data-head="${head}" class="${numberClass(numeric)}"><div>${print(row)}</div></td>`
}

function numberClass(numeric: boolean | undefined): string {
  return numeric === true ? 'number' : ''
}

/** Names and their values: an invoice's lines, a person's attributes. `light`: the names matter more. */
export function facts(
  pairs: readonly (readonly [name: Child, value: Child])[],
  tone: 'strong' | 'light' = 'strong',
): Html {
  return html`<dl class="facts ${tone}">
    ${pairs.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}
