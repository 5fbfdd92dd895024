import { batcher } from '../../base/batch.ts'
import type { Deps } from '../deps.ts'
import type { InvoiceKey } from './invoice.sql.ts'
import { readProgress } from './progress.sql.ts'

/** Answers with a text that changes with whatever a bill's page shows. */
export type ProgressReader = (key: InvoiceKey) => Promise<string>

/**
 * Everybody who asks at the same time shares one statement, so that a thousand open pages cost the database a few
 * queries a second. There is no LISTEN and NOTIFY here: it does not survive a connection pooler.
 */
export function progressReader({ db }: Pick<Deps, 'db'>): ProgressReader {
  const submit = batcher<InvoiceKey, string>({
    limit: 500,
    queue: 20_000,
    run: async (keys) => await readProgress(db, keys),
  })
  return async (key) => await submit('progress', key)
}
