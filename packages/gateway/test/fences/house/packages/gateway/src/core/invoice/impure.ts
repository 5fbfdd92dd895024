// caught by: rooms rules-are-pure
import { lockInvoice } from './invoice.sql.ts'

export const impure = lockInvoice
