// caught by: lint consistent-type-imports
import { Tx } from '../../base/db.ts'

export type Same = Tx
