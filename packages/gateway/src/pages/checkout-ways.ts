import { sayMoney } from '../base/money.ts'
import { checkoutCopy } from './copy/checkout.ts'
import { checkoutUrl, type CheckoutProps, type Way } from './checkout-view.ts'
import { button, linkButton } from './ui/button.ts'
import { field, hidden } from './ui/field.ts'
import { html, type Html } from './ui/html.ts'
import { notice } from './ui/notice.ts'
import { plainly } from './ui/said.ts'

/** The ways to pay, one open at a time; each asks and tells what its channel says in data. */
export function waysToPay(props: CheckoutProps): Html {
  const { view, locale } = props
  const words = checkoutCopy[locale]
  const ways = view.channels.filter((way) => way.carries(view.outstanding).ok)
  if (ways.length === 0) {
    const more = html`<p>${words.noWaysMore(plainly(view.organizationName))}</p>`
    return notice({ tone: 'warn', title: words.noWays, children: more })
  }
  const wanted = props.trouble?.channel ?? view.attempt?.channel
  const first = ways.find(({ id }) => id === wanted)?.id ?? ways[0]?.id
  return html`<section class="ways" aria-labelledby="ways">
    <h2 id="ways">${words.ways}</h2>
    ${ways.map(
      (way) =>
        html`<details class="way" name="way" ${way.id === first ? html`open` : null}>
          <summary><span>${way.label[locale]}</span></summary>
          <div class="inside">
            ${way.instructions === undefined ? null : instructions(props, way.instructions[locale])}
            ${way.instructions !== undefined && way.asks.length === 0 ? null : payForm(props, way)}
          </div>
        </details>`,
    )}
    ${coveredNotice(props)}
  </section>`
}

function payForm(props: CheckoutProps, way: Way): Html {
  const { locale, base, requestId, token, view } = props
  const words = checkoutCopy[locale]
  return html`<form method="post" action="${base}/checkout" data-pay>
    ${hidden('request_id', requestId)} ${hidden('token', token)} ${hidden('channel', way.id)}
    ${hidden('lang', locale)} ${way.asks.map((question) => asked(props, way, question))}
    ${button({ label: words.payWith(sayMoney(view.outstanding, locale), way.label[locale]) })}
  </form>`
}

function asked(props: CheckoutProps, way: Way, question: Way['asks'][number]): Html {
  const { locale, trouble, view } = props
  const words = checkoutCopy[locale]
  const mine = trouble?.channel === way.id
  const known = view.payerPhone !== ''
  return field(locale, {
    id: `${way.id}-${question.name}`,
    name: question.name,
    label: question.label[locale],
    hint: known ? `${question.hint[locale]} ${words.ownPhone(view.payerPhone)}` : question.hint[locale],
    type: 'tel',
    autocomplete: 'tel',
    maxlength: 20,
    ...(known ? { optional: 'said' } : {}),
    ...(mine ? { value: trouble.phone } : {}),
    ...(mine && trouble.kind === 'phone_invalid' ? { error: words.phoneInvalid } : {}),
  })
}

/** What to do elsewhere, with what has to be named there. */
function instructions({ view, locale }: CheckoutProps, text: string): Html {
  const words = checkoutCopy[locale]
  return html`<p>${text}</p>
    <dl class="facts">
      <div>
        <dt>${words.bill}</dt>
        <dd class="ref">${view.invoiceNumber}</dd>
      </div>
      <div>
        <dt>${words.amount}</dt>
        <dd>${sayMoney(view.outstanding, locale)}</dd>
      </div>
    </dl>`
}

/** Shown by the script when the browser says that somebody else's page covers ours. */
function coveredNotice(props: CheckoutProps): Html {
  const words = checkoutCopy[props.locale]
  return html`<div id="covered" hidden>
    ${notice({
      tone: 'warn',
      title: words.covered,
      children: html`<p>${words.coveredMore}</p>
        ${linkButton({ label: words.openAlone, href: checkoutUrl(props), tone: 'quiet', target: '_blank' })}`,
    })}
  </div>`
}
