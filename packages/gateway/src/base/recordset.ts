/**
 * Rows as parameters of a statement: one array a column, unnested side by side. The server reads them at a fraction
 * of the price of `json_to_recordset`, which builds a hash table for each row.
 */
export type Recordset<Column extends string> = {
  /** The names of its columns, as an insert lists them. */
  readonly columns: string
  /** What stands after `from`: `unnest($1::uuid[], …) as name(organization_id, …)`. */
  readonly from: string
  /** The number of the first parameter after its own. */
  readonly next: number
  /** Its parameters. Values are scalars; a document goes in as its JSON text. */
  readonly values: (
    rows: readonly Readonly<Record<Column, Value>>[],
  ) => readonly (readonly (Value | undefined)[])[]
}

type Value = string | number | bigint | boolean | Date | Uint8Array | null

/** Declares rows called `name` with PostgreSQL types by column, as parameters from `$first` on. */
export function recordset<Column extends string>(
  name: string,
  types: Readonly<Record<Column, string>>,
  first = 1,
): Recordset<Column> {
  const columns = Object.keys(types) as Column[]
  const arrays = columns.map((column, place) => `$${first + place}::${types[column]}[]`)
  return {
    columns: columns.join(', '),
    from: `unnest(${arrays.join(', ')}) as ${name}(${columns.join(', ')})`,
    next: first + columns.length,
    values: (rows) => columns.map((column) => rows.map((row) => row[column])),
  }
}
