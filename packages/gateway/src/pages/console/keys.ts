import type { Instant } from '../../base/time.ts'
import { sayWhen } from '../account/when.ts'
import { keysCopy } from '../copy/keys.ts'
import { actions, button, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskField, deskForm, deskSelect, pager, type Frame } from '../ui/desk.ts'
import { html, type Html } from '../ui/html.ts'
import { plainly, said } from '../ui/said.ts'
import { facts, table } from '../ui/table.ts'
import { mayBuild, warned } from './applications.ts'
import { atOrganization, organizationPage, type DeskProps } from './frame.ts'

type ClientRole = 'merchant' | 'aggregator'
const clientRoles: readonly ClientRole[] = ['merchant', 'aggregator']

export type ClientRow = {
  readonly id: string
  readonly name: string | null
  readonly role: ClientRole
  readonly createdAt: Instant
  readonly endedAt: Instant | null
  /** How many are good. */
  readonly keys: number
}

export type KeysProps = DeskProps & {
  readonly clients: readonly ClientRow[]
  readonly live: boolean
  readonly newest: string | null
  readonly older: string | null
}

export function atKey({ organization }: DeskProps, id: string, path = ''): string {
  return atOrganization(organization.id, `/keys/${encodeURIComponent(id)}${path}`)
}

/** What callers of the signed APIs an organization has, and a form for one more. */
export function keysPage(props: KeysProps, frame: Frame): Html {
  const { locale } = frame
  const words = keysCopy[locale]
  return organizationPage(
    frame,
    props,
    { tab: 'keys', notes: words.notes },
    html`<p class="lead">${words.lead}</p>
      ${table({
        caption: '',
        rows: props.clients,
        empty: mayBuild(props) ? words.none : words.noneToSee,
        columns: [
          {
            head: words.name,
            cell: ({ id, name }) => html`<a href="${atKey(props, id)}">${clientName(name, id)}</a>`,
          },
          { head: words.id, cell: ({ id }) => html`<code>${id}</code>` },
          { head: words.role, cell: ({ role }) => words.roleWords[role] },
          { head: words.state, cell: (row) => clientBadge(row, frame) },
          { head: words.keys, cell: ({ keys, endedAt }) => (endedAt === null ? keys : 0), numeric: true },
          { head: words.madeAt, cell: ({ createdAt }) => sayWhen(locale, createdAt) },
        ],
      })}
      ${pager(locale, props)} ${mayBuild(props) ? issue(props, frame) : null}`,
  )
}

/** What its owners call it; those that the command line made have an id alone. */
function clientName(name: string | null, id: string): Html {
  return said(name ?? id)
}

export function clientBadge({ endedAt }: Pick<ClientRow, 'endedAt'>, { locale }: Frame): Html {
  const words = keysCopy[locale]
  return endedAt === null
    ? html`<span class="badge good">${words.good}</span>`
    : html`<span class="badge soft">${words.over}</span>`
}

function issue(props: KeysProps, frame: Frame): Html {
  const words = keysCopy[frame.locale]
  return card(
    { title: words.issue, id: 'issue' },
    deskForm({ action: atOrganization(props.organization.id, '/keys'), frame }, [
      deskField(frame, { name: 'name', label: words.name, hint: words.nameMore, maxlength: 100 }),
      deskSelect(frame, {
        name: 'role',
        label: words.role,
        hint: props.live ? words.roleLive : words.roleSandbox,
        choices: clientRoles.map((value) => ({ value, label: words.roles[value] })),
      }),
      button({ label: words.issueGo }),
    ]),
  )
}

export type PairProps = DeskProps & {
  readonly client: Pick<ClientRow, 'id' | 'name' | 'role'>
  readonly pair: {
    readonly key: string
    readonly secret: string
    readonly warnings: readonly string[]
    readonly title: 'made' | 'rotated'
  }
}

/** The one page that ever shows a key and its secret. */
export function pairPage(props: PairProps, frame: Frame): Html {
  const words = keysCopy[frame.locale]
  const { client, pair } = props
  return organizationPage(
    frame,
    props,
    { tab: 'keys', title: words[pair.title] },
    html`${warned(pair.warnings, frame)}
    ${card(
      { kind: 'gate' },
      html`${facts([
          [words.name, plainly(client.name ?? client.id)],
          [words.role, words.roleWords[client.role]],
          [words.id, html`<code>${client.id}</code>`],
        ])}
        <p>${words.once}</p>
        <h2>${words.key}</h2>
        <p><code class="secret" id="key">${pair.key}</code></p>
        <h2>${words.secret}</h2>
        <p><code class="secret" id="secret">${pair.secret}</code></p>
        <p class="soft">${words.onceMore}</p>
        ${actions(linkButton({ label: words.done, href: atKey(props, client.id) }))}`,
    )}`,
  )
}
