// caught by: lint namespace
import * as money from '../../base/fault.ts'

export const missing: unknown = money.NotThere
