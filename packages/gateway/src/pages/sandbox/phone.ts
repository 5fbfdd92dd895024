import { sandboxCopy } from '../copy/sandbox.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { field, hidden } from '../ui/field.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { notice } from '../ui/notice.ts'
import { facts } from '../ui/table.ts'
import { live, sandboxPage, unreachable, type SandboxProps } from './frame.ts'

/** A request for payment on somebody's phone. */
export type Prompt = {
  readonly id: string
  readonly msisdn: string
  readonly message: string
  readonly state: 'waiting' | 'ignored' | 'ended'
  readonly secondsLeft: number
  readonly askedAt: string
  readonly result: {
    readonly code: string
    readonly description: string
    readonly receipt: string | null
  } | null
  readonly deliveries: readonly { readonly fault: string | null; readonly status: number | null }[]
}

export type Phone = SandboxProps & {
  /** Null when the simulators do not answer. */
  readonly prompts: readonly Prompt[] | null
  readonly magic: readonly { readonly msisdn: string; readonly story: string }[]
  /** Shows only this number's; empty for all. */
  readonly msisdn: string
  /** The request that was answered had ended. */
  readonly gone: boolean
}

/** What a hand on the phone can do, as the simulator names it. */
export const answers = ['approve', 'cancel', 'wrong-pin', 'insufficient', 'ignore'] as const

const words = sandboxCopy.phone

export function phonePage(props: Phone): Html {
  return sandboxPage(
    'phone',
    props,
    words,
    html`${props.gone ? notice({ tone: 'info', children: html`<p>${words.gone}</p>` }) : null}
      <div class="grid side">
        <div>${filter(props)} ${live(1500, addressOf(props), screen(props))}</div>
        ${magicTable(props)}
      </div>`,
  )
}

function filter({ msisdn }: Phone): Html {
  return html`<form method="get" action="/sandbox/phone" class="in-line">
    ${field('en', { name: 'msisdn', label: words.filter, value: msisdn, type: 'tel', optional: true, maxlength: 20 })}
    ${button({ label: words.show, tone: 'quiet' })}
  </form>`
}

function screen(props: Phone): Html {
  if (props.prompts === null) return unreachable()
  const waiting = props.prompts.filter(({ state }) => state !== 'ended').length
  return html`<p class="small soft" data-say>${words.waiting(waiting)}</p>
    <div class="phone">
      <div class="ear" aria-hidden="true"></div>
      ${
        props.prompts.length === 0
          ? html`<p class="empty">${words.none}</p>`
          : props.prompts.map((prompt) => promptCard(props, prompt))
      }
    </div>`
}

function promptCard(props: Phone, prompt: Prompt): Html {
  const open = prompt.state !== 'ended'
  return html`<article class="prompt ${open ? 'open' : ''}">
    <p class="small soft">
      <a class="ref" href="/sandbox/phone?msisdn=${prompt.msisdn}">${prompt.msisdn}</a> ·
      ${prompt.askedAt.slice(11, 19)} UTC · ${standing(prompt)}
    </p>
    <p class="message">${prompt.message}</p>
    ${open ? answerForm(props, prompt) : outcome(prompt)}
  </article>`
}

function standing({ state, secondsLeft }: Prompt): Child {
  if (state === 'ended') return 'ended'
  return state === 'ignored' ? words.ignored : words.left(secondsLeft)
}

function answerForm({ token, msisdn }: Phone, { id }: Prompt): Html {
  return html`<form method="post" action="/sandbox/phone">
    ${hidden('csrf', token)} ${hidden('prompt', id)} ${hidden('msisdn', msisdn)}
    <div class="keys">
      ${answers.map((answer) =>
        button({
          label: words[answer],
          name: 'answer',
          value: answer,
          tone: answer === 'approve' ? 'main' : 'quiet',
        }),
      )}
    </div>
  </form>`
}

function outcome({ result, deliveries }: Prompt): Child {
  if (result === null) return null
  const told = deliveries.map(
    ({ status, fault }) => `${status ?? 'no answer'}${fault === null ? '' : ` (${fault})`}`,
  )
  return html`<p>
      <span class="badge ${result.receipt === null ? 'soft' : 'good'}">${result.code}</span>
      ${result.description}
      ${result.receipt === null ? null : html`<span class="ref">${result.receipt}</span>`}
    </p>
    ${told.length === 0 ? null : html`<p class="small soft">${words.told}: ${told.join(', ')}</p>`}`
}

function magicTable({ magic }: Phone): Html {
  return card(
    { title: words.magic },
    html`<p class="soft">${words.magicMore}</p>
      ${
        magic.length === 0
          ? html`<p class="empty">${sandboxCopy.unreachable}</p>`
          : facts(
              magic.map(({ msisdn, story }) => [html`<code>${msisdn}</code>`, story] as const),
              'light',
            )
      }`,
  )
}

function addressOf({ msisdn }: Phone): string {
  return msisdn === '' ? '/sandbox/phone' : `/sandbox/phone?${new URLSearchParams({ msisdn }).toString()}`
}
