import { pesaflow } from '@lango/wire'
import type { Static } from 'typebox'
import { formatDecimals, money } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { formatNairobi } from '../../base/time.ts'
import type { Deps } from '../../core/deps.ts'
import { findOwnInvoice, type FindOwnInvoice } from '../../core/invoice/find-own-invoice.ts'
import { expected, type Invoice } from '../../core/invoice/invoice.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { allFields, type Fields } from '../../http/fields.ts'
import { json } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { readForm } from '../dialect.ts'
import { statusForm } from './forms.ts'
import { readSigned } from './hash.ts'
import { refuseWithError } from './refuse.ts'

type Code = keyof typeof refuseWithError

type Form = Static<typeof statusForm.schema>
type Answer = { readonly invoice: Invoice }

const statusMessage = {
  role: 'merchant',
  recipe: pesaflow.recipes.status,
  read: (fields: Fields) => readForm(statusForm, fields),
  clientId: (said: Form) => said.api_client_id,
  hash: (said: Form) => said.secure_hash,
} as const

/** Seed "Query Payment Status": as query, form or JSON body, also a body on GET, with `/api` and without. */
export const statusRoutes: readonly Route[] = pesaflow.paths.status.flatMap((path) =>
  (['GET', 'POST'] as const).map((method) =>
    route<FindOwnInvoice, Answer, Code>(method, path, {
      parse,
      run: async (deps, command) => {
        const invoice = await findOwnInvoice(deps, command)
        return invoice === null ? no(refusal('invoice_unknown')) : ok({ invoice })
      },
      print: ({ invoice }) => json(200, statusAnswer(invoice)),
      refuse: refuseWithError,
    }),
  ),
)

async function parse(asked: Asked, deps: Deps): Promise<Result<FindOwnInvoice, Refusal<Code>>> {
  const fields = allFields(asked)
  if (!fields.ok) return fields
  const heard = await readSigned(deps, fields.value, statusMessage)
  return heard.ok ? ok({ client: heard.value.client, reference: heard.value.said.ref_no }) : heard
}

function statusAnswer(invoice: Invoice): pesaflow.StatusAnswer {
  const { currency } = invoice
  const paidAt = invoice.paidAt === null ? null : formatNairobi(invoice.paidAt)
  return {
    // The field knows three states; an invoice that was cancelled or has expired is one that is not paid.
    status: invoice.state === 'cancelled' ? 'pending' : invoice.state,
    ref_no: invoice.number,
    payment_date: paidAt as pesaflow.NairobiTime | null,
    name: invoice.payer.name,
    currency,
    client_invoice_ref: invoice.reference,
    amount_paid: formatDecimals(money(invoice.paid, currency), pesaflow.mostDecimals),
    amount_expected: formatDecimals(expected(invoice), pesaflow.mostDecimals),
  }
}
