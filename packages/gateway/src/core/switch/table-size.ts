/** How large a table is now. */
export type TableSize = {
  readonly table: string
  /** The server's own estimate, from its last look; counting would read all of it. */
  readonly rows: number
  /** With indexes. */
  readonly bytes: number
}
