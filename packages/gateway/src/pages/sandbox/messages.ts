import { toDate, type Instant } from '../../base/time.ts'
import { sandboxCopy } from '../copy/sandbox.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { field } from '../ui/field.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { plainly, said } from '../ui/said.ts'
import { live, sandboxPage, type SandboxProps } from './frame.ts'

/** An e-mail or SMS that the gateway wrote to somebody. */
export type Letter = {
  readonly id: string
  readonly medium: 'email' | 'sms'
  readonly address: string
  readonly at: Instant
  readonly state: 'waiting' | 'sent' | 'given-up'
  readonly because: string | null
  /** Null once its text is gone. */
  readonly letter: { readonly subject: string; readonly text: string } | null
}

export type Letters = SandboxProps & {
  readonly letters: readonly Letter[]
  /** As it was typed; empty for everybody's. */
  readonly to: string
}

const words = sandboxCopy.messages

export function messagesPage(props: Letters): Html {
  return sandboxPage(
    'messages',
    props,
    words,
    html`${filter(props)} ${live(1500, addressOf(props), list(props))}`,
  )
}

function filter({ to }: Letters): Html {
  return html`<form method="get" action="/sandbox/messages" class="in-line">
    ${field('en', { name: 'to', label: words.filter, value: plainly(to), optional: true, maxlength: 254 })}
    ${button({ label: words.show, tone: 'quiet' })}
    ${to === '' ? null : html`<a href="/sandbox/messages">${words.all}</a>`}
  </form>`
}

function list({ letters, to }: Letters): Html {
  if (letters.length === 0) return html`<p class="empty">${to === '' ? words.none : words.noneTo}</p>`
  return html`<p class="small soft" data-say>${words.newest(letters.length)}</p>
    ${letters.map(one)}`
}

function one({ id, medium, address, at, letter, ...how }: Letter): Html {
  const to = medium === 'sms' ? `+${address}` : address
  const time = toDate(at).toISOString().slice(0, 19).replace('T', ' ')
  const subject = letter === null || medium === 'sms' ? null : said(letter.subject)
  return card(
    { id: `message-${id}` },
    html`<h2>${words[medium]} → ${said(to)}</h2>
      <p class="soft">${time} UTC ${state(how)}</p>
      ${subject === null ? null : html`<p><strong>${subject}</strong></p>`}
      ${letter === null ? html`<p class="soft">${words.gone}</p>` : html`<p>${lines(letter.text)}</p>`}`,
  )
}

function state({ state: now, because }: Pick<Letter, 'state' | 'because'>): Html {
  const why = because === null ? null : ` · ${because}`
  if (now === 'sent') return html`<span class="badge good">✓ ${words.sent}</span>`
  if (now === 'waiting') return html`<span class="badge info">${words.waiting}</span>${why}`
  return html`<span class="badge bad">✕ ${words['given-up']}</span>${why}`
}

/** Its lines, and whatever is an address of ours as a link: in an inbox it would be one too. */
function lines(text: string): readonly Child[] {
  return text.split('\n').map((line) => html`${line.split(/(https?:\/\/\S+)/).map(linked)}<br />`)
}

function linked(part: string): Child {
  return /^https?:\/\//.test(part) ? html`<a href="${part}">${part}</a>` : part
}

function addressOf({ to }: Letters): string {
  return to === '' ? '/sandbox/messages' : `/sandbox/messages?${new URLSearchParams({ to }).toString()}`
}
