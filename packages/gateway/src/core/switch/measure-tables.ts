import type { Ports } from '../ports.ts'
import { readTableSizes } from './table-size.sql.ts'
import type { TableSize } from './table-size.ts'

/** Tables that have to stay small: what is over is deleted from them by jobs. */
const watched = ['code', 'delivery', 'refresh_answer', 'seen_jti', 'session', 'token', 'token_family']

/** How large they are, so that somebody notices when a job does not keep up. */
export async function measureTables({ db }: Pick<Ports, 'db'>): Promise<readonly TableSize[]> {
  return await readTableSizes(db, watched)
}
