import type { Instant } from '../../base/time.ts'
import { sayWhen } from '../account/when.ts'
import { keysCopy } from '../copy/keys.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskButton, deskField, deskForm, deskSelect, type Frame } from '../ui/desk.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { notice } from '../ui/notice.ts'
import { plainly, said } from '../ui/said.ts'
import { facts } from '../ui/table.ts'
import { mayBuild } from './applications.ts'
import { organizationPage, type DeskProps } from './frame.ts'
import { atKey, clientBadge, type ClientRow } from './keys.ts'

export type KeyProps = DeskProps & {
  readonly client: ClientRow & { readonly lenientHash: boolean; readonly servesAll: boolean }
  /** Good ones, newest first. */
  readonly keys: readonly {
    readonly id: string
    readonly createdAt: Instant
    readonly retiresAt: Instant | null
    readonly weak: boolean
  }[]
  readonly linked: readonly { readonly id: string; readonly name: string }[]
}

/** One caller of the signed APIs: its keys and when they end, and what can be done about them. */
export function keyPage(props: KeyProps, frame: Frame): Html {
  const words = keysCopy[frame.locale]
  const { client } = props
  const may = mayBuild(props) && client.endedAt === null
  return organizationPage(
    frame,
    props,
    { tab: 'keys', title: plainly(client.name ?? client.id), notes: words.notes },
    html`${risks(props, frame)}
      <div class="grid two">
        <div>${about(props, frame)} ${may ? rename(props, frame) : null}</div>
        <div>
          ${client.endedAt === null ? keys(props, frame) : null}
          ${may ? [rotate(props, frame), end(props, frame)] : null}
        </div>
      </div>`,
  )
}

/** What is weaker than ours stands here until it is replaced. */
function risks({ client, keys: all }: KeyProps, { locale }: Frame): Child {
  const words = keysCopy[locale]
  const lines = [
    ...(all.some(({ weak }) => weak) ? [words.weak] : []),
    ...(client.lenientHash ? [words.lenient] : []),
  ]
  return lines.map((line) => notice({ tone: 'warn', children: html`<p>${line}</p>` }))
} // prettier-ignore -- a condition a line would hide that it is a list

function about({ client, linked }: KeyProps, frame: Frame): Html {
  const { locale } = frame
  const words = keysCopy[locale]
  const whom = client.servesAll
    ? words.servesAll
    : linked.length === 0
      ? words.servesNobody
      : linked.map(({ name }) => html`<div>${said(name)}</div>`)
  return card(
    {},
    facts([
      [words.id, html`<code>${client.id}</code>`],
      [words.role, html`${words.roleWords[client.role]}`],
      [words.may, words.mays[client.role]],
      [words.state, clientBadge(client, frame)],
      [words.madeAt, sayWhen(locale, client.createdAt)],
      ...(client.endedAt === null ? [] : [[words.endedAt, sayWhen(locale, client.endedAt)] as const]),
      ...(client.role === 'aggregator' ? [[words.serves, whom] as const] : []),
    ]),
  )
}

function keys(props: KeyProps, frame: Frame): Html {
  const { locale } = frame
  const words = keysCopy[locale]
  const action = atKey(props, props.client.id, '/end-key')
  const endsEarly = mayBuild(props) && props.keys.length > 1
  return card(
    { title: words.keys, id: 'keys' },
    html`<ul>
        ${props.keys.map(
          ({ id, createdAt, retiresAt }, place) =>
            html`<li>
              ${words.keyOf(sayWhen(locale, createdAt))},
              ${retiresAt === null ? words.noEnd : words.ends(sayWhen(locale, retiresAt))}
              ${
                endsEarly
                  ? deskButton(
                      { action, frame, inLine: true },
                      { key: id },
                      button({
                        label: place === 0 ? words.endNewer : words.endOlder(sayWhen(locale, createdAt)),
                        tone: 'danger',
                      }),
                    )
                  : null
              }
            </li>`,
        )}
      </ul>
      <p class="soft">${words.keysMore}</p>`,
  )
}

const overlaps = ['at once', 'an hour', 'a day', 'a week'] as const

function rotate(props: KeyProps, frame: Frame): Html {
  const words = keysCopy[frame.locale]
  return card(
    { title: words.rotate, id: 'rotate' },
    html`<p class="soft">${words.rotateMore}</p>
      ${deskForm({ action: atKey(props, props.client.id, '/rotate'), frame }, [
        deskSelect(frame, {
          name: 'overlap',
          label: words.overlap,
          value: props.keys.length > 1 ? 'at once' : 'a day',
          choices: overlaps.map((value) => ({ value, label: words.overlaps[value] })),
        }),
        html`<p class="soft">${words.inFlight}</p>`,
        button({ label: words.rotateGo, tone: 'quiet' }),
      ])}`,
  )
}

function rename(props: KeyProps, frame: Frame): Html {
  const words = keysCopy[frame.locale]
  return card(
    { title: words.rename },
    deskForm({ action: atKey(props, props.client.id, '/rename'), frame }, [
      deskField(frame, {
        name: 'name',
        label: words.name,
        hint: words.nameMore,
        value: props.client.name ?? '',
        maxlength: 100,
      }),
      button({ label: words.renameGo, tone: 'quiet' }),
    ]),
  )
}

function end(props: KeyProps, frame: Frame): Html {
  const words = keysCopy[frame.locale]
  const { id, role } = props.client
  return card(
    { title: words.end, id: 'end' },
    html`<p class="soft">${words.endMore[role]}</p>
      ${deskForm({ action: atKey(props, id, '/end'), frame }, [
        deskField(frame, { name: 'confirm', label: words.confirm(id), maxlength: 200, autocomplete: 'off' }),
        button({ label: words.endGo, tone: 'danger' }),
      ])}`,
  )
}
