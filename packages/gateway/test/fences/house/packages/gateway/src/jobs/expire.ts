// caught by: nothing
import { settleInvoice } from '../core/invoice/settle-invoice.ts'

export const expire = settleInvoice
