// caught by: rooms rules-are-pure, rooms sql-stays-in-sql-files
import type { Tx } from '../../base/db.ts'

export type Transactional = Tx
