// caught by: nothing
import pg from 'pg'
import type { Tx } from '../base/db.ts'

export const pool = pg.Pool
export type PoolTx = Tx
