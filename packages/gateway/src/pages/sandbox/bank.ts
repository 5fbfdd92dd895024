import { sandboxCopy } from '../copy/sandbox.ts'
import { button, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { field, hidden } from '../ui/field.ts'
import { html, type Html } from '../ui/html.ts'
import { notice } from '../ui/notice.ts'
import { sandboxPage, type SandboxProps } from './frame.ts'
import { hashSteps, type WorkedHash } from './hash-steps.ts'

/** What the cashier typed. The names are those of the wire. */
export type Slip = {
  readonly ref_no: string
  readonly amount: string
  readonly gateway_transaction_id: string
  readonly gateway_transaction_date: string
  readonly customer_name: string
  readonly customer_account_number: string
}

export type Exchange = {
  readonly url: string
  /** The JSON that was sent, indented. */
  readonly sent: string
  readonly hash: WorkedHash
  readonly answer: { readonly status: number; readonly body: string } | { readonly because: string }
}

export type Bank = SandboxProps & { readonly slip: Slip; readonly exchange: Exchange | null }

export const bankDeeds = ['validate', 'confirm', 'wrong-hash'] as const
export type BankDeed = (typeof bankDeeds)[number]

const words = sandboxCopy.bank

export function bankPage(props: Bank): Html {
  return sandboxPage(
    'bank',
    props,
    words,
    html`<div class="grid side">
      <div>${counter(props)}</div>
      <div>${props.exchange === null ? suggestions() : exchanged(props.exchange)}</div>
    </div>`,
  )
}

function counter({ slip, token }: Bank): Html {
  const asked: readonly (readonly [name: keyof Slip, label: string, hint?: string])[] = [
    ['ref_no', words.bill, words.billHint],
    ['amount', words.amount],
    ['gateway_transaction_id', words.transaction, words.transactionHint],
    ['gateway_transaction_date', words.date],
    ['customer_name', words.name],
    ['customer_account_number', words.account],
  ]
  return card(
    {},
    html`<form method="post" action="/sandbox/bank">
      ${hidden('csrf', token)}
      ${asked.map(([name, label, hint]) =>
        field('en', {
          name,
          label,
          value: slip[name],
          maxlength: 120,
          ...(hint === undefined ? {} : { hint }),
        }),
      )}
      <div class="keys even">
        ${bankDeeds.map((deed) =>
          button({
            label: words[deed],
            name: 'deed',
            value: deed,
            tone: deed === 'confirm' ? 'main' : 'quiet',
          }),
        )}
        ${linkButton({
          label: words.another,
          href: `/sandbox/bank?${new URLSearchParams({ ref_no: slip.ref_no }).toString()}`,
          tone: 'quiet',
        })}
      </div>
    </form>`,
  )
}

function exchanged({ url, sent, hash, answer }: Exchange): Html {
  const body =
    'because' in answer
      ? notice({ tone: 'bad', title: words.noAnswer, children: html`<p>${answer.because}</p>` })
      : html`<p>
            <span class="badge ${answer.status < 400 ? 'good' : 'bad'}" id="answer-status"
              >${answer.status}</span
            >
          </p>
          <pre class="wrap" id="answer-body"><code>${answer.body}</code></pre>`
  return html`${card({ title: words.answered }, body)}
  ${card(
    { title: words.sent },
    html`<p><code>POST ${url}</code></p>
      <pre class="wrap"><code>${sent}</code></pre>`,
  )}
  ${card({ title: words.hashed }, hashSteps(hash))}`
}

function suggestions(): Html {
  return card(
    { title: words.tries },
    html`<ul>
      ${words.tryList.map((each) => html`<li>${each}</li>`)}
    </ul>`,
  )
}
