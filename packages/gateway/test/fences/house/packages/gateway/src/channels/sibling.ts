// caught by: rooms siblings-do-not-meet
import { airtel } from './airtel.ts'

export const sibling = airtel
