import { no, ok, type Result } from '../../base/result.ts'
import { randomToken } from '../../base/secret.ts'
import { after, type Seconds } from '../../base/time.ts'
import type { Tx } from '../../base/db.ts'
import { recordAct } from '../audit/act.sql.ts'
import { operator, type Actor } from '../audit/act.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { apiKeyPurpose, keyWarnings, type ApiClientRole, type ApiKey } from './api-key.ts'
import { insertClientRow, insertKeyRow, lockApiClient, retireOtherKeys } from './api-client.sql.ts'

export type CreateApiClient = {
  readonly organizationId: string
  readonly role: ApiClientRole
  /** For its owners, to tell one from another. */
  readonly name?: string
  readonly id?: string
  readonly key?: string
  readonly secret?: string
  readonly lenientHash?: boolean
  readonly servesAll?: boolean
  /** Who makes it; whoever holds the machine, when nobody is named. */
  readonly by?: Actor
  readonly requestId?: string
}

/** Shown once: afterwards the key and secret exist only sealed. */
export type CreatedApiClient = ApiKey & { readonly id: string; readonly warnings: readonly string[] }

/** Makes a caller of the signed APIs, with given credentials for whoever moves in. Weak ones are taken with a warning. */
export async function createApiClient(
  ports: Ports,
  asked: CreateApiClient,
): Promise<Result<CreatedApiClient, Refusal<'reference_taken'>>> {
  const id = asked.id ?? randomToken(ports.chance, 12)
  const key = {
    key: asked.key ?? randomToken(ports.chance),
    secret: asked.secret ?? randomToken(ports.chance),
  }
  return await ports.db.transaction(async (tx) => {
    const made = await insertClientRow(tx, {
      id,
      organizationId: asked.organizationId,
      role: asked.role,
      name: asked.name ?? null,
      lenientHash: asked.lenientHash ?? false,
      servesAll: asked.servesAll ?? false,
      createdAt: ports.clock.now(),
    })
    if (!made)
      return no(refusal('reference_taken', { field: 'apiClientId', because: `${id} exists already` }))
    await addKey(ports, tx, id, key)
    const { organizationId, role, by = operator, requestId = null } = asked
    const act = { what: 'api-client.created', by, about: { kind: 'api-client', id }, requestId } as const
    await recordAct(tx, { ...act, organizationId, details: { role } }, ports)
    return ok({ id, ...key, warnings: keyWarnings(key) })
  })
}

export type RotateApiKey = Pick<CreateApiClient, 'key' | 'secret' | 'by' | 'requestId'> & {
  readonly apiClientId: string
  readonly overlap: Seconds
}

/** Adds a key; the others live on for `overlap`, so that both sides can change over without a gap. */
export async function rotateApiKey(
  ports: Ports,
  asked: RotateApiKey,
): Promise<Result<CreatedApiClient, Refusal<'client_unknown'>>> {
  const key = {
    key: asked.key ?? randomToken(ports.chance),
    secret: asked.secret ?? randomToken(ports.chance),
  }
  return await ports.db.transaction(async (tx) => {
    const organizationId = await lockApiClient(tx, asked.apiClientId)
    if (organizationId === null) {
      const because = `there is no API client ${asked.apiClientId}`
      return no(refusal('client_unknown', { field: 'apiClientId', because }))
    }
    const keyId = await addKey(ports, tx, asked.apiClientId, key)
    await retireOtherKeys(tx, asked.apiClientId, keyId, after(ports.clock.now(), asked.overlap))
    const about = { kind: 'api-client', id: asked.apiClientId } as const
    const { by = operator, requestId = null } = asked
    const act = { what: 'api-client.key-rotated', by, about, organizationId, requestId } as const
    await recordAct(tx, { ...act, details: { overlapSeconds: asked.overlap.seconds } }, ports)
    return ok({ id: asked.apiClientId, ...key, warnings: keyWarnings(key) })
  })
}

async function addKey(ports: Ports, tx: Tx, apiClientId: string, key: ApiKey): Promise<string> {
  const id = ports.ids.next()
  const sealed = ports.vault.seal(apiKeyPurpose, JSON.stringify(key))
  await insertKeyRow(
    tx,
    apiClientId,
    { id, keyHash: ports.digests.sha256(key.key), sealed },
    ports.clock.now(),
  )
  return id
}
