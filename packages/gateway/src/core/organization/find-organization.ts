import { batcher } from '../../base/batch.ts'
import type { Database } from '../../base/db.ts'
import { oncePer } from '../../base/once.ts'
import type { Ports } from '../ports.ts'
import { findOrganizations } from './organization.sql.ts'
import type { Organization } from './organization.ts'

/**
 * An organization with its origins and services; it must be there, because something of ours names it. Concurrent
 * look-ups share a statement.
 */
export async function findOrganization({ db }: Pick<Ports, 'db'>, id: string): Promise<Organization> {
  const organization = await finder(db)('organizations', id)
  if (organization === null) throw new Error(`organization ${id} is named and not there`)
  return organization
}

const finder = oncePer((db: Database) =>
  batcher<string, Organization | null>({
    limit: 200,
    queue: 10_000,
    together: true,
    run: async (ids) => {
      const found = await findOrganizations(db, [...new Set(ids)])
      return ids.map((id) => found.get(id) ?? null)
    },
  }),
)
