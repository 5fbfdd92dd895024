// caught by: rooms core-is-ours
import { Type } from 'typebox'

export const schema = Type.String()
