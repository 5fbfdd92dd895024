import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { randomHex } from '../../base/secret.ts'
import { operator } from '../audit/act.ts'
import { recordAct } from '../audit/act.sql.ts'
import { keysAlgFault } from '../client/client-assertion.ts'
import type { Deps } from '../deps.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { allowances } from './allowance.ts'
import { addSecret, insertApplication } from './application.sql.ts'
import { hasSecret, newSecret, secretFault, secretWarnings } from './client-secret.ts'
import { registeredAs, type CreateApplication } from './new-application.ts'
import { registrationFault, type Registered } from './registration.ts'
import { findRegistered } from './resource-server.sql.ts'

export type { CreateApplication }

export type CreatedApplication = {
  readonly clientId: string
  /** Shown once; null for an application that cannot keep one. */
  readonly clientSecret: string | null
  /** What is weaker than it should be, each in one sentence that names the risk. */
  readonly warnings: readonly string[]
}

/** What registration asks of the house; live, nothing leads to a private network. */
export type RegistrationNeeds = Ports & Pick<Deps, 'mode' | 'signatures'>

/** Registers an application. */
export async function createApplication(
  ports: RegistrationNeeds,
  asked: CreateApplication,
): Promise<Result<CreatedApplication, Refusal<'field_invalid' | 'reference_taken'>>> {
  const made = registeredAs(asked, asked.clientId ?? randomHex(ports.chance, 16))
  const fault = (await unfit(ports, made)) ?? unfitSecret(made, asked)
  if (fault !== null) return no(fault)
  const { clientId, organizationId } = made
  const secret = hasSecret(made) ? (asked.clientSecret ?? newSecret(ports.chance)) : null
  const now = ports.clock.now()
  return await ports.db.transaction(async (tx) => {
    const unknown = await unknownResource(tx, made.resources)
    if (unknown !== null) return no(unknown)
    if (!(await insertApplication(tx, { ...made, demo: asked.demo ?? false }, now))) {
      return no(refusal('reference_taken', { field: 'clientId', because: `${clientId} exists already` }))
    }
    if (secret !== null) await addSecret(tx, clientId, ports.digests.sha256(secret), now)
    const by = asked.by ?? operator
    const about = { kind: 'application', id: clientId } as const
    await recordAct(tx, { what: 'application.created', by, about, organizationId }, ports)
    return ok({ clientId, clientSecret: secret, warnings: warningsOf(asked) })
  })
}

/** Why an application cannot be registered like this, apart from what the database knows; null when it can. */
export async function unfit(
  { mode, signatures }: Pick<RegistrationNeeds, 'mode' | 'signatures'>,
  made: Registered,
): Promise<Refusal<'field_invalid'> | null> {
  const fault = registrationFault(made, mode)
  if (fault !== null || made.jwks === null) return fault
  const because = (await signatures.keysFault(made.jwks)) ?? keysAlgFault(made)
  return because === null ? null : refusal('field_invalid', { field: 'jwks', because })
}

async function unknownResource(tx: Tx, wanted: readonly string[]): Promise<Refusal<'field_invalid'> | null> {
  const known = wanted.length === 0 ? [] : await findRegistered(tx, wanted)
  const unknown = wanted.find((identifier) => !known.includes(identifier))
  return unknown === undefined
    ? null
    : refusal('field_invalid', { field: 'resource', because: `${unknown} is not registered: api create` })
}

function unfitSecret(made: Registered, { clientSecret }: CreateApplication): Refusal<'field_invalid'> | null {
  const because = clientSecret === undefined ? null : secretFault(made, clientSecret)
  return because === null ? null : refusal('field_invalid', { field: 'clientSecret', because })
}

function warningsOf(asked: CreateApplication): readonly string[] {
  const allowed = (asked.allowances ?? []).map((allowance) => `${allowance}: ${allowances[allowance]}`)
  return [...(asked.clientSecret === undefined ? [] : secretWarnings(asked.clientSecret)), ...allowed]
}
