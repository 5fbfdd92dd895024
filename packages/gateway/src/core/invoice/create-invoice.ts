import { batcher } from '../../base/batch.ts'
import { invoiceNumber } from '../../base/id.ts'
import type { Money } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { base64url } from '../../base/bytes.ts'
import type { Instant } from '../../base/time.ts'
import type { Ports } from '../ports.ts'
import type { Organization, Service } from '../organization/organization.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { commission } from './fee.ts'
import { findInvoicesByReference, insertInvoices, type NewInvoice, type ReferenceKey } from './invoice.sql.ts'
import type { Invoice, Payer } from './invoice.ts'

export type CreateInvoice = {
  readonly organization: Pick<Organization, 'id'>
  readonly service: Service
  readonly apiClientId: string
  readonly reference: string
  readonly description: string
  /** Without commission. */
  readonly net: Money
  readonly payer: Payer
  readonly successUrl: string
  readonly notificationUrl: string
  readonly pictureUrl: string
  readonly dialect: string
  /** All texts that the first use of the reference freezes. */
  readonly frozen: readonly string[]
  readonly expiresAt: Instant | null
}

/** `again` when the reference was used before, with the same content. */
export type CreatedInvoice = {
  readonly invoice: Invoice
  readonly requestId: string
  readonly again: boolean
}

type CreateNo = Refusal<'reference_taken' | 'service_paused'>

export type InvoiceCreator = (asked: CreateInvoice) => Promise<Result<CreatedInvoice, CreateNo>>

/** The unguessable name of an invoice's hosted page: 120 bits, the same each time it is asked for. */
function pageOf(ports: Pick<Ports, 'digests'>, invoiceId: string): string {
  return base64url(ports.digests.derive('checkout-page', invoiceId)).slice(0, 20)
}

/** How many free numbers each new invoice proposes; the first that nobody has is taken. */
const candidates = 3

/** Returns the use case; concurrent calls share a statement. */
export function invoiceCreator(ports: Ports): InvoiceCreator {
  const submit = batcher<CreateInvoice, Result<CreatedInvoice, CreateNo>>({
    limit: 100,
    queue: 5_000,
    lanes: 2,
    together: true,
    run: async (batch) => await createAll(ports, batch),
  })
  return async (asked) => await submit('create-invoices', asked)
}

async function createAll(
  ports: Ports,
  batch: readonly CreateInvoice[],
): Promise<readonly Result<CreatedInvoice, CreateNo>[]> {
  const drafts = batch.map((asked) => draft(ports, asked))
  const isPaused = (place: number): boolean => batch[place]?.service.paused === true
  const open = drafts.filter((_draft, place) => !isPaused(place))
  const made = open.length === 0 ? new Map<string, string>() : await insertInvoices(ports.db, open)
  const missing = drafts.filter(({ id }) => !made.has(id)).map(referenceOf)
  const others = missing.length === 0 ? [] : await findInvoicesByReference(ports.db, missing)
  return drafts.map((one, place) => {
    const number = made.get(one.id)
    if (number !== undefined) return ok(page(ports, asInvoice(one, number), false))
    const before = others.find((other) => sameReference(other, one))
    if (before === undefined && isPaused(place)) return no(refusal('service_paused'))
    if (before === undefined) throw new Error(`reference ${one.reference} is neither new nor taken`)
    return ports.digests.equal(before.contentHash, one.contentHash)
      ? ok(page(ports, before, true))
      : no(
          refusal('reference_taken', {
            field: 'reference',
            because: 'it was used before with other content',
          }),
        )
  })
}

function draft(ports: Ports, asked: CreateInvoice): NewInvoice {
  const id = ports.ids.next()
  return {
    organizationId: asked.organization.id,
    id,
    numbers: Array.from({ length: candidates }, () => invoiceNumber(ports.chance)),
    requestHash: ports.digests.sha256(pageOf(ports, id)),
    reference: asked.reference,
    apiClientId: asked.apiClientId,
    serviceCode: asked.service.code,
    currency: asked.net.currency,
    net: asked.net.minor,
    commission: commission(asked.service.feeRule, asked.net).minor,
    description: asked.description,
    payer: asked.payer,
    successUrl: asked.successUrl,
    notificationUrl: asked.notificationUrl,
    pictureUrl: asked.pictureUrl,
    dialect: asked.dialect,
    // JSON keeps the boundaries between the texts, which the wire's own hash does not.
    contentHash: ports.digests.sha256(JSON.stringify(asked.frozen)),
    expiresAt: asked.expiresAt,
    createdAt: ports.clock.now(),
  }
}

function asInvoice(draft: NewInvoice, number: string): Invoice {
  const { numbers: _numbers, requestHash: _requestHash, ...rest } = draft
  return { ...rest, number, paid: 0n, state: 'pending', sequence: 0, paidAt: null }
}

function page(ports: Ports, invoice: Invoice, again: boolean): CreatedInvoice {
  return { invoice, requestId: pageOf(ports, invoice.id), again }
}

function referenceOf({ organizationId, apiClientId, reference }: NewInvoice): ReferenceKey {
  return { organizationId, apiClientId, reference }
}

function sameReference(a: ReferenceKey, b: ReferenceKey): boolean {
  return (
    a.organizationId === b.organizationId && a.apiClientId === b.apiClientId && a.reference === b.reference
  )
}
