// caught by: nothing
import type { Tx } from '../base/db.ts'

export type Deps = { readonly transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T> }
