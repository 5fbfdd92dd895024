import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { randomHex, randomToken } from '../../base/secret.ts'
import { after, type Seconds } from '../../base/time.ts'
import { recordAct } from '../audit/act.sql.ts'
import { operator } from '../audit/act.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { allowances, type Allowance } from './allowance.ts'
import { isPublic, type Application, type ApplicationKind, type Releases } from './application.ts'
import { addSecret, findApplications, insertApplication, retireOtherSecrets } from './application.sql.ts'
import { findRegistered } from './resource-server.sql.ts'
import { redirectFault } from './redirect.ts'
import { scopes, type Scope } from './scope.ts'
import type { SigningAlg } from './signing-key.ts'

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
  /** The most that it may ask for. Default: all. */
  readonly scopes?: readonly Scope[]
  /** What else an application may have; each defaults to the plainest. */
  readonly more?: Partial<Pick<Application, keyof typeof plainest>>
  readonly demo?: boolean
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

/** Registers an application. */
export async function createApplication(
  ports: Ports,
  asked: CreateApplication,
): Promise<Result<CreatedApplication, Refusal<'field_invalid' | 'reference_taken'>>> {
  const fault = faultOf(asked)
  if (fault !== null) return no(fault)
  const clientId = asked.clientId ?? randomHex(ports.chance, 16)
  const secret = isPublic(asked) ? null : (asked.clientSecret ?? newSecret(ports))
  const now = ports.clock.now()
  return await ports.db.transaction(async (tx) => {
    const unknown = await unknownResource(tx, asked.more?.resources ?? [])
    if (unknown !== null) return no(invalid('resource', `${unknown} is not registered: api create`))
    const application = {
      clientId,
      organizationId: asked.organizationId,
      name: asked.name.trim(),
      kind: asked.kind,
      redirectUris: asked.redirectUris,
      releases: asked.releases ?? 'scopes',
      allowances: asked.allowances ?? [],
      idTokenAlg: asked.idTokenAlg ?? 'RS256',
      scopes: asked.scopes ?? scopes,
      ...plainest,
      ...asked.more,
      demo: asked.demo ?? false,
    } as const
    if (!(await insertApplication(tx, application, now))) {
      return no(refusal('reference_taken', { field: 'clientId', because: `${clientId} exists already` }))
    }
    if (secret !== null) await addSecret(tx, clientId, ports.digests.sha256(secret), now)
    await recordAct(tx, { what: 'application.created', ...byHouse(application) }, ports)
    return ok({ clientId, clientSecret: secret, warnings: warningsOf(asked) })
  })
}

/** A new secret; the others live on for `overlap`, so that both sides can change over without a gap. */
export async function rotateClientSecret(
  ports: Ports,
  asked: { readonly clientId: string; readonly overlap: Seconds; readonly clientSecret?: string },
): Promise<Result<CreatedApplication, Refusal<'client_unknown' | 'field_invalid'>>> {
  const secret = asked.clientSecret ?? newSecret(ports)
  const now = ports.clock.now()
  return await ports.db.transaction(async (tx) => {
    const [application] = await findApplications(tx, [asked.clientId], now)
    if (application === undefined) {
      return no(
        refusal('client_unknown', {
          field: 'clientId',
          because: `there is no application ${asked.clientId}`,
        }),
      )
    }
    if (isPublic(application)) return no(invalid('clientId', 'A public application has no secret.'))
    const hash = ports.digests.sha256(secret)
    await addSecret(tx, asked.clientId, hash, now)
    await retireOtherSecrets(tx, asked.clientId, hash, after(now, asked.overlap))
    await recordAct(tx, { what: 'application.secret-rotated', ...byHouse(application) }, ports)
    return ok({ clientId: asked.clientId, clientSecret: secret, warnings: secretWarnings(secret) })
  })
}

async function unknownResource(tx: Tx, wanted: readonly string[]): Promise<string | null> {
  const known = wanted.length === 0 ? [] : await findRegistered(tx, wanted)
  return wanted.find((identifier) => !known.includes(identifier)) ?? null
}

/** From the command line, by whoever holds the machine. */
function byHouse({ clientId, organizationId }: Pick<Application, 'clientId' | 'organizationId'>) {
  return {
    by: operator,
    about: { kind: 'application', id: clientId },
    organizationId,
  } as const
}

function newSecret({ chance }: Pick<Ports, 'chance'>): string {
  return `sec_${randomToken(chance)}`
}

function faultOf(asked: CreateApplication): Refusal<'field_invalid'> | null {
  if (!/^[^\p{Cc}\p{Cf}]{1,100}$/u.test(asked.name.trim()))
    return invalid('name', 'A name of 1 to 100 characters.')
  if (asked.clientId !== undefined && !/^[\x21-\x39\x3b-\x7e]{1,100}$/.test(asked.clientId)) {
    return invalid('clientId', 'Printable ASCII without blanks and colons, at most 100 characters.')
  }
  if (
    asked.clientSecret !== undefined &&
    (isPublic(asked) || !/^[\x20-\x7e]{1,200}$/.test(asked.clientSecret))
  ) {
    return invalid(
      'clientSecret',
      'Printable ASCII, at most 200 characters, and only where it can be kept secret.',
    )
  }
  const returns = asked.kind !== 'machine' && asked.kind !== 'device'
  if (returns && asked.redirectUris.length === 0)
    return invalid('redirectUris', 'At least one redirect address.')
  for (const uri of asked.redirectUris) {
    const because = redirectFault(uri, asked.kind)
    if (because !== null) return invalid('redirectUris', `${uri.slice(0, 100)}: ${because}`)
  }
  return null
}

function warningsOf(asked: CreateApplication): readonly string[] {
  const allowed = (asked.allowances ?? []).map((allowance) => `${allowance}: ${allowances[allowance]}`)
  return [...(asked.clientSecret === undefined ? [] : secretWarnings(asked.clientSecret)), ...allowed]
}

function secretWarnings(secret: string): readonly string[] {
  return secret.length < 32
    ? ['The client secret is shorter than 32 characters and could be guessed: rotate it soon.']
    : []
}

function invalid(field: string, because: string): Refusal<'field_invalid'> {
  return refusal('field_invalid', { field, because })
}
