import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { isPublic } from './application.ts'
import { findApplications } from './application.sql.ts'
import { resourceFault, type ResourceServer } from './resource.ts'
import { insertResourceServer } from './resource-server.sql.ts'

/**
 * Registers an API. Access tokens may then be asked for it, and the application that it is may ask about them, with
 * its own secret. Which applications may ask for such tokens is said of each of them.
 */
export async function createResourceServer(
  ports: Ports,
  asked: Omit<ResourceServer, 'organizationId'>,
): Promise<Result<ResourceServer, Refusal<'field_invalid' | 'reference_taken' | 'client_unknown'>>> {
  const fault = resourceFault(asked.identifier)
  if (fault !== null) return no(refusal('field_invalid', { field: 'identifier', because: fault }))
  const name = asked.name.trim()
  if (!/^[^\p{Cc}\p{Cf}]{1,100}$/u.test(name))
    return no(refusal('field_invalid', { field: 'name', because: 'A name of 1 to 100 characters.' }))
  const now = ports.clock.now()
  return await ports.db.transaction(async (tx) => {
    const [application] = await findApplications(tx, [asked.clientId], now)
    if (application === undefined || isPublic(application)) {
      const because = `${asked.clientId} is no application with a secret; an API needs one to ask about tokens`
      return no(refusal('client_unknown', { field: 'clientId', because }))
    }
    const { organizationId } = application
    const made = { ...asked, name, organizationId }
    if (!(await insertResourceServer(tx, made, now))) {
      const because = `${asked.identifier} exists already`
      return no(refusal('reference_taken', { field: 'identifier', because }))
    }
    await recordAct(
      tx,
      {
        what: 'resource.created',
        by: { kind: 'system', id: null },
        about: { kind: 'application', id: asked.clientId },
        organizationId,
        details: { identifier: asked.identifier },
      },
      ports,
    )
    return ok(made)
  })
}
