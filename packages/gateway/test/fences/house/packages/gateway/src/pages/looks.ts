// caught by: rooms pages-looks-only-where-allowed
import type { Invoice } from '../core/invoice/invoice.ts'

export type Props = Invoice
