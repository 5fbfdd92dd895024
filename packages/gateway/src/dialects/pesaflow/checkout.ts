import { pesaflow } from '@lango/wire'
import type { Static } from 'typebox'
import {
  exponents,
  formatDecimals,
  formatMoney,
  isCurrency,
  maxIntegerDigits,
  parseMoney,
  type Money,
} from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import type { CreateInvoice, CreatedInvoice } from '../../core/invoice/create-invoice.ts'
import { commission } from '../../core/invoice/fee.ts'
import { expected } from '../../core/invoice/invoice.ts'
import { viewInvoice, type CheckoutView } from '../../core/invoice/view-checkout.ts'
import { startFirstAttempt } from '../../core/attempt/start-attempt.ts'
import type { ApiClient } from '../../core/organization/api-key.ts'
import { isRegistered, type Organization, type Service } from '../../core/organization/organization.ts'
import { findOrganization } from '../../core/organization/find-organization.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { bodyFields, type Fields } from '../../http/fields.ts'
import { json, type Reply } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { readForm } from '../dialect.ts'
import { checkBearer } from './bearer.ts'
import { oneReading } from './boundary.ts'
import { checkoutForm } from './forms.ts'
import { readSigned } from './hash.ts'
import { refuseWithError } from './refuse.ts'

type Code = keyof typeof refuseWithError
type Form = Static<typeof checkoutForm.schema>

type Command = {
  readonly create: CreateInvoice
  readonly format: pesaflow.CheckoutFormat
  readonly sendSTK: boolean
}

/** `view` where the answer is the hosted page itself. */
type Answer = { readonly created: CreatedInvoice; readonly view: CheckoutView | null }

/** How a hosted page is printed; the site that serves the page gives it. */
export type ShowPage = (
  deps: Deps,
  asked: Asked,
  shown: { readonly requestId: string; readonly view: CheckoutView },
) => Reply

/** Raises an invoice: seed "Checkout". One handler on its three paths. */
export function checkoutRoutes(showPage: ShowPage): readonly Route[] {
  return pesaflow.paths.checkout.map((path) =>
    route<Command, Answer, Code>('POST', path, {
      parse,
      run,
      print: ({ created, view }, asked, deps) =>
        view === null
          ? json(200, checkoutAnswer(created, deps.publicUrl))
          : showPage(deps, asked, { requestId: created.requestId, view }),
      refuse: refuseWithError,
    }),
  )
}

const checkoutMessage = {
  role: 'merchant',
  recipe: pesaflow.recipes.checkout,
  read: (fields: Fields) => readForm(checkoutForm, fields),
  clientId: (said: Form) => said.apiClientID,
  hash: (said: Form) => said.secureHash,
} as const

async function parse(asked: Asked, deps: Deps): Promise<Result<Command, Refusal<Code>>> {
  const fields = bodyFields(asked)
  if (!fields.ok) return fields
  const heard = await readSigned(deps, withoutAliases(fields.value), checkoutMessage)
  if (!heard.ok) return heard
  const { said, client } = heard.value
  const bearer = checkBearer(deps, asked, client)
  if (!bearer.ok) return bearer
  return await toCommand(deps, client, said)
}

async function toCommand(deps: Deps, client: ApiClient, said: Form): Promise<Result<Command, Refusal<Code>>> {
  const organization = await findOrganization(deps, client.organizationId)
  const service = organization.services.find(({ code }) => code === said.serviceID)
  if (service === undefined) return no(refusal('service_unknown', { field: 'serviceID' }))
  const reading = oneReading(said, organization)
  if (!reading.ok) return reading
  const price = { field: 'amountExpected', amount: said.amountExpected, currency: said.currency }
  const net = payable(price, service)
  if (!net.ok) return net
  const address = registered(organization, said)
  if (!address.ok) return address
  return ok({
    create: {
      organization,
      service,
      apiClientId: client.id,
      reference: said.billRefNumber,
      description: said.billDesc,
      net: net.value,
      payer: payerOf(said),
      successUrl: said.callBackURLOnSuccess,
      notificationUrl: said.notificationURL,
      pictureUrl: said.pictureURL ?? '',
      dialect: 'pesaflow',
      frozen: frozenOf(said),
      expiresAt: null,
    },
    format: formatOf(said.format ?? ''),
    sendSTK: ['true', '1'].includes((said.sendSTK ?? '').toLowerCase()),
  })
}

