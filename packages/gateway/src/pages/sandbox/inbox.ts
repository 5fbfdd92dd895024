import { sandboxCopy } from '../copy/sandbox.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { hidden, select } from '../ui/field.ts'
import { html, type Html } from '../ui/html.ts'
import { facts } from '../ui/table.ts'
import { live, sandboxPage, unreachable, type SandboxProps } from './frame.ts'
import { hashSteps, type WorkedHash } from './hash-steps.ts'

export type Received = {
  readonly id: number
  readonly at: string
  readonly target: string
  /** Indented when it is JSON. */
  readonly body: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly answered: number
  /** Null when the body carries no hash that we know. */
  readonly hash: WorkedHash | null
}

export type Inbox = SandboxProps & {
  readonly box: string
  readonly boxes: readonly string[]
  /** Null when the simulators do not answer. */
  readonly notices: readonly Received[] | null
  readonly planned: boolean
}

export type Behaviour = keyof typeof sandboxCopy.inbox.behaviours

const words = sandboxCopy.inbox

export function inboxPage(props: Inbox): Html {
  return sandboxPage(
    'inbox',
    props,
    words,
    html`${boxLinks(props)} ${live(1500, addressOf(props.box), list(props))} ${controls(props)}`,
  )
}

function boxLinks({ box, boxes }: Inbox): Html | null {
  if (boxes.length < 2) return null
  return html`<nav class="links" aria-label="${words.boxes}">
    ${boxes.map(
      (each) =>
        html`<a href="${addressOf(each)}" ${each === box ? html`aria-current="page"` : null}>${each}</a>`,
    )}
  </nav>`
}

function list({ notices }: Inbox): Html {
  if (notices === null) return unreachable()
  if (notices.length === 0) return html`<p class="empty">${words.none}</p>`
  return html`<p class="small soft" data-say>${words.newest(notices[0]?.id ?? 0)}</p>
    ${notices.map((notice, place) => received(notice, place === 0))}`
}

function received(notice: Received, newest: boolean): Html {
  const { hash } = notice
  return card(
    { id: `notice-${notice.id}` },
    html`<h2>#${notice.id} ${verdict(hash)}</h2>
      <p class="soft">${notice.at.slice(0, 19).replace('T', ' ')} UTC · ${words.answered(notice.answered)}</p>
      <div class="grid two">
        <div>
          <h3>${words.body}</h3>
          <pre class="wrap"><code>${notice.body}</code></pre>
        </div>
        ${
          hash === null
            ? null
            : html`<details ${newest ? html`open` : html`data-read`}>
                <summary>${words.check}</summary>
                ${hashSteps(hash)}
              </details>`
        }
      </div>
      <details data-read>
        <summary>${words.headers}</summary>
        ${facts(notice.headers.map(([name, value]) => [name, html`<code>${value}</code>`] as const))}
      </details>`,
  )
}

function verdict(hash: WorkedHash | null): Html {
  if (hash === null) return html`<span class="badge soft">${words.unknown}</span>`
  return hash.given === hash.base64
    ? html`<span class="badge good" data-verified="yes">✓ ${words.verified}</span>`
    : html`<span class="badge bad" data-verified="no">✕ ${words.mismatch}</span>`
}

function controls({ box, token, planned }: Inbox): Html {
  const choices = Object.entries(words.behaviours).map(([value, label]) => ({ value, label }))
  return card(
    {},
    html`<form method="post" action="/sandbox/inbox" class="in-line">
      ${hidden('csrf', token)} ${hidden('box', box)}
      ${select({ name: 'behaviour', label: words.behave, choices, ...(planned ? { hint: words.planned } : {}) })}
      ${button({ label: words.behaveDo, tone: 'quiet' })}
    </form>`,
  )
}

function addressOf(box: string): string {
  return `/sandbox/inbox?${new URLSearchParams({ box }).toString()}`
}
