// caught by: rooms door-looks-only-where-allowed
import { phone } from '@lango/simulators'

export const looks = phone
