// caught by: rooms http-looks-only-where-allowed
import { enter } from '../sites/signin/enter.ts'

export const looks = enter
