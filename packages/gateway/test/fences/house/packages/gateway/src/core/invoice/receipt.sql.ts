import type { Tx } from '../../base/db.ts'

export const readReceipt = async (number: string, tx: Tx): Promise<unknown> => await tx.query('select 1', [number])
