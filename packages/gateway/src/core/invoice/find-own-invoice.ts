import { isInvoiceNumber } from '../../base/id.ts'
import type { Deps } from '../deps.ts'
import type { ApiClient } from '../organization/api-key.ts'
import { findInvoice, findInvoicesByReference } from './invoice.sql.ts'
import type { Invoice } from './invoice.ts'

export type FindOwnInvoice = { readonly client: ApiClient; readonly reference: string }

/** An invoice of the caller's organization, by our number or by the reference that this caller gave it. */
export async function findOwnInvoice(deps: Deps, asked: FindOwnInvoice): Promise<Invoice | null> {
  const { client, reference } = asked
  const number = reference.toUpperCase()
  const key = isInvoiceNumber(number) ? await deps.routeInvoice(number) : null
  if (key !== null && key.organizationId === client.organizationId) return await findInvoice(deps.db, key)
  const own = { organizationId: client.organizationId, apiClientId: client.id, reference }
  return (await findInvoicesByReference(deps.db, [own]))[0] ?? null
}
