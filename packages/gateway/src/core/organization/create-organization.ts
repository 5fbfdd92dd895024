import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import { operator, type Actor } from '../audit/act.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { insertOrganizationRow } from './organization.sql.ts'
import { originOf } from './organization.ts'

export type CreateOrganization = {
  /** Given by whoever moves in; made here otherwise. */
  readonly id?: string
  readonly name: string
  readonly origins: readonly string[]
  readonly notificationUrl?: string | null
  readonly strictHash?: boolean
  readonly operator?: boolean
  readonly demo?: boolean
  /** Who makes it; whoever holds the machine, when nobody is named. */
  readonly by?: Actor
}

/** Makes an organization. Its origins must be written as browsers write them: scheme, host and port, nothing else. */
export async function createOrganization(
  ports: Ports,
  asked: CreateOrganization,
): Promise<Result<{ readonly id: string }, Refusal<'field_invalid'>>> {
  const bad = asked.origins.find((origin) => originOf(origin) !== origin)
  if (bad !== undefined) {
    return no(refusal('field_invalid', { field: 'origin', because: `write ${bad} as scheme://host[:port]` }))
  }
  const id = asked.id ?? ports.ids.next()
  await ports.db.transaction(async (tx) => {
    await insertOrganizationRow(tx, {
      id,
      name: asked.name,
      operator: asked.operator ?? false,
      demo: asked.demo ?? false,
      strictHash: asked.strictHash ?? false,
      notificationUrl: asked.notificationUrl ?? null,
      origins: asked.origins,
      createdAt: ports.clock.now(),
    })
    const act = { what: 'organization.created', by: asked.by ?? operator } as const
    await recordAct(tx, { ...act, about: { kind: 'organization', id }, organizationId: id }, ports)
  })
  return ok({ id })
}
