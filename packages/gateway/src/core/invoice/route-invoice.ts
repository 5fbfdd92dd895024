import { batcher } from '../../base/batch.ts'
import type { Ports } from '../ports.ts'
import { routeInvoiceNumbers, type InvoiceKey } from './invoice.sql.ts'

export type InvoiceRouter = (number: string) => Promise<InvoiceKey | null>

/** Returns the look-up of whose a bare number is; concurrent ones share a statement. */
export function invoiceRouter(ports: Ports): InvoiceRouter {
  const submit = batcher<string, InvoiceKey | null>({
    limit: 200,
    queue: 10_000,
    together: true,
    run: async (numbers) => {
      const routes = await routeInvoiceNumbers(ports.db, numbers)
      return numbers.map((number) => routes.get(number) ?? null)
    },
  })
  return async (number) => await submit('invoice-numbers', number)
}
