import { only, statement, type Row, type Tx } from '../../base/db.ts'
import type { Face } from './face.ts'

const findOne = statement<
  Row & {
    readonly client_id: string
    readonly name: string
    readonly organization_name: string
    readonly colour: string | null
    readonly has_logo: boolean
  }
>(
  'application_face',
  `select application.client_id, application.name, organization.name as organization_name, application.colour,
          application.logo is not null as has_logo
     from application
     join organization on organization.id = application.organization_id
    where application.client_id = $1 and application.disabled_at is null`,
)

/** Null for an application that does not exist or is switched off. */
export async function findFace(tx: Tx, clientId: string): Promise<Face | null> {
  const row = only(await tx.query(findOne, [clientId]))
  return row === null
    ? null
    : {
        clientId: row.client_id,
        name: row.name,
        organizationName: row.organization_name,
        colour: row.colour,
        hasLogo: row.has_logo,
      }
}
