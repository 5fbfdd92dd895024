// The peer for sign-in: oidc-provider over maps in memory or over PostgreSQL, with clients, accounts, scopes, lifetimes and key sizes as
// the gateway has them. Nothing that it would do in production by itself is switched on beyond that.
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { challenge } from '../ground/grants.ts'
import { answerParent } from './answer-parent.ts'
import type { Postgres } from '../../../packages/gateway/src/outside/postgres.ts'
import { mapAdapter, type Adapter } from './map-adapter.ts'
import type { GrantPeer, OpenPeer } from './peer.ts'
import { openPeerStore, postgresAdapter } from './postgres-adapter.ts'

let provider: Provider | null = null
let opened: OpenPeer = { databaseUrl: null, applications: [], accountIds: [], people: [] }
let store: Postgres | null = null

answerParent<never, number | readonly string[]>({ open, grant }, async () => await store?.close())

async function open(setup: OpenPeer): Promise<number> {
  opened = setup
  store = setup.databaseUrl === null ? null : await openPeerStore(setup.databaseUrl)
  provider = new Provider(
    'http://127.0.0.1:4001',
    configuration(setup, store === null ? mapAdapter : postgresAdapter(store)),
  )
  const made = provider
  return await new Promise((resolve) => {
    const server = made.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    server.keepAliveTimeout = 60_000
  })
}

function configuration({ applications }: OpenPeer, adapter: (model: string) => Adapter): object {
  return {
    adapter,
    clients: applications.map(({ clientId, clientSecret, redirectUri, alg }) => ({
      client_id: clientId,
      client_secret: clientSecret,
      ...(redirectUri === null
        ? { redirect_uris: [], response_types: [], grant_types: ['client_credentials'] }
        : { redirect_uris: [redirectUri], grant_types: ['authorization_code', 'refresh_token'] }),
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: alg,
    })),
    jwks: { keys: [jwk('RS256'), jwk('ES256')] },
    scopes: [...new Set(applications.flatMap(({ scopes }) => scopes))],
    claims: {
      openid: ['sub'],
      profile: ['name', 'given_name', 'family_name', 'gender', 'birthdate', 'locale', 'updated_at'],
      email: ['email', 'email_verified'],
    },
    features: {
      introspection: { enabled: true },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      devInteractions: { enabled: false },
    },
    pkce: { required: () => true },
    // Each refresh token is good once, as with us; by itself it would keep a confidential client's for most of its life.
    rotateRefreshToken: true,
    ttl: {
      AccessToken: 3600,
      ClientCredentials: 3600,
      IdToken: 3600,
      AuthorizationCode: 3600,
      Grant: 86_400,
      RefreshToken: 86_400,
    },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => person(id) }),
    cookies: { keys: ['a bench has no cookies to sign'] },
  }
}

function person(sub: string): object {
  return {
    sub,
    name: 'Amina Hassan',
    given_name: 'Amina',
    family_name: 'Hassan',
    gender: 'female',
    birthdate: '1990-01-01',
    locale: 'en',
    email: 'amina.0@example.org',
    email_verified: true,
  }
}

function jwk(alg: 'RS256' | 'ES256'): object {
  const privateKey: KeyObject =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
      : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  return { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: alg }
}

/** Codes or tokens, each of a grant of its own, as an authorization would have left them. */
async function grant({ clientId, kind, scopes, count }: GrantPeer): Promise<readonly string[]> {
  const client = await provider?.Client.find(clientId)
  const application = opened.applications.find((one) => one.clientId === clientId)
  if (provider === null || client === undefined || application === undefined)
    throw new Error(`no client ${clientId}`)
  const { AccessToken, AuthorizationCode, Grant, RefreshToken } = provider
  const asked = {
    redirectUri: application.redirectUri,
    nonce: 'n-0S6_WzA2Mj',
    authTime: Math.floor(Date.now() / 1000),
  }
  const pkce = { codeChallenge: challenge, codeChallengeMethod: 'S256' }
  const one = async (place: number): Promise<string> => {
    const accountId = opened.accountIds[place % opened.accountIds.length]
    const given = new Grant({ accountId, clientId })
    given.addOIDCScope(scopes.join(' '))
    const scope = scopes.join(' ')
    const common = { accountId, client, grantId: await given.save(), scope, gty: 'authorization_code' }
    const make = {
      access: () => new AccessToken(common),
      code: () => new AuthorizationCode({ ...common, ...asked, ...pkce }),
      refresh: () => new RefreshToken({ ...common, ...asked, rotations: 0, iiat: asked.authTime }),
    }
    return await make[kind]().save()
  }
  const texts: string[] = []
  // Some at once, because each may wait for a commit.
  for (let place = 0; place < count; place += together) {
    const places = Array.from({ length: Math.min(together, count - place) }, (_, ahead) => place + ahead)
    texts.push(...(await Promise.all(places.map(one))))
  }
  return texts
}

const together = 32
