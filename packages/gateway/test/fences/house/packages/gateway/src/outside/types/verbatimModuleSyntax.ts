// caught by: types TS1484
import { Tx } from '../../base/db.ts'

export type Same = Tx
