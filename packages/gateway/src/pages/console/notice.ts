import { toDate, type Instant } from '../../base/time.ts'
import { sayWhen } from '../account/when.ts'
import { noticeAnswersCopy } from '../copy/notice-answers.ts'
import { noticesCopy } from '../copy/notices.ts'
import { actions, button, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskButton, type Frame } from '../ui/desk.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { notice as message } from '../ui/notice.ts'
import { plainly, said } from '../ui/said.ts'
import { facts } from '../ui/table.ts'
import { atOrganization, organizationPage, type DeskProps } from './frame.ts'
import { atNotice, stateOf, type NoticeRow } from './notices.ts'

type Headers = readonly (readonly [name: string, value: string])[]

export type NoticeProps = DeskProps & {
  readonly notice: NoticeRow
  readonly tries: readonly TryRow[]
  /** Where the page's tries begin; null for the newest. */
  readonly behind: number | null
  readonly olderTries: number | null
  readonly restsUntil: Instant | null
  readonly gone: boolean
  readonly mayResend: boolean
}

type TryRow = {
  readonly place: number
  readonly startedAt: Instant
  readonly tookMs: number
  readonly sent: {
    readonly method: string
    readonly url: string
    readonly headers: Headers
    readonly body: string
  } | null
  readonly bodyBytes: number | null
  readonly status: number | null
  readonly answer: string | null
  readonly answerHeaders: Headers | null
  readonly fault: string | null
}

/** One notice: what it says, how far it is, and every try with what was sent and what came back. */
export function noticePage(props: NoticeProps, frame: Frame): Html {
  const words = noticesCopy[frame.locale]
  const { notice, organization, tries } = props
  return organizationPage(
    frame,
    props,
    { tab: 'notices', title: words.one(plainly(notice.event.invoiceNumber)), notes: words.notes },
    html`<p><a href="${atOrganization(organization.id, '/notices')}">← ${words.all}</a></p>
      <div class="grid two">${about(props, frame)} ${resend(props, frame)}</div>
      <h2>${words.tries}</h2>
      ${tries.length === 0 ? html`<p class="empty">${notice.tries === 0 ? words.noTries : words.forgotten}</p>` : null}
      ${tries.map((one, place) => tried(one, place === 0, frame))} ${onward(props, frame)}`,
  )
}

function about({ notice, restsUntil, gone }: NoticeProps, frame: Frame): Html {
  const { locale } = frame
  const words = noticesCopy[locale]
  const { event, service } = notice
  const money = (amount: string): string => `${event.currency} ${amount}`
  const state = words.invoiceStates[event.state]
  const waits = notice.state === 'waiting'
  return card(
    {},
    html`${facts([
      [words.state, stateOf(notice, frame)],
      [words.number, html`<code>${event.invoiceNumber}</code> ${said(event.reference)}`],
      [words.service, said(`${service.name} (${service.code})`)],
      [words.what, words.saying(money(event.paid), money(event.expected), state)],
      [words.place, event.sequence],
      [words.to, html`<code>${notice.endpoint}</code>`],
      ['webhook-id', html`<code>msg_${notice.id}</code>`],
      [words.when, exactly(notice.createdAt, frame)],
      ...(notice.deliveredAt === null
        ? []
        : [[words.deliveredAt, exactly(notice.deliveredAt, frame)] as const]),
      [words.tried, notice.tries],
      ...(waits ? [[words.nextTry, exactly(notice.nextAt, frame)] as const] : []),
    ])}
    ${
      waits && restsUntil !== null
        ? message({ tone: 'warn', children: html`<p>${words.rests(sayWhen(locale, restsUntil))}</p>` })
        : null
    }
    ${gone ? message({ tone: 'warn', children: html`<p>${words.gone}</p>` }) : null}`,
  )
}

function resend({ organization, notice, mayResend }: NoticeProps, frame: Frame): Child {
  const words = noticesCopy[frame.locale]
  const here = atNotice(organization.id, notice.id)
  const look = linkButton({ label: words.look, href: here, tone: 'quiet' })
  if (!mayResend) return card({}, actions(look))
  return card(
    { title: words.resend, id: 'resend' },
    html`<p class="soft">${words.resendMore}</p>
      ${deskButton({ action: `${here}/resend`, frame }, {}, actions(button({ label: words.resendGo }), look))}`,
  )
}

