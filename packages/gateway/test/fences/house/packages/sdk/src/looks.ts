// caught by: rooms sdk-knows-only-wire
import type { Money } from '../../gateway/src/base/money.ts'

export type Price = Money
