// caught by: rooms core-looks-only-where-allowed
import { enter } from '../../sites/signin/enter.ts'

export const lookAside = enter
