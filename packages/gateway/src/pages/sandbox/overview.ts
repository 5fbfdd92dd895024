import { sandboxCopy } from '../copy/sandbox.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { field, hidden } from '../ui/field.ts'
import { html, type Html } from '../ui/html.ts'
import { notice } from '../ui/notice.ts'
import { facts, table } from '../ui/table.ts'
import { sandboxPage, type SandboxProps } from './frame.ts'

export type Overview = SandboxProps & {
  readonly shopUrl: string
  readonly merchant: { readonly name: string } & Credentials & { readonly serviceCode: string }
  readonly bank: Credentials
  readonly legacy: {
    readonly clientId: string
    readonly clientSecret: string
    readonly redirectUris: readonly string[]
  }
  readonly people: readonly { readonly name: string; readonly signIn: string; readonly password: string }[]
  /** What the interface said when a bill was refused. */
  readonly refused?: string
}

type Credentials = { readonly apiClientId: string; readonly key: string; readonly secret: string }

const words = sandboxCopy.overview

export function overviewPage(props: Overview): Html {
  return sandboxPage(
    'overview',
    props,
    sandboxCopy,
    html`${
        props.refused === undefined
          ? null
          : notice({
              tone: 'bad',
              title: words.billFailed,
              children: html`<pre class="wrap"><code>${props.refused}</code></pre>`,
            })
      }
      <div class="grid three">
        ${door('/sandbox/phone', sandboxCopy.phone.title, words.phone)}
        ${door('/sandbox/bank', sandboxCopy.bank.title, words.bank)}
        ${door('/sandbox/inbox', sandboxCopy.inbox.title, words.inbox)}
        ${door('/sandbox/messages', sandboxCopy.messages.title, words.messages)}
      </div>
      <div class="grid two">${makeBill(props)} ${shop(props)}</div>
      ${credentials(props)}`,
  )
}

function door(href: string, title: string, more: string): Html {
  return card(
    { kind: 'gate' },
    html`<h2><a href="${href}">${title}</a></h2>
      <p class="soft">${more}</p>`,
  )
}

function makeBill({ token }: Overview): Html {
  return card(
    { title: words.bill },
    html`<p class="soft">${words.billMore}</p>
      <form method="post" action="/sandbox/bill" class="in-line">
        ${hidden('csrf', token)}
        ${field('en', { name: 'amount', label: words.amount, value: '100.00', inputmode: 'decimal', maxlength: 12 })}
        ${button({ label: words.bill })}
      </form>`,
  )
}

function shop({ shopUrl }: Overview): Html {
  return card(
    { title: 'The shop' },
    html`<p class="soft">${words.shop}</p>
      <p><a href="${shopUrl}">${shopUrl}</a></p>`,
  )
}

function credentials({ merchant, bank, legacy, people }: Overview): Html {
  const lines = (who: Credentials) =>
    [
      ['client id', code(who.apiClientId)],
      ['key', code(who.key)],
      ['secret', code(who.secret)],
    ] as const
  return card(
    { title: words.credentials },
    html`<p class="soft">${words.credentialsMore}</p>
      <div class="grid two">
        <div>
          <h3>${merchant.name}</h3>
          ${facts([...lines(merchant), ['service', code(merchant.serviceCode)]])}
        </div>
        <div>
          <h3>Demo bank</h3>
          ${facts(lines(bank))}
          <h3>${words.legacy}</h3>
          ${facts([
            ['client id', code(legacy.clientId)],
            ['client secret', code(legacy.clientSecret)],
            ['redirect addresses', legacy.redirectUris.map((uri) => html`<div>${code(uri)}</div>`)],
          ])}
        </div>
      </div>
      ${table({
        caption: words.signIns,
        empty: '',
        rows: people,
        columns: [
          { head: 'Name', cell: ({ name }) => name },
          { head: 'Sign in with', cell: ({ signIn }) => code(signIn) },
          { head: 'Password', cell: ({ password }) => code(password) },
        ],
      })}`,
  )
}

function code(text: string): Html {
  return html`<code>${text}</code>`
}
