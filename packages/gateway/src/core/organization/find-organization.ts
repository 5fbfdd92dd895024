import type { Ports } from '../ports.ts'
import { findOrganizations } from './organization.sql.ts'
import type { Organization } from './organization.ts'

/** An organization with its origins and services; it must be there, because something of ours names it. */
export async function findOrganization({ db }: Pick<Ports, 'db'>, id: string): Promise<Organization> {
  const organization = (await findOrganizations(db, [id])).get(id)
  if (organization === undefined) throw new Error(`organization ${id} is named and not there`)
  return organization
}
