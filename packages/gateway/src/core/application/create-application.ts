import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { randomHex } from '../../base/secret.ts'
import { operator, type Actor } from '../audit/act.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { allowances, type Allowance } from './allowance.ts'
import type { Application, ApplicationKind, Grant, Releases } from './application.ts'
import { addSecret, insertApplication } from './application.sql.ts'
import { hasSecret, newSecret, secretFault, secretWarnings } from './client-secret.ts'
import {
  grantsOfKind,
  registrationFault,
  sectorOf,
  usualIdTokenAlg,
  usualScopes,
  type Registered,
} from './registration.ts'
import { findRegistered } from './resource-server.sql.ts'
import type { Scope } from './scope.ts'
import type { SigningAlg } from '../signing-key/signing-key.ts'

export type CreateApplication = {
  readonly organizationId: string
  /** As the consent page names it. */
  readonly name: string
  readonly kind: ApplicationKind
  readonly redirectUris: readonly string[]
  /** Default: what the scopes release. */
  readonly releases?: Releases
  readonly allowances?: readonly Allowance[]
  readonly idTokenAlg?: SigningAlg
  /** Default: the usual ones of its kind. */
  readonly grants?: readonly Grant[]
  /** The most that it may ask for. Default: all that are about people, if it signs people in. */
  readonly scopes?: readonly Scope[]
  /** What else an application may have; each defaults to the plainest. */
  readonly more?: Partial<Pick<Application, keyof typeof plainest>>
  readonly demo?: boolean
  /** Who registers it; by default whoever holds the machine. */
  readonly by?: Actor
  /** For whoever moves in with an id and a secret from elsewhere. */
  readonly clientId?: string
  readonly clientSecret?: string
}

export type CreatedApplication = {
  readonly clientId: string
  /** Shown once; null for an application that cannot keep one. */
  readonly clientSecret: string | null
  /** What is weaker than it should be, each in one sentence that names the risk. */
  readonly warnings: readonly string[]
}

/** What an application is that says nothing else of itself. */
export const plainest = {
  postLogoutRedirectUris: [],
  authMethod: null,
  jwks: null,
  jwksUri: null,
  subjectType: 'public',
  sector: null,
  profile: 'standard',
  requirePar: false,
  dpopBound: false,
  backchannelLogoutUri: null,
  backchannelLogoutSessionRequired: false,
  resources: [],
  colour: null,
} as const satisfies Partial<Application>

/** What registration asks of the house; live, nothing leads to a private network. */
export type RegistrationNeeds = Ports & Pick<Deps, 'mode' | 'signatures'>

/** Registers an application. */
export async function createApplication(
  ports: RegistrationNeeds,
  asked: CreateApplication,
): Promise<Result<CreatedApplication, Refusal<'field_invalid' | 'reference_taken'>>> {
  const made = madeOf(ports, asked)
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
  const because = await signatures.keysFault(made.jwks)
  return because === null ? null : refusal('field_invalid', { field: 'jwks', because })
}

async function unknownResource(tx: Tx, wanted: readonly string[]): Promise<Refusal<'field_invalid'> | null> {
  const known = wanted.length === 0 ? [] : await findRegistered(tx, wanted)
  const unknown = wanted.find((identifier) => !known.includes(identifier))
  return unknown === undefined
    ? null
    : refusal('field_invalid', { field: 'resource', because: `${unknown} is not registered: api create` })
}

/** All that it is: what was asked, and the plainest of what was not. */
function madeOf({ chance }: Pick<Ports, 'chance'>, asked: CreateApplication): Registered {
  const { kind, redirectUris, more = {} } = asked
  const registered = asked.grants ?? grantsOfKind[kind].usual
  const sector = more.subjectType === 'pairwise' ? sectorOf(redirectUris) : null
  return {
    clientId: asked.clientId ?? randomHex(chance, 16),
    organizationId: asked.organizationId,
    name: asked.name.trim(),
    kind,
    redirectUris,
    releases: asked.releases ?? 'scopes',
    allowances: asked.allowances ?? [],
    idTokenAlg: asked.idTokenAlg ?? usualIdTokenAlg(more.profile ?? plainest.profile),
    grants: registered,
    scopes: asked.scopes ?? usualScopes(registered),
    ...plainest,
    ...more,
    sector: more.sector ?? sector,
  }
}

function unfitSecret(made: Registered, { clientSecret }: CreateApplication): Refusal<'field_invalid'> | null {
  const because = clientSecret === undefined ? null : secretFault(made, clientSecret)
  return because === null ? null : refusal('field_invalid', { field: 'clientSecret', because })
}

function warningsOf(asked: CreateApplication): readonly string[] {
  const allowed = (asked.allowances ?? []).map((allowance) => `${allowance}: ${allowances[allowance]}`)
  return [...(asked.clientSecret === undefined ? [] : secretWarnings(asked.clientSecret)), ...allowed]
}
