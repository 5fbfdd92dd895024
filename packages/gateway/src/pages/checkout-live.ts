import { money, sayMoney, type Money } from '../base/money.ts'
import { formatNairobi, type Instant } from '../base/time.ts'
import { checkoutCopy } from './copy/checkout.ts'
import { frameCopy } from './copy/frame.ts'
import { waysToPay } from './checkout-ways.ts'
import {
  checkoutUrl,
  isOpen,
  isSaidPaid,
  isSlow,
  isWebAddress,
  wayName,
  type Arrived,
  type CheckoutProps,
  type Try,
} from './checkout-view.ts'
import { linkButton } from './ui/button.ts'
import { card } from './ui/card.ts'
import { html, type Html } from './ui/html.ts'
import { amount } from './ui/money.ts'
import { notice } from './ui/notice.ts'
import { plainly, said } from './ui/said.ts'
import { steps, type Step } from './ui/steps.ts'
import { facts, table } from './ui/table.ts'

/** The part of the checkout page that changes while it is open. The server sends it anew whenever it differs. */
export function checkoutLive(props: CheckoutProps): Html {
  const { view, locale } = props
  const words = checkoutCopy[locale]
  if (view.state === 'settled') return receipt(props)
  if (view.state === 'cancelled' || view.state === 'expired') {
    const more = html`<p>${words[`${view.state}More`](plainly(view.organizationName))}</p>`
    return notice({ tone: 'info', title: words[view.state], children: more })
  }
  if (view.attempt !== null && isOpen(view.attempt)) return underWay(props, view.attempt)
  return html`${troubleNotice(props)} ${partialNotice(props)} ${endedNotice(props)} ${waysToPay(props)}`
}

/** Honest stages: each says what was really done, and whom we wait for. */
function underWay(props: CheckoutProps, attempt: Try): Html {
  const { locale, view } = props
  const words = checkoutCopy[locale]
  return html`${partialNotice(props)}
  ${card(
    { id: 'under-way' },
    html`${steps(stages(props, attempt))}
      <noscript>
        ${linkButton({ label: words.refresh, href: checkoutUrl(props), tone: 'quiet' })}
      </noscript>`,
  )}
  ${
    isSlow(view) && !isSaidPaid(attempt) && view.channels.some((way) => way.id !== attempt.channel)
      ? html`<details>
          <summary>${words.otherWays}</summary>
          ${waysToPay({ ...props, view: { ...view, channels: view.channels.filter(({ id }) => id !== attempt.channel) } })}
        </details>`
      : null
  }`
}

function stages(props: CheckoutProps, attempt: Try): readonly Step[] {
  const { locale, view } = props
  const words = checkoutCopy[locale]
  const way = wayName(props, attempt.channel)
  const paid: Step = { label: words.paidStep, state: 'next' }
  const asked: Step = { label: words.asked(way), state: 'done' }
  if (isSaidPaid(attempt)) {
    return [asked, { label: words.heardPaid(way), state: 'now', more: words.heardPaidMore }, paid]
  }
  if (isSlow(view)) {
    return [asked, { label: words.noAnswerYet(way), state: 'now', more: words.noAnswerYetMore }, paid]
  }
  if (attempt.state === 'started') {
    const next: Step = { label: words.waitingForProvider, state: 'next' }
    return [{ label: words.asking(way), state: 'now', more: words.askingMore }, next, paid]
  }
  return [asked, { label: words.yourPhone, state: 'now', more: words.yourPhoneMore }, paid]
}

function partialNotice({ view, locale }: CheckoutProps): Html | null {
  if (view.state !== 'partial') return null
  const words = checkoutCopy[locale]
  return html`${notice({
    tone: 'good',
    title: words.partial(sayMoney(view.paid, locale)),
    children: html`<p>${words.partialMore(sayMoney(view.outstanding, locale))}</p>`,
  })}
  ${view.payments.length === 0 ? null : card({}, arrivals(view.payments, locale))}`
}

