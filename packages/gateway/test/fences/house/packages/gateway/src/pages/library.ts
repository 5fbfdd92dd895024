// caught by: rooms pages-brings-only-its-libraries
import { Type } from 'typebox'

export const schema = Type.String()
