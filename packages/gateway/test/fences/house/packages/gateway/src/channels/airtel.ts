// caught by: nothing
import type { Money } from '../base/money.ts'
import { push } from './families/push.ts'

export const airtel = (amount: Money): string => push(amount.currency)