async function run(deps: Deps, command: Command): Promise<Result<Answer, Refusal<Code>>> {
  const created = await deps.createInvoice(command.create)
  if (!created.ok) return created
  const { invoice } = created.value
  if (command.sendSTK) startFirstAttempt(deps, invoice)
  return ok({
    created: created.value,
    view: command.format === 'json' ? null : await viewInvoice(deps, invoice),
  })
}

/** The recorded answer of the field: texts with two decimals, commission on top (field-facts 2.4). */
export function checkoutAnswer(
  { invoice, requestId }: CreatedInvoice,
  publicUrl: string,
): pesaflow.CheckoutAnswer {
  const { net, commission, currency } = invoice
  const decimals = pesaflow.mostDecimals
  return {
    invoice_number: invoice.number,
    invoice_link: `${publicUrl}${pesaflow.paths.hostedPage}?request_id=${requestId}`,
    commission: formatDecimals({ minor: commission, currency }, decimals),
    amount_net: formatDecimals({ minor: net, currency }, decimals),
    amount_expected: formatDecimals(expected(invoice), decimals),
  }
}

/** Misspelt names that official documents taught clients are read as what they mean, unless the right one is there. */
function withoutAliases(fields: Fields): Fields {
  const renamed = new Map(fields)
  for (const [alias, name] of pesaflow.checkoutAliases) {
    const value = fields.get(alias)
    if (value !== undefined && !fields.has(name)) renamed.set(name, value)
  }
  return renamed
}

/** A net amount that can be owed: in the service's currency, more than nothing, exact in minor units. */
export function payable(
  { field, amount, currency }: { readonly field: string; readonly amount: string; readonly currency: string },
  service: Service,
): Result<Money, Refusal<'currency_differs' | 'field_invalid'>> {
  const wrong = (because: string) => no(refusal('field_invalid', { field, because }))
  if (currency !== service.currency || !isCurrency(currency) || exponents[currency] > pesaflow.mostDecimals) {
    return no(
      refusal('currency_differs', {
        field: 'currency',
        because: `the service is billed in ${service.currency}`,
      }),
    )
  }
  const net = parseMoney(amount, currency)
  if (!net.ok) return wrong(`it has more decimals than ${currency}`)
  if (net.value.minor === 0n) return wrong('more than 0')
  // What no payment can carry whole, and no notice can print, is no bill.
  const whole = net.value.minor + commission(service.feeRule, net.value).minor
  const isCarried = parseMoney(formatMoney({ minor: whole, currency }), currency).ok
  return isCarried ? net : wrong(`with the fee it has more than ${maxIntegerDigits} digits`)
}

/** Both addresses lie outside the secure hash, so they are held against what the organization registered (S4). */
function registered(organization: Organization, said: Form): Result<null, Refusal<'origin_unregistered'>> {
  for (const field of ['callBackURLOnSuccess', 'notificationURL'] as const) {
    if (isRegistered(organization, said[field])) continue
    const mend = { registered: organization.origins.join(' ') || 'none yet', add: 'lango org origin add' }
    return no(refusal('origin_unregistered', { field, mend }))
  }
  return ok(null)
}

function payerOf(said: Form): CreateInvoice['payer'] {
  return {
    name: said.clientName,
    idNumber: said.clientIDNumber,
    phone: said.clientMSISDN,
    email: said.clientEmail,
  }
}

/** The hashed fields, addresses and payer contacts; not format, sendSTK and pictureURL, which may change (S2). */
function frozenOf(said: Form): readonly string[] {
  const hashed = pesaflow.recipes.checkout.fields.map((field) => said[field])
  return [...hashed, said.callBackURLOnSuccess, said.notificationURL, said.clientMSISDN, said.clientEmail]
}

function formatOf(text: string): pesaflow.CheckoutFormat {
  const format = text.toLowerCase()
  return format === 'json' || format === 'iframe' ? format : 'html'
}
