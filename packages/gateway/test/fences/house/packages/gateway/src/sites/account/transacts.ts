// caught by: rooms sql-stays-in-sql-files
import type { Tx } from '../../base/db.ts'

export type Transacts = Tx
