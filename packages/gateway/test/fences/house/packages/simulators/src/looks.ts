// caught by: rooms simulators-looks-only-where-allowed
import type { Money } from '../../gateway/src/base/money.ts'

export type Price = Money
