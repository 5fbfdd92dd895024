import type { Deps } from '../deps.ts'
import type { Face } from './face.ts'
import { findFace } from './face.sql.ts'
import { canBeClientId } from './find-application.ts'

/** For everybody: it stands on the pages where people sign in. */
export async function viewFace({ db }: Pick<Deps, 'db'>, clientId: string): Promise<Face | null> {
  return canBeClientId(clientId) ? await findFace(db, clientId) : null
}
