// caught by: rooms statements-are-called-by-use-cases
import { lockInvoice } from '../core/invoice/invoice.sql.ts'

export const states = lockInvoice
