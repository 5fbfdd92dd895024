// caught by: nothing
import { html } from 'hono/html'
import type { Money } from '../base/money.ts'

export const payPage = (amount: Money): unknown => html`<p>${amount.currency}</p>`
