import { settle } from '../ground/database.ts'
import { grantMany, verifier } from '../ground/grants.ts'
import type { BenchApplication, Town } from '../ground/town.ts'
import type { Sent } from '../load/requests.ts'
import type { Rig, Right, Served, Size } from '../rig.ts'
import type { Granting, OpenPeer, PeerName } from '../servers/peer.ts'
import { startChild } from '../servers/start-child.ts'
import type { Bound, Row } from '../table.ts'
import { measureBeside, type Contest, type Peers } from './beside.ts'
import { loginContest } from './logins.ts'

/** One kind of request that an application's server sends, and where each server takes it. */
type Kind = {
  readonly name: string
  readonly application: BenchApplication
  readonly scopes: readonly string[]
  readonly spends: Granting
  readonly count: number
  readonly right: Right
  readonly at: Operation
  readonly ask: (text: string, path: string) => Sent
  readonly lacks: Contest['lacks']
  readonly bound?: Bound
}

type Operation = 'token' | 'introspect' | 'userInfo'
type Doors = Readonly<Record<Operation, string>>
const ours: Doors = { token: '/oauth/token', introspect: '/oauth/introspect', userInfo: '/oauth/userinfo' }
const theirs: Readonly<Partial<Record<PeerName, Partial<Doors>>>> = {
  'oidc-provider': { token: '/token', introspect: '/token/introspection', userInfo: '/me' },
  'oauth2-server': { token: '/token' },
}

const noServer = 'its OAuth server is a package of its own'
const lacksAll = {
  'oauth2-server': 'brings none',
  'better-auth': noServer,
} as const
const lacksIdTokens = { 'oauth2-server': 'signs no ID tokens', 'better-auth': noServer } as const

/**
 * What an application's server and its people send, beside three others in the same run: oidc-provider and
 * oauth2-server over maps in memory, better-auth over its own adapter for memory. Compared by processor time, because
 * the peers have no database to wait for, and our database's time is told beside.
 */
export async function measureSignIn(rig: Rig): Promise<readonly Row[]> {
  const { town } = rig
  const setup: OpenPeer = {
    applications: Object.values(town.applications),
    accountIds: town.accountIds,
    people: town.people,
  }
  // All begin as fresh processes: what a server did before shapes its compiled code and its heap.
  const gateway = await rig.openGateway()
  const stops = [gateway.child.stop]
  const open = async (name: PeerName): Promise<Served> => {
    const child = startChild(`servers/${name}.ts`)
    stops.push(child.stop)
    return { child, port: await child.ask<number>('open', setup) }
  }
  try {
    const peers: Peers = {
      'oidc-provider': await open('oidc-provider'),
      'oauth2-server': await open('oauth2-server'),
      'better-auth': await open('better-auth'),
    }
    const fresh = { ...rig, gateway }
    const contests = [...kinds(rig).map((kind) => contestOf(fresh, peers, kind)), await loginContest(fresh)]
    const rows: Row[] = []
    for (const contest of contests) rows.push(...(await measureBeside(fresh, peers, contest)))
    return rows
  } finally {
    for (const stop of stops) await stop()
  }
}

const identity = ['openid', 'profile', 'email']

function kinds({ town, size }: Rig): readonly Kind[] {
  const { RS256, ES256 } = town.applications
  const exchange = (application: BenchApplication): Kind => ({
    name: `code exchange, ${application.alg}`,
    application,
    scopes: identity,
    spends: 'code',
    count: size.exchanges,
    right: { text: '"id_token"' },
    at: 'token',
    lacks: lacksIdTokens,
    // An RSA signature alone takes more than half of what the peer takes for everything: there twice cannot be reached.
    bound: { kind: application.alg === 'RS256' ? 'goal' : 'must', atLeast: 2 },
    ask: (code, path) =>
      form(path, application, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: application.redirectUri,
        code_verifier: verifier,
      }),
  })
  const refresh = {
    application: ES256,
    spends: 'refresh',
    count: size.exchanges,
    at: 'token',
    bound: { kind: 'must', atLeast: 3 },
    ask: (token, path) => form(path, ES256, { grant_type: 'refresh_token', refresh_token: token }),
  } as const satisfies Partial<Kind>
  return [
    exchange(RS256),
    exchange(ES256),
    {
      ...refresh,
      name: 'refresh, ES256',
      scopes: [...identity, 'offline_access'],
      right: { text: '"id_token"' },
      lacks: lacksIdTokens,
    },
    {
      ...refresh,
      name: 'refresh, no ID token',
      scopes: ['profile', 'offline_access'],
      right: { text: '"refresh_token"' },
      lacks: { 'better-auth': noServer },
    },
    ...lookUps(town, size),
  ]
}

function lookUps({ applications: { RS256 } }: Town, size: Size): readonly Kind[] {
  const lookUp = { application: RS256, scopes: identity, spends: 'access', count: size.lookUps } as const
  return [
    {
      ...lookUp,
      name: 'introspection',
      right: { text: '"active":true' },
      at: 'introspect',
      lacks: lacksAll,
      bound: { kind: 'must', atLeast: 3 },
      ask: (token, path) => form(path, RS256, { token }),
    },
    {
      ...lookUp,
      name: 'user information',
      right: { text: '"Hassan"' },
      at: 'userInfo',
      lacks: lacksAll,
      ask: (token, path) => ({
        method: 'GET',
        path,
        headers: { Authorization: `Bearer ${token}` },
        body: '',
      }),
    },
  ]
}

function form(
  path: string,
  { clientId, clientSecret }: BenchApplication,
  fields: Record<string, string>,
): Sent {
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString(
    'base64',
  )
  return {
    method: 'POST',
    path,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: `Basic ${basic}` },
    body: new URLSearchParams(fields).toString(),
  }
}

/** Tokens asked about again and again are spread over so many; codes are good once, so each request has its own. */
const liveTokens = 2_000

function contestOf({ ground, town }: Rig, peers: Peers, kind: Kind): Contest {
  const { application, scopes, spends, count } = kind
  const many = spends === 'access' ? liveTokens : count
  const wanted = { kind: spends, scopes, count: many }
  const sent = (texts: readonly string[], path: string): readonly Sent[] =>
    Array.from({ length: count }, (_, place) => kind.ask(texts[place % many] ?? '', path))
  return {
    ...kind,
    prepare: async () => {
      const our = sent(await grantMany(ground.db, town, application, wanted), ours[kind.at])
      const their: Partial<Record<PeerName, readonly Sent[]>> = {}
      for (const [name, doors] of Object.entries(theirs) as [PeerName, Partial<Doors>][]) {
        const path = doors[kind.at]
        if (path === undefined || kind.lacks[name] !== undefined) continue
        const { clientId } = application
        their[name] = sent(
          await peers[name].child.ask<readonly string[]>('grant', { clientId, ...wanted }),
          path,
        )
      }
      return { our, their }
    },
    ready: async () => await settle(ground.db),
  }
}
