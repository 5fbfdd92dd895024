import type { Instant } from '../../base/time.ts'
import { sayWhen } from '../account/when.ts'
import { noticesCopy } from '../copy/notices.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import type { Frame } from '../ui/desk.ts'
import { field, select } from '../ui/field.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { said } from '../ui/said.ts'
import { table } from '../ui/table.ts'
import { atOrganization, organizationPage, type DeskProps } from './frame.ts'

type StateWord = 'waiting' | 'sending' | 'delivered' | 'given-up'

export type NoticeRow = {
  readonly id: string
  readonly event: {
    readonly invoiceNumber: string
    readonly reference: string
    readonly sequence: number
    readonly state: 'pending' | 'partial' | 'settled' | 'cancelled'
    readonly currency: string
    readonly paid: string
    readonly expected: string
  }
  readonly endpoint: string
  readonly state: StateWord
  readonly tries: number
  readonly nextAt: Instant
  readonly createdAt: Instant
  readonly deliveredAt: Instant | null
  readonly service: Service
}

type Service = { readonly code: string; readonly name: string }

export type NoticesProps = DeskProps & {
  readonly notices: readonly NoticeRow[]
  readonly services: readonly Service[]
  readonly asked: { readonly state: string; readonly service: string; readonly called: string }
  readonly newest: string | null
  readonly older: string | null
}

/** The notices of one organization. */
export function noticesPage(props: NoticesProps, frame: Frame): Html {
  const { locale } = frame
  const words = noticesCopy[locale]
  const { organization } = props
  return organizationPage(
    frame,
    props,
    { tab: 'notices' },
    html`<p class="lead">${words.lead}</p>
      <p><a href="${atOrganization(organization.id, '/notices/settings')}">${words.settingsLink}</a></p>
      ${card({}, search(props, frame))}
      ${table({
        caption: '',
        rows: props.notices,
        empty: emptyWord(props, frame),
        columns: [
          {
            head: words.invoice,
            cell: ({ id, event, service }) =>
              html`<a href="${atNotice(organization.id, id)}"
                  >${said(event.invoiceNumber)} #${event.sequence}</a
                >
                <div class="small soft">${said(event.reference)}</div>
                <div class="small soft">${said(service.name)}</div>`,
          },
          { head: words.when, cell: ({ createdAt }) => sayWhen(locale, createdAt) },
          { head: words.to, cell: ({ endpoint }) => html`<code>${endpoint}</code>` },
          { head: words.state, cell: (row) => stateOf(row, frame) },
        ],
      })}
      ${onward(props, frame)}`,
  )
}

export function atNotice(organizationId: string, noticeId: string, path = ''): string {
  return atOrganization(organizationId, `/notices/${noticeId}${path}`)
}

function emptyWord({ asked, older }: NoticesProps, { locale }: Frame): string {
  const words = noticesCopy[locale]
  if (older !== null) return words.lookFurther
  return Object.values(asked).every((text) => text === '') ? words.none : words.noneSuch
}

function search({ organization, asked, services }: NoticesProps, { locale }: Frame): Html {
  const words = noticesCopy[locale]
  const { waiting, delivered, 'given-up': givenUp } = words.states
  return html`<form method="get" action="${atOrganization(organization.id, '/notices')}" class="filters">
    ${field(locale, { name: 'called', label: words.called, hint: words.calledMore, value: asked.called, optional: true, maxlength: 200, type: 'search' })}
    ${select({
      name: 'state',
      label: words.state,
      value: asked.state,
      choices: [
        { value: '', label: words.anyState },
        { value: 'waiting', label: waiting },
        { value: 'delivered', label: delivered },
        { value: 'given-up', label: givenUp },
      ],
    })}
    ${select({
      name: 'service',
      label: words.service,
      value: asked.service,
      choices: [
        { value: '', label: words.anyService },
        ...services.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
      ],
    })}
    <div class="actions">${button({ label: words.find })}</div>
  </form>`
}

/** How far its delivery is, with what follows. */
export function stateOf({ state, tries, nextAt, deliveredAt }: NoticeRow, { locale }: Frame): Html {
  const words = noticesCopy[locale]
  const tone = { waiting: 'info', sending: 'info', delivered: 'good', 'given-up': 'bad' }[state]
  const failures = tries > 0 && state !== 'delivered' && state !== 'sending'
  return html`<span class="badge ${tone}">${words.states[state]}</span> ${
      failures && deliveredAt === null ? html`<div class="small">${words.failedTimes(tries)}</div>` : null
    }
    ${failures && state === 'waiting' ? html`<div class="small soft">${words.next(sayWhen(locale, nextAt))}</div>` : null}`
}

/** A queue's head is no newest entry, so this list has words of its own for where it goes on. */
function onward({ newest, older, asked }: NoticesProps, { locale }: Frame): Child {
  if (newest === null && older === null) return null
  const words = noticesCopy[locale]
  return html`<nav
    class="actions"
    aria-label="${asked.state === 'waiting' ? words.states.waiting : words.all}"
  >
    ${newest === null ? null : html`<a class="button quiet" href="${newest}">${words.first}</a>`}
    ${older === null ? null : html`<a class="button quiet" href="${older}" rel="next">${words.more}</a>`}
  </nav>`
}
