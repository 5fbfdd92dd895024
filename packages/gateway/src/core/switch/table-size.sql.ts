import { statement, type Row, type Tx } from '../../base/db.ts'
import type { TableSize } from './table-size.ts'

const measure = statement<Row & TableSize>(
  'measure_tables',
  `select relname as table, greatest(reltuples, 0)::float8 as rows, pg_total_relation_size(oid)::float8 as bytes
     from pg_class where oid = any ($1::text[]::regclass[]) order by relname`,
)

export async function readTableSizes(tx: Tx, tables: readonly string[]): Promise<readonly TableSize[]> {
  return await tx.query(measure, [tables])
}