/** How the newest try ended, when it did not end in money: the channel's own advice, and the way on. */
function endedNotice({ view, locale, trouble }: CheckoutProps): Html | null {
  const { attempt } = view
  if (attempt === null || attempt.state === 'succeeded' || trouble !== undefined) return null
  const words = checkoutCopy[locale]
  const advice = view.channels.find(({ id }) => id === attempt.channel)?.advice[attempt.outcome ?? '']?.[
    locale
  ]
  const [title, more] =
    attempt.state === 'failed'
      ? [words.failed, advice ?? `${words.failedMore} ${words.tryAgain}`]
      : [words.unclear, advice ?? words.unclearMore]
  return notice({ tone: 'warn', title, children: html`<p>${more}</p>` })
}

function troubleNotice(props: CheckoutProps): Html | null {
  const { trouble, locale } = props
  if (trouble === undefined || trouble.kind === 'phone_invalid') return null
  const words = checkoutCopy[locale]
  const way = wayName(props, trouble.channel)
  const said = {
    phone_limited: [words.phoneLimited, words.phoneLimitedMore],
    refused: [words.refused(way), words.tryOther],
    unavailable: [words.unavailable(way), words.tryOther],
    form_expired: [words.formExpired, words.formExpiredMore],
  } as const
  const [title, more] = said[trouble.kind]
  return notice({ tone: 'warn', title, children: html`<p>${more}</p>` })
}

function receipt(props: CheckoutProps): Html {
  const { view, locale } = props
  const words = checkoutCopy[locale]
  const payee = plainly(view.organizationName)
  const over = creditOf(view.payments)
  return html`${notice({
    tone: 'good',
    id: 'paid',
    title: words.paid,
    children: html`<p>${words.paidMore(sayMoney(view.paid, locale), payee)}</p>`,
  })}
  ${wayOn(props)}
  ${card(
    { title: words.receipt, id: 'receipt' },
    html`${facts([
        [words.payee, said(view.organizationName)],
        [words.purpose, said(view.description)],
        [words.bill, view.invoiceNumber],
        [words.reference, said(view.reference)],
        [words.total, amount(locale, view.paid)],
      ])}
      ${arrivals(view.payments, locale)}
      ${over === null ? null : html`<p>${words.credit(sayMoney(over, locale))}</p>`}
      <p class="no-print">
        <button type="button" class="button quiet small" data-print hidden>${frameCopy[locale].print}</button>
      </p>`,
  )}`
}

/** Back to the merchant: by itself at the top of the window; out of a frame only by this link, which a payer presses. */
function wayOn({ view, locale }: CheckoutProps): Html | null {
  if (!isWebAddress(view.successUrl)) return null
  const words = checkoutCopy[locale]
  const payee = plainly(view.organizationName)
  return html`<div
    class="actions way-on"
    id="way-on"
    ${isFresh(view.payments, view.now) ? html`data-by-itself` : null}
  >
    ${linkButton({ label: words.continueTo(payee), href: view.successUrl, target: '_top', id: 'continue' })}
    <p class="soft small" data-going hidden>
      ${words.goingBack(payee)} <button type="button" class="link" data-stay>${words.stay}</button>
    </p>
  </div>`
}

/** Who opens an old receipt wants to read it, and is not sent away. */
function isFresh(payments: readonly Arrived[], now: Instant): boolean {
  return payments.some(({ paidAt }) => now.epochMs - paidAt.epochMs < 120_000)
}

function arrivals(payments: readonly Arrived[], locale: CheckoutProps['locale']): Html {
  const words = checkoutCopy[locale]
  return table({
    caption: '',
    empty: '',
    rows: payments,
    columns: [
      { head: words.receiptNumber, cell: ({ reference }) => html`<span class="ref">${reference}</span>` },
      { head: words.way, cell: ({ channel }) => channel },
      { head: words.when, cell: ({ paidAt }) => `${formatNairobi(paidAt).slice(0, 16)} EAT` },
      { head: words.amount, cell: (payment) => amount(locale, payment.amount), numeric: true },
    ],
  })
}

/** What arrived beyond the bill: it belongs to the payer. */
function creditOf(payments: readonly Arrived[]): Money | null {
  const over = payments.map(({ amount: all, applied }) => money(all.minor - applied.minor, all.currency))
  const first = over.find(({ minor }) => minor > 0n)
  if (first === undefined) return null
  const sum = over
    .filter(({ currency }) => currency === first.currency)
    .reduce((total, { minor }) => total + minor, 0n)
  return money(sum, first.currency)
}
