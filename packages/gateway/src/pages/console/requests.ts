import type { Locale } from '../../base/locale.ts'
import type { Instant } from '../../base/time.ts'
import { sayWhen } from '../account/when.ts'
import { refusalAnswerCopy, type AnswerCode } from '../copy/refusal-answer.ts'
import {
  refusalReasonCopy,
  type EndCode,
  type ReasonCode,
  type ReasonDetails,
} from '../copy/refusal-reason.ts'
import { requestLogCopy } from '../copy/request-log.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { pager, type Frame } from '../ui/desk.ts'
import { field } from '../ui/field.ts'
import { html, type Html } from '../ui/html.ts'
import { notice } from '../ui/notice.ts'
import { said } from '../ui/said.ts'
import { table } from '../ui/table.ts'
import { atOrganization, organizationPage, type DeskProps } from './frame.ts'

export type RequestsProps = DeskProps & {
  readonly rows: readonly RefusedRow[]
  readonly asked: { readonly id: string; readonly client: string; readonly code: string }
  /** Whether an id was asked for that is not there. */
  readonly missing: boolean
  readonly newest: string | null
  readonly older: string | null
}

type RefusedRow = {
  readonly id: string
  readonly at: Instant
  readonly clientId: string
  readonly endpoint: string
  readonly code: string
  readonly reason: { readonly code: ReasonCode; readonly details: ReasonDetails } | null
  readonly because: string
  readonly parameters: readonly (readonly [name: string, value: string | null])[]
}

/** The request log of one organization. */
export function requestsPage(props: RequestsProps, frame: Frame): Html {
  const { locale } = frame
  const words = requestLogCopy[locale]
  return organizationPage(
    frame,
    props,
    { tab: 'requests' },
    html`<p class="lead">${words.lead}</p>
      ${card({}, search(props, frame))}
      ${props.missing ? notice({ tone: 'warn', children: html`<p>${words.notFound}</p>` }) : null}
      ${table({
        caption: '',
        rows: props.rows,
        empty: words.none,
        columns: [
          {
            head: words.when,
            cell: ({ at, id }) =>
              html`${sayWhen(locale, at)}
                <div class="small"><code>${id}</code></div>`,
          },
          {
            head: words.what,
            cell: ({ endpoint, clientId }) =>
              html`<code>${endpoint}</code>
                <div class="small soft">${clientId === '' ? words.nobody : said(clientId)}</div>`,
          },
          { head: words.code, cell: ({ code }) => html`<code>${code}</code>` },
          { head: words.reason, cell: (row) => reason(row, frame) },
        ],
      })}
      ${pager(locale, props)}`,
  )
}

function search({ organization, asked }: RequestsProps, { locale }: Frame): Html {
  const words = requestLogCopy[locale]
  const action = atOrganization(organization.id, '/requests')
  return html`<form method="get" action="${action}" class="filters">
    ${field(locale, { name: 'id', label: words.id, hint: words.idMore, value: asked.id, optional: true, maxlength: 36, type: 'search' })}
    ${field(locale, { name: 'client', label: words.application, value: asked.client, optional: true, maxlength: 200, type: 'search' })}
    ${field(locale, { name: 'code', label: words.code, value: asked.code, optional: true, maxlength: 60, type: 'search' })}
    <div class="actions">${button({ label: words.find })}</div>
  </form>`
}

function reason(row: RefusedRow, { locale }: Frame): Html {
  const words = requestLogCopy[locale]
  const { parameters } = row
  return html`${why(row, locale)}
  ${
    parameters.length === 0
      ? null
      : html`<details>
          <summary>${words.sent}</summary>
          <ul class="small">
            ${parameters.map(
              ([name, value]) =>
                html`<li>
                  <code>${name}</code>:
                  ${value === null ? html`<span class="soft">${words.hidden}</span>` : html`<code>${value}</code>`}
                </li>`,
            )}
          </ul>
        </details>`
  }`
}

/** Rows from before the reasons had names, and names that only a newer release knows, are shown as they are on record. */
function why({ reason: known, because, code }: RefusedRow, locale: Locale): Html {
  const { reasons } = refusalReasonCopy[locale]
  if (known !== null && Object.hasOwn(reasons, known.code))
    return html`${filled(reasons[known.code], known.details, locale)}`
  const answers = refusalAnswerCopy[locale]
  const meaning = Object.hasOwn(answers, code) ? answers[code as AnswerCode] : null
  return html`${meaning} <span lang="en">${because}</span>`
}

function filled(sentence: string, details: ReasonDetails, locale: Locale): string {
  const { ends } = refusalReasonCopy[locale]
  return sentence.replaceAll(/\{(at|kind|method|because)\}/g, (_whole, name: keyof ReasonDetails) => {
    const text = details[name] ?? '?'
    return name === 'because' && Object.hasOwn(ends, text) ? ends[text as EndCode] : text
  })
}
