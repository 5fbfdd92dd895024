// caught by: rooms tests-beside-the-source-stay-in-their-room
import { enter } from '../../sites/signin/enter.ts'

export const entered = enter
