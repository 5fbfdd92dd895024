// caught by: rooms wire-brings-only-its-libraries
import { Type } from 'typebox'

export const schema = Type.String()
