import type { Dialect } from '../dialect.ts'
import { announce } from './announce.ts'
import { checkoutRoutes, type ShowPage } from './checkout.ts'
import { createInvoiceRoutes } from './create-invoice.ts'
import { paymentRoutes } from './payment.ts'
import { statusRoutes } from './status.ts'
import { tokenRoutes } from './token.ts'

/** Pesaflow: seed 000 from "Invoicing" to "Query Payment Status". */
export function pesaflowDialect(showPage: ShowPage): Dialect {
  return {
    id: 'pesaflow',
    routes: [
      ...checkoutRoutes(showPage),
      ...paymentRoutes,
      ...statusRoutes,
      ...tokenRoutes,
      ...createInvoiceRoutes,
    ],
    announce,
  }
}
