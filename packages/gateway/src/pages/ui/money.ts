import type { Locale } from '../../base/locale.ts'
import { sayMoney, type Money } from '../../base/money.ts'
import { html, type Html } from './html.ts'

/** An amount in a line of text: `KES 1,500.50`, never broken over two lines. */
export function amount(locale: Locale, money: Money): Html {
  return html`<span class="money">${sayMoney(money, locale)}</span>`
}

/** The amount that a page is about. */
export function bigAmount(locale: Locale, money: Money): Html {
  const [before = '', after = ''] = sayMoney(money, locale).split(money.currency)
  const code = html`<span class="currency">${money.currency}</span>`
  return html`<span class="money big">${before}${code}${after}</span>`
}
