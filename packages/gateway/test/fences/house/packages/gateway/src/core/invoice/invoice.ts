// caught by: nothing
import type { Money } from '../../base/money.ts'

export type Invoice = { readonly number: string; readonly total: Money }
