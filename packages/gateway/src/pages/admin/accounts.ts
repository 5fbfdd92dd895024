import type { Instant } from '../../base/time.ts'
import { sayWhen } from '../account/when.ts'
import type { RoleWord } from '../console/frame.ts'
import { adminCopy } from '../copy/admin.ts'
import { consoleCopy } from '../copy/console.ts'
import { removalCopy } from '../copy/removal.ts'
import { actsTable, type ActRow } from '../acts.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskField, deskForm, deskArea, type Frame } from '../ui/desk.ts'
import { field } from '../ui/field.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { plainly, said } from '../ui/said.ts'
import { facts } from '../ui/table.ts'
import { adminPage, reasonForm, type AdminFrame } from './frame.ts'

export function searchPage(_nothing: null, frame: AdminFrame): Html {
  const words = adminCopy[frame.locale]
  return adminPage(
    frame,
    'accounts',
    words.search,
    card(
      {},
      html`<p class="soft">${words.searchMore}</p>
        ${deskForm({ action: '/admin/accounts', frame }, [
          deskField(frame, { name: 'who', label: words.who, maxlength: 254, autocomplete: 'off' }),
          deskArea(frame, { name: 'because', label: words.because, hint: words.becauseMore, rows: 2 }),
          button({ label: words.find }),
        ])}`,
    ),
  )
}

export type WatchedProps =
  | { readonly kind: 'closed'; readonly accountId: string }
  | {
      readonly kind: 'open'
      readonly accountId: string
      readonly mayChange: boolean
      readonly because: string
      readonly name: string
      /** Masked. */
      readonly idNumber: string
      readonly email: string | null
      readonly phone: string | null
      readonly active: boolean
      readonly sessions: number
      readonly memberships: readonly {
        readonly organizationId: string
        readonly name: string
        readonly role: RoleWord
      }[]
      /** Whether there is a second factor, and the request to take them off that waits. */
      readonly guarded: boolean
      readonly removal: {
        readonly askedAt: Instant
        readonly dueAt: Instant
        readonly endsAt: Instant
        readonly because: string
        readonly isDue: boolean
      } | null
      readonly acts: readonly ActRow[]
    }

/** One account; without a reason there is nothing to see but the question for one. */
export function watchedPage(props: WatchedProps, frame: AdminFrame): Html {
  const words = adminCopy[frame.locale]
  if (props.kind === 'closed') {
    return adminPage(
      frame,
      'accounts',
      words.account,
      card(
        {},
        html`<p>${words.openMore}</p>
          <form method="get" action="/admin/accounts/${props.accountId}">
            ${field(frame.locale, { name: 'because', label: words.because, hint: words.becauseMore, maxlength: 500 })}
            ${button({ label: words.open })}
          </form>`,
      ),
    )
  }
  return adminPage(
    frame,
    'accounts',
    plainly(props.name),
    html`<div class="grid two">
        <div>${about(props, frame)} ${card({ title: words.memberships }, memberships(props, frame))}</div>
        <div>${props.mayChange ? [deeds(props, frame), lost(props, frame)] : null}</div>
      </div>
      ${card({ title: words.itsActs }, actsTable(props.acts, frame))}`,
  )
}

type Open = Extract<WatchedProps, { readonly kind: 'open' }>

function about({ idNumber, email, phone, active, sessions }: Open, { locale }: Frame): Html {
  const words = adminCopy[locale]
  return card(
    {},
    facts([
      [
        words.standing,
        html`<span class="badge ${active ? 'good' : 'bad'}">${active ? words.active : words.closed}</span>`,
      ],
      [words.idNumber, idNumber],
      [words.email, email === null ? '' : said(email)],
      [words.phone, phone === null ? '' : `+${phone}`],
      [words.sessions, words.sessionCount(sessions)],
    ]),
  )
}

function memberships({ memberships: rows }: Open, { locale }: Frame): Child {
  const words = adminCopy[locale]
  if (rows.length === 0) return html`<p class="empty">${words.noMemberships}</p>`
  return html`<ul>
    ${rows.map(
      ({ organizationId, name, role }) =>
        html`<li>
          <a href="/admin/organizations/${organizationId}">${said(name)}</a>,
          ${consoleCopy[locale].roles[role]}
        </li>`,
    )}
  </ul>`
}

function deeds({ accountId, active }: Open, frame: AdminFrame): Html {
  const words = adminCopy[frame.locale]
  const deed = active ? 'disable' : 'enable'
  return card(
    { title: words.decide },
    html`<p class="soft">${words.deedsMore}</p>
      ${reasonForm(frame, `/admin/accounts/${accountId}`, 'because', [
        button({ label: words.deeds['sign-out'], tone: 'quiet', name: 'deed', value: 'sign-out' }),
        button({ label: words.deeds[deed], tone: active ? 'danger' : 'main', name: 'deed', value: deed }),
      ])}`,
  )
}

/** For whoever lost every second factor: asked for, waited for, done or taken back. */
function lost({ accountId, guarded, removal }: Open, frame: Frame): Html {
  const words = removalCopy[frame.locale]
  if (!guarded) return card({ title: words.title }, html`<p class="empty">${words.none}</p>`)
  const press = (deed: 'ask' | 'finish' | 'withdraw', tone: 'quiet' | 'danger') =>
    button({ label: words.deeds[deed], tone, name: 'deed', value: deed })
  return card(
    { title: words.title },
    html`<p class="soft">${words.lead}</p>
      ${removal === null ? null : waits(removal, frame)}
      ${reasonForm(
        frame,
        `/admin/accounts/${accountId}/factors`,
        'because-factors',
        removal === null
          ? press('ask', 'danger')
          : [press('withdraw', 'quiet'), removal.isDue ? press('finish', 'danger') : null],
      )}`,
  )
}

function waits(removal: NonNullable<Open['removal']>, { locale }: Frame): Html {
  const words = removalCopy[locale]
  const from = sayWhen(locale, removal.dueAt)
  return facts([
    [words.asked, sayWhen(locale, removal.askedAt)],
    [adminCopy[locale].because, said(removal.because)],
    [words.due, html`${from} ${words.until} ${sayWhen(locale, removal.endsAt)}`],
  ])
}
