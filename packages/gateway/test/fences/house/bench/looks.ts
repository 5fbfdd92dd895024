// caught by: rooms bench-looks-only-where-allowed
import { enter } from '../packages/gateway/src/sites/signin/enter.ts'

export const looks = enter