function tried(one: TryRow, open: boolean, frame: Frame): Html {
  const words = noticesCopy[frame.locale]
  return card(
    { id: `try-${one.place}` },
    html`<details ${open ? html`open` : null}>
      <summary>
        <strong>${words.try(one.place)}</strong> ${outcome(one)}
        <span class="small soft">${exactly(one.startedAt, frame)} · ${words.took(one.tookMs)}</span>
      </summary>
      <div class="grid two">
        <div>
          <h3>${words.request}</h3>
          ${sent(one, frame)}
        </div>
        <div>
          <h3>${words.answer}</h3>
          ${heard(one, frame)}
        </div>
      </div>
    </details>`,
  )
}

function outcome({ status, fault }: TryRow): Html {
  const received = status !== null && status >= 200 && status < 300
  return html`<span class="badge ${received ? 'good' : 'bad'}">${status ?? fault}</span>`
}

function sent({ sent: request, bodyBytes }: TryRow, { locale }: Frame): Html {
  const words = noticesCopy[locale]
  if (request === null) return html`<p>${words.notSent}</p>`
  // Letters of it are at most bytes of it, so that fewer letters and no more bytes mean that all is here.
  const kept = new TextEncoder().encode(request.body).length
  return html`<p><code>${request.method} ${request.url}</code></p>
    ${fields(request.headers, locale)} ${bytes(request.body, locale)}
    ${bodyBytes !== null && kept < bodyBytes ? html`<p class="small soft">${words.cut(bodyBytes)}</p>` : null}`
}

function heard({ status, answer, answerHeaders, fault }: TryRow, { locale }: Frame): Html {
  const words = noticesCopy[locale]
  const { statuses, otherStatus, faults, otherFault } = noticeAnswersCopy[locale]
  if (status === null) return html`<p>${faults[fault ?? ''] ?? otherFault}</p>`
  const meaning = statuses[String(status)] ?? statuses[String(status).slice(0, 1)] ?? otherStatus
  return html`<p><code>HTTP ${status}</code> ${meaning}</p>
    ${fields(answerHeaders ?? [], locale)}
    ${answer === null || answer === '' ? html`<p class="small soft">${words.emptyBody}</p>` : bytes(answer, locale)}
    ${(answer ?? '').length >= mostOfAnAnswer ? html`<p class="small soft">${words.answerCut}</p>` : null}`
}

const mostOfAnAnswer = 2048

function fields(headers: Headers, locale: Frame['locale']): Child {
  if (headers.length === 0) return null
  return html`<h4 class="small">${noticesCopy[locale].headers}</h4>
    <ul class="small plain">
      ${headers.map(([name, value]) => html`<li><code>${name}: ${value}</code></li>`)}
    </ul>`
}

function bytes(text: string, locale: Frame['locale']): Html {
  return html`<h4 class="small">${noticesCopy[locale].body}</h4>
    <pre class="wrap" dir="ltr"><code>${text}</code></pre>` // prettier-ignore -- each character in it is shown
}

/** For people, and as logs have it. */
function exactly(at: Instant, { locale }: Frame): Html {
  const utc = toDate(at).toISOString()
  return html`${sayWhen(locale, at)}
    <time class="small soft" datetime="${utc}">(${utc.slice(11, 19)} UTC)</time>`
}

function onward({ organization, notice, behind, olderTries }: NoticeProps, { locale }: Frame): Child {
  if (behind === null && olderTries === null) return null
  const words = noticesCopy[locale]
  const here = atNotice(organization.id, notice.id)
  return html`<nav class="actions" aria-label="${words.tried}">
    ${behind === null ? null : html`<a class="button quiet" href="${here}">${words.newestTries}</a>`}
    ${
      olderTries === null
        ? null
        : html`<a class="button quiet" href="${here}?behind=${olderTries}" rel="next">${words.olderTries}</a>`
    }
  </nav>`
}
