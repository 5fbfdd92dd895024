// caught by: rooms outside-looks-only-where-allowed
import { enter } from '../sites/signin/enter.ts'

export const looks = enter
