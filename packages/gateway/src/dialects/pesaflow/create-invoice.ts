import { pesaflow } from '@lango/wire'
import type { Static } from 'typebox'
import Type from 'typebox'
import { parseMoney, type Money } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import type { CreateInvoice, CreatedInvoice } from '../../core/invoice/create-invoice.ts'
import { isRegistered } from '../../core/organization/organization.ts'
import { findOrganization } from '../../core/organization/find-organization.ts'
import type { ApiClient } from '../../core/organization/api-key.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { fieldsOf } from '../../http/fields.ts'
import { isJsonObject, type Json, type JsonObject } from '../../http/json.ts'
import { json } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { form, readForm } from '../dialect.ts'
import { findByBearer } from './bearer.ts'
import { checkoutAnswer, payable } from './checkout.ts'
import { checkoutForm } from './forms.ts'
import { refuseNotGranted, refuseWithError } from './refuse.ts'

const same = checkoutForm.schema.properties

const invoiceForm = form(
  Type.Object({
    account_id: same.serviceID,
    amount_net: same.amountExpected,
    amount_expected: Type.Optional(same.amountExpected),
    callback_url: same.callBackURLOnSuccess,
    client_invoice_ref: same.billRefNumber,
    currency: same.currency,
    email: same.clientEmail,
    id_number: same.clientIDNumber,
    msisdn: same.clientMSISDN,
    name: same.clientName,
    notification_url: same.notificationURL,
  }),
)

const itemForm = form(
  Type.Object({
    desc: same.billDesc,
    price: same.amountExpected,
    quantity: Type.String({ pattern: '^[1-9][0-9]{0,5}$', rule: 'a whole number from 1' }),
    currency: Type.Optional(same.currency),
  }),
)

type Said = Static<typeof invoiceForm.schema>
type Item = Static<typeof itemForm.schema>
type Code = keyof typeof refuseWithError

/** Field-facts 2.7: a merchant's server raises an invoice of several items, by Bearer instead of a hash. */
export const createInvoiceRoutes: readonly Route[] = [
  route<CreateInvoice, CreatedInvoice, Code>('POST', pesaflow.paths.createInvoice, {
    parse,
    run: async (deps, command) => await deps.createInvoice(command),
    print: (created, _asked, deps) => {
      const answer = checkoutAnswer(created, deps.publicUrl)
      const { invoice_number } = answer
      // The real shape is not known; clients look for the number in one of these places.
      return json(200, {
        ...answer,
        invoice_ref: invoice_number,
        invoice: { invoice_number },
        data: { invoice_number },
      })
    },
    refuse: { ...refuseWithError, ...refuseNotGranted },
  }),
]

async function parse(asked: Asked, deps: Deps): Promise<Result<CreateInvoice, Refusal<Code>>> {
  const client = await findByBearer(deps, asked)
  if (client === null) return no(refusal('bearer_invalid'))
  if (client.role !== 'merchant')
    return no(refusal('role_forbids', { because: 'this key is for an aggregator' }))
  if (asked.body.kind !== 'json' || !isJsonObject(asked.body.value)) {
    return no(refusal('body_unreadable', { because: 'send one JSON object' }))
  }
  return await toCommand(deps, client, asked.body.value)
}

async function toCommand(
  deps: Deps,
  client: ApiClient,
  body: JsonObject,
): Promise<Result<CreateInvoice, Refusal<Code>>> {
  const { items: rawItems = [], ...flat } = body
  const read = readForm(invoiceForm, fieldsOf(flat))
  if (!read.ok) return read
  const said = read.value
  const organization = await findOrganization(deps, client.organizationId)
  const service = organization.services.find(({ code }) => code === said.account_id)
  if (service === undefined) return no(refusal('service_unknown', { field: 'account_id' }))
  const net = payable({ field: 'amount_net', amount: said.amount_net, currency: said.currency }, service)
  if (!net.ok) return net
  const items = readItems(rawItems, net.value)
  if (!items.ok) return items
  for (const field of ['callback_url', 'notification_url'] as const) {
    if (!isRegistered(organization, said[field])) return no(refusal('origin_unregistered', { field }))
  }
  return ok(commandOf(said, items.value, { organization, service, net: net.value, apiClientId: client.id }))
}

type Found = Pick<CreateInvoice, 'organization' | 'service' | 'net' | 'apiClientId'>

function commandOf(said: Said, items: readonly Item[], found: Found): CreateInvoice {
  const description = items
    .map(({ desc }) => desc)
    .join(', ')
    .slice(0, 200)
  return {
    ...found,
    reference: said.client_invoice_ref,
    description: description === '' ? found.service.name : description,
    payer: { name: said.name, idNumber: said.id_number, phone: said.msisdn, email: said.email },
    successUrl: said.callback_url,
    notificationUrl: said.notification_url,
    pictureUrl: '',
    dialect: 'pesaflow',
    frozen: [JSON.stringify(said), JSON.stringify(items)],
    expiresAt: null,
  }
}

/** Items are a breakdown: their prices times quantities must add up to the net amount. */
function readItems(value: Json, net: Money): Result<readonly Item[], Refusal<Code>> {
  if (!Array.isArray(value))
    return no(refusal('field_invalid', { field: 'items', because: 'a list of items' }))
  const items: Item[] = []
  let sum = 0n
  for (const raw of value as readonly Json[]) {
    if (!isJsonObject(raw))
      return no(refusal('field_invalid', { field: 'items', because: 'each item is an object' }))
    const item = readForm(itemForm, fieldsOf(raw))
    if (!item.ok) return no({ ...item.refusal, field: `items.${item.refusal.field ?? ''}` })
    if (item.value.currency !== undefined && item.value.currency !== net.currency) {
      return no(
        refusal('field_invalid', { field: 'items.currency', because: `the invoice is in ${net.currency}` }),
      )
    }
    const price = parseMoney(item.value.price, net.currency)
    if (!price.ok)
      return no(refusal('field_invalid', { field: 'items.price', because: 'an amount in the currency' }))
    sum += price.value.minor * BigInt(item.value.quantity)
    items.push(item.value)
  }
  const isSum = items.length === 0 || sum === net.minor
  return isSum
    ? ok(items)
    : no(refusal('field_invalid', { field: 'items', because: 'they do not add up to amount_net' }))
}
