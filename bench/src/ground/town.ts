import { hkdfSync, randomBytes } from 'node:crypto'
import { createAccount } from '../../../packages/gateway/src/core/account/create-account.ts'
import { createResourceServer } from '../../../packages/gateway/src/core/application/create-resource-server.ts'
import { createApplication } from '../../../packages/gateway/src/core/application/create-application.ts'
import { createApiClient } from '../../../packages/gateway/src/core/organization/create-api-client.ts'
import { createOrganization } from '../../../packages/gateway/src/core/organization/create-organization.ts'
import { createService } from '../../../packages/gateway/src/core/organization/create-service.ts'
import type { Scope } from '../../../packages/gateway/src/core/application/scope.ts'
import type { ApiKey } from '../../../packages/gateway/src/core/organization/api-key.ts'
import { openPorts, type OpenPorts } from '../../../packages/gateway/src/outside/open-ports.ts'

/** One merchant, one bank that pays into it, people, two applications that they signed in at, and one that calls an API for itself. */
export type Town = {
  readonly ports: OpenPorts
  readonly merchant: { readonly organizationId: string; readonly apiClientId: string; readonly keys: ApiKey }
  readonly bank: { readonly apiClientId: string; readonly keys: ApiKey }
  readonly serviceCode: string
  /** The merchant's registered origin: where its notices go. */
  readonly shop: string
  readonly applications: Readonly<Record<'RS256' | 'ES256' | 'machine', BenchApplication>>
  readonly accountIds: readonly string[]
  /** Some of them, who have a password. */
  readonly people: readonly BenchPerson[]
}

export type BenchPerson = { readonly name: string; readonly email: string; readonly password: string }

export type BenchApplication = {
  readonly clientId: string
  readonly clientSecret: string
  /** Null for a machine, which signs nobody in. */
  readonly redirectUri: string | null
  readonly alg: 'RS256' | 'ES256'
  /** The most that it may ask for. */
  readonly scopes: readonly Scope[]
}

export const masterKeys = [new Uint8Array(hkdfSync('sha256', randomBytes(32), '', 'bench', 32))] as const

/** Names are made up, numbers are nobody's. `shop` decides whether notices arrive. */
export async function buildTown(databaseUrl: string, shop: string): Promise<Town> {
  const ports = openPorts({ databaseUrl, masterKeys, mode: 'live', logLevel: 'error', connections: 2 })
  const ministry = must(await createOrganization(ports, { name: 'Ministry of Lands', origins: [shop] }))
  const bankers = must(await createOrganization(ports, { name: 'Bench Bank', origins: [] }))
  const organizationId = ministry.id
  const service = {
    organizationId,
    name: 'Land rates',
    currency: 'KES',
    feeRule: { kind: 'flat', fee: 500n },
  } as const
  const serviceCode = must(await createService(ports, service)).code
  const merchant = must(await createApiClient(ports, { organizationId, role: 'merchant' }))
  const bank = must(
    await createApiClient(ports, { organizationId: bankers.id, role: 'aggregator', servesAll: true }),
  )
  return {
    ports,
    merchant: { organizationId, apiClientId: merchant.id, keys: merchant },
    bank: { apiClientId: bank.id, keys: bank },
    serviceCode,
    shop,
    applications: await applications(ports, organizationId),
    ...(await inhabitants(ports)),
  }
}

const portalScopes = ['openid', 'profile', 'email', 'offline_access'] as const
/** What the machine may do at an API. */
const machineScopes = ['rates:read'] as const

async function applications(ports: OpenPorts, organizationId: string): Promise<Town['applications']> {
  const redirectUri = 'https://portal.example.org/callback'
  const portal = async (alg: BenchApplication['alg']): Promise<BenchApplication> => {
    const asked = {
      name: `Portal ${alg}`,
      kind: 'web',
      redirectUris: [redirectUri],
      idTokenAlg: alg,
    } as const
    return {
      ...credentials(await createApplication(ports, { ...asked, organizationId })),
      redirectUri,
      alg,
      scopes: portalScopes,
    }
  }
  const RS256 = await portal('RS256')
  const identifier = 'https://rates.example.org'
  const { clientId } = RS256
  must(
    await createResourceServer(ports, {
      identifier,
      name: 'Land rates',
      clientId,
      scopes: machineScopes,
    }),
  )
  const machine = await createApplication(ports, {
    organizationId,
    name: 'Nightly ledger',
    kind: 'machine',
    redirectUris: [],
    scopes: machineScopes,
    more: { resources: [identifier] },
  })
  return {
    RS256,
    ES256: await portal('ES256'),
    machine: { ...credentials(machine), redirectUri: null, alg: 'ES256', scopes: machineScopes },
  }
}

function credentials(
  created: Awaited<ReturnType<typeof createApplication>>,
): Pick<BenchApplication, 'clientId' | 'clientSecret'> {
  const { clientId, clientSecret } = must(created)
  return { clientId, clientSecret: clientSecret ?? '' }
}

const crowd = 100
/** With a password: hashing as many takes a second or two. */
const known = 20

async function inhabitants(ports: OpenPorts): Promise<Pick<Town, 'accountIds' | 'people'>> {
  const accountIds: string[] = []
  const people: BenchPerson[] = []
  for (let place = 0; place < crowd; place += 1) {
    const email = `amina.${place}@example.org`
    const password = place < known ? `amina opens the bench, ${place}` : null
    const account = await createAccount(ports, {
      kind: 'citizen',
      demo: false,
      firstName: 'Amina',
      lastName: `Hassan`,
      surname: null,
      idNumber: String(90_000_000 + place),
      email,
      emailVerified: true,
      phone: null,
      phoneVerified: false,
      gender: 'f',
      kraPin: null,
      bornOn: '1990-01-01',
      locale: 'en',
      password,
    })
    accountIds.push(must(account).id)
    if (password !== null) people.push({ name: 'Amina Hassan', email, password })
  }
  return { accountIds, people }
}

function must<Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: unknown },
): Value {
  if (!result.ok) throw new Error(`the town cannot be built: ${JSON.stringify(result.refusal)}`)
  return result.value
}
