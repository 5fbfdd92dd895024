import { sayMoney } from '../base/money.ts'
import { checkoutCopy } from './copy/checkout.ts'
import { checkoutLive } from './checkout-live.ts'
import { checkoutUrl, isOpen, isWebAddress, markOf, type CheckoutProps } from './checkout-view.ts'
import { checkoutScript } from './scripts/checkout.ts'
import { card } from './ui/card.ts'
import { html, type Html } from './ui/html.ts'
import { languagesOf } from './ui/language.ts'
import { layout } from './ui/layout.ts'
import { bigAmount } from './ui/money.ts'
import { plainly, said } from './ui/said.ts'

export type CheckoutFrame = {
  readonly nonce: string
  readonly sandbox: boolean
  /** Where the parent of a frame may be told that it is paid: exactly these origins, and nobody else. */
  readonly origins: readonly string[]
  /** Whether the browser said that this page is its top page, so that it may leave without a script. */
  readonly atTop: boolean
}

/** The page on which a bill is paid. */
export function checkoutPage(props: CheckoutProps, frame: CheckoutFrame): Html {
  const { locale, view, base, requestId } = props
  const payee = plainly(view.organizationName)
  return layout(
    {
      locale,
      title: checkoutCopy[locale].title(payee),
      nonce: frame.nonce,
      brand: 'quiet',
      base,
      sandbox: frame.sandbox,
      languages: languagesOf(`${base}/checkout`, { request_id: requestId }),
      scripts: [checkoutScript],
      head: refresh(props, frame),
    },
    html`${card({ kind: 'gate' }, head(props))}
      <div
        id="live"
        data-state="${view.state}"
        data-events="${checkoutUrl(props, '/events', { mark: markOf(props) })}"
        data-origins="${frame.origins.join(' ')}"
        data-page="${checkoutUrl(props)}"
      >
        ${checkoutLive(props)}
      </div>
      ${offline(props)}`,
  )
}

/** Without scripts the browser asks again by itself while a try is under way, and goes back when it is paid. */
function refresh(props: CheckoutProps, frame: CheckoutFrame): Html | null {
  const { view } = props
  if (isOpen(view.attempt)) {
    return html`<noscript><meta http-equiv="refresh" content="5; url=${checkoutUrl(props)}" /></noscript>`
  }
  if (view.state === 'settled' && frame.atTop && isWebAddress(view.successUrl)) {
    return html`<noscript><meta http-equiv="refresh" content="8; url=${view.successUrl}" /></noscript>`
  }
  return null
}

function head(props: CheckoutProps): Html {
  const { view, locale } = props
  const words = checkoutCopy[locale]
  return html`<div class="checkout-head">
    ${view.hasPicture ? picture(props) : null}
    <h1>${words.pay('')}${said(view.organizationName)}</h1>
    <p class="sum">${checkoutSum(props)}</p>
    <p class="for">${said(view.description)}</p>
    ${
      view.state === 'partial'
        ? html`<p class="soft">
            ${words.total} ${sayMoney(view.expected, locale)} · ${words.paidSoFar}
            ${sayMoney(view.paid, locale)}
          </p>`
        : null
    }
    <p class="soft small">${words.bill} <strong class="ref">${view.invoiceNumber}</strong></p>
  </div>`
}

/** Decoration: the payee's name stands beside it. */
function picture(props: CheckoutProps): Html {
  return html`<img class="picture" src="${checkoutUrl(props, '/picture')}" alt="" width="72" height="72" />`
}

/** What is to be paid now, or what was paid. */
export function checkoutSum({ view, locale }: CheckoutProps): Html {
  return bigAmount(locale, view.state === 'partial' ? view.outstanding : view.expected)
}

function offline({ locale }: CheckoutProps): Html {
  return html`<p id="offline" class="soft small" role="status" hidden>${checkoutCopy[locale].offline}</p>`
}
