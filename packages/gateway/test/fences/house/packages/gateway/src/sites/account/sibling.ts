// caught by: rooms siblings-do-not-meet
import { enter } from '../signin/enter.ts'

export const sibling = enter
