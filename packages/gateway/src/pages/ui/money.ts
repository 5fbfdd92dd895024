import { sayMoney, type Money } from '../../base/money.ts'
import { html, type Html } from './html.ts'

/** An amount in a line of text: `KES 1,500.50`, never broken over two lines. */
export function amount(money: Money): Html {
  return html`<span class="money">${sayMoney(money)}</span>`
}

/** The amount that a page is about. */
export function bigAmount(money: Money): Html {
  const [currency = '', ...figures] = sayMoney(money).split(' ')
  return html`<span class="money big"><span class="currency">${currency}</span> ${figures.join(' ')}</span>`
}
