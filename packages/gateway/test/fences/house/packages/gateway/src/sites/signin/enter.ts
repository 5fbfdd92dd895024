// caught by: nothing
import type { Invoice } from '../../core/invoice/invoice.ts'

export const enter = (invoice: Invoice): string => invoice.number
