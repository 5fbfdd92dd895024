import type { Check } from '../checks.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'
import { shillings } from '../money.ts'
import type { Order, ReceivedNotice } from '../orders.ts'
import type { Session } from '../sessions.ts'
import { layout } from './layout.ts'

export const stateWords: Readonly<Record<Order['state'], string>> = {
  unpaid: 'Waiting for the payment',
  'partly paid': 'Paid in part',
  paid: 'Paid',
}

/** Why there is no payment page; in a sandbox also what to mend. */
export type Problem = {
  readonly message: string
  readonly mend?: Readonly<Record<string, string>> | undefined
}

type Shown = { readonly session: Session; readonly order: Order }

/** The order with the gateway's payment page in a frame. `problem` stands there instead when there is no invoice. */
export function checkoutPage({ session, order }: Shown, gateway: string, problem: Problem | null): Html {
  const link = order.invoice?.invoiceLink
  return layout({
    title: `Pay for ${order.good.name}`,
    session,
    content: html`<div class="checkout">
      <section>
        <h1>${order.good.name}</h1>
        ${summary(order)}
        <p class="told" role="status" data-told data-state="${order.state}">${stateWords[order.state]}.</p>
        <p class="hint">
          The shop believes nothing but the signed notice that the gateway sends it.
          <a href="/orders/${order.reference}/paid">Look at the order</a>
        </p>
      </section>
      <section class="pay" aria-label="Payment">
        ${
          link === undefined
            ? html`<div class="trouble">
                <h2>The payment page is not available</h2>
                <p>${problem?.message ?? ''}</p>
                <dl class="facts">
                  ${Object.entries(problem?.mend ?? {}).map(
                    ([name, value]) =>
                      html`<div>
                        <dt><code>${name}</code></dt>
                        <dd>${value}</dd>
                      </div>`,
                  )}
                </dl>
                <p><a class="button" href="/orders/${order.reference}">Try again</a></p>
              </div>`
            : html`<iframe
                title="Payment page"
                src="${link}"
                data-gateway="${gateway}"
                data-watch="/orders/${order.reference}/state"
              ></iframe>`
        }
      </section>
    </div>`,
  })
}

/** Where the payer comes back to. That somebody comes here proves nothing: the notices below do. */
export function paidPage({ session, order }: Shown): Html {
  const isPaid = order.state === 'paid'
  return layout({
    title: isPaid ? 'Thank you' : 'Your order',
    session,
    ...(isPaid ? {} : { refresh: 3 }),
    content: html`<section class="hero ${isPaid ? 'paid' : ''}">
        <h1>${isPaid ? 'Asante! It is yours.' : 'One moment.'}</h1>
        <p>
          ${
            isPaid
              ? 'The gateway’s notice has come, the shop has verified it, and your order is on its way to being wrapped.'
              : 'The shop waits for the gateway’s notice. This page looks again by itself.'
          }
        </p>
        ${isPaid ? null : html`<p><a class="button" href="/orders/${order.reference}">Back to the payment</a></p>`}
      </section>
      <section>
        <h2>Your order ${badge(order.state)}</h2>
        ${summary(order)}
      </section>
      <section>
        <h2>Notices received</h2>
        ${
          order.notices.length === 0
            ? html`<p class="hint">None yet.</p>`
            : html`<ol class="notices">
                ${order.notices.map(noticeCard)}
              </ol>`
        }
      </section>`,
  })
}

/** Everything this buyer has ordered. */
export function ordersPage(session: Session, orders: readonly Order[]): Html {
  return layout({
    title: 'Orders',
    session,
    content: html`<h1>Orders</h1>
      ${orders.length === 0 ? html`<p class="hint">Nothing yet.</p>` : null}
      <ul class="orders">
        ${orders.map(
          ({ reference, good, state }) =>
            html`<li>
              <a href="/orders/${reference}${state === 'paid' ? '/paid' : ''}">${good.name}</a>
              <code>${reference}</code> <span>${shillings(good.price)}</span> ${badge(state)}
            </li>`,
        )}
      </ul>`,
  })
}

function summary(order: Order): Html {
  const { invoice } = order
  return html`<dl class="facts">
    <div>
      <dt>Reference</dt>
      <dd><code>${order.reference}</code></dd>
    </div>
    <div>
      <dt>Ordered</dt>
      <dd>${moment(order.orderedAt)}</dd>
    </div>
    <div>
      <dt>Price</dt>
      <dd>${shillings(order.good.price)}</dd>
    </div>
    ${
      invoice === null
        ? null
        : html`<div>
              <dt>Invoice</dt>
              <dd><code data-invoice>${invoice.invoiceNumber}</code></dd>
            </div>
            <div>
              <dt>To pay with fees</dt>
              <dd>${shillings(invoice.amountExpected)}</dd>
            </div>`
    }
  </dl>`
}

function badge(state: Order['state']): Html {
  return html`<span class="badge" data-state="${state}">${stateWords[state]}</span>`
}

function noticeCard(notice: ReceivedNotice): Html {
  return html`<li class="notice" data-verified="${notice.believed ? 'yes' : 'no'}">
    <h3>${notice.believed ? 'Verified' : 'Not believed'} <small>${moment(notice.at)}</small></h3>
    <ul class="checks">
      ${notice.checks.map(checkLine)}
    </ul>
    <details>
      <summary>What came, byte for byte</summary>
      <pre>
${notice.headers.map(([name, value]) => `${name}: ${value}\n`).join('')}
${notice.rawBody}</pre>
    </details>
  </li>`
}

/** A sign for the eye and a word for whoever listens. */
const signs: Readonly<Record<Check['outcome'], string>> = {
  passed: '✓',
  failed: '✗',
  'not asked': '–',
  'not reached': '·',
}

function checkLine({ name, outcome, finding }: Check): Html {
  return html`<li data-outcome="${outcome}">
    <span class="sign" aria-hidden="true">${signs[outcome]}</span>
    <span
      >${name}<span class="hidden">: ${outcome}</span
      >${finding === '' ? null : html`<small>${finding}</small>`}</span
    >
  </li>`
}

const nairobi = new Intl.DateTimeFormat('en-KE', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'Africa/Nairobi',
})

function moment(time: Date): Html {
  return html`<time datetime="${time.toISOString()}">${nairobi.format(time)}</time>`
}
