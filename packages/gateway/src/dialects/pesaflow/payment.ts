import { pesaflow } from '@lango/wire'
import { formatDecimals, parseMoney, isCurrency, exponents, type Money } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { after, days, isBefore, parseNairobi, type Instant } from '../../base/time.ts'
import type { Deps } from '../../core/deps.ts'
import { confirmPayment, type ConfirmPayment } from '../../core/payment/confirm-payment.ts'
import { findPayable, type FindPayable, type Payable } from '../../core/payment/find-payable.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { bodyFields, type Fields } from '../../http/fields.ts'
import { json } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { readForm } from '../dialect.ts'
import { confirmForm, validateForm } from './forms.ts'
import { readSigned } from './hash.ts'
import { refuseWithDescription } from './refuse.ts'

type Code = keyof typeof refuseWithDescription

type Signature = { readonly api_client_id: string; readonly secure_hash: string }

/** Both are a bank's. */
const byAggregator = {
  role: 'aggregator',
  clientId: (said: Signature) => said.api_client_id,
  hash: (said: Signature) => said.secure_hash,
} as const

const validateMessage = {
  ...byAggregator,
  recipe: pesaflow.recipes.validate,
  read: (fields: Fields) => readForm(validateForm, fields),
}

const confirmMessage = {
  ...byAggregator,
  recipe: pesaflow.recipes.confirm,
  read: (fields: Fields) => readForm(confirmForm, fields),
}

/** What banks and aggregators call: seed "Payments". The table of cases stands in docs/payments.md. */
export const paymentRoutes: readonly Route[] = [
  route<FindPayable, Payable, Code>('POST', pesaflow.paths.validate, {
    parse: parseValidate,
    run: findPayable,
    print: (payable) => {
      const { status, description } = pesaflow.outcomes.billFound
      const { outstanding, payerName } = payable
      const amount = formatDecimals(outstanding, pesaflow.mostDecimals)
      return json(status, {
        status,
        description,
        data: { amount, name: payerName, currency: outstanding.currency },
      })
    },
    refuse: refuseWithDescription,
  }),
  route<ConfirmPayment, null, Code>('POST', pesaflow.paths.confirm, {
    parse: parseConfirm,
    run: confirmPayment,
    print: () => json(pesaflow.outcomes.success.status, pesaflow.outcomes.success),
    refuse: refuseWithDescription,
  }),
]

async function parseValidate(asked: Asked, deps: Deps): Promise<Result<FindPayable, Refusal<Code>>> {
  const fields = bodyFields(asked)
  if (!fields.ok) return fields
  const heard = await readSigned(deps, fields.value, validateMessage)
  if (!heard.ok) return heard
  const { said, client } = heard.value
  const money = amountOf(said.amount, said.currency)
  if (!money.ok) return money
  return ok({ aggregator: client, number: numberOf(said.ref_no), currency: money.value.currency })
}

async function parseConfirm(asked: Asked, deps: Deps): Promise<Result<ConfirmPayment, Refusal<Code>>> {
  const fields = bodyFields(asked)
  if (!fields.ok) return fields
  const heard = await readSigned(deps, fields.value, confirmMessage)
  if (!heard.ok) return heard
  const { said, client } = heard.value
  const money = amountOf(said.amount, said.currency)
  if (!money.ok) return money
  const paidAt = dateOf(said.gateway_transaction_date, deps.clock.now())
  if (!paidAt.ok) return paidAt
  return ok({
    aggregator: client,
    number: numberOf(said.ref_no),
    askedReference: said.ref_no,
    money: money.value,
    externalId: said.gateway_transaction_id,
    paidAt: paidAt.value,
    payerName: said.customer_name,
    payerAccount: said.customer_account_number,
    // What must be the same when this is said again; the amount as money, so that 10 and 10.00 are one.
    content: [
      numberOf(said.ref_no),
      money.value.minor.toString(),
      said.currency,
      said.gateway_transaction_date,
      said.customer_name,
      said.customer_account_number,
    ],
  })
}

/** People type capitals or not, and blanks around. */
function numberOf(reference: string): string {
  return reference.trim().toUpperCase()
}

function amountOf(amount: string, currency: string): Result<Money, Refusal<'field_invalid'>> {
  if (!isCurrency(currency) || exponents[currency] > pesaflow.mostDecimals) {
    return no(refusal('field_invalid', { field: 'currency', because: `${currency} is not served` }))
  }
  const money = parseMoney(amount, currency)
  if (!money.ok) {
    return no(refusal('field_invalid', { field: 'amount', because: `it has more decimals than ${currency}` }))
  }
  return money.value.minor > 0n
    ? money
    : no(refusal('field_invalid', { field: 'amount', because: 'more than 0' }))
}

/** Clocks differ and days end at different hours, so a day ahead is taken; a report of last year is a mistake. */
const ahead = days(1)
const oldest = days(-366)

function dateOf(text: string, now: Instant): Result<Instant, Refusal<'field_invalid'>> {
  const at = parseNairobi(text)
  const field = 'gateway_transaction_date'
  if (!at.ok) return no(refusal('field_invalid', { field, because: 'there is no such day' }))
  if (isBefore(after(now, ahead), at.value))
    return no(refusal('field_invalid', { field, because: 'it lies ahead' }))
  if (isBefore(at.value, after(now, oldest))) {
    return no(
      refusal('field_invalid', { field, because: 'it is more than a year old: ask the operator to book it' }),
    )
  }
  return at
}
