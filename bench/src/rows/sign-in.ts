import { settle } from '../ground/database.ts'
import { grantMany, verifier } from '../ground/grants.ts'
import type { BenchApplication, Town } from '../ground/town.ts'
import type { Sent } from '../load/requests.ts'
import type { Rig, Right, Served, Size } from '../rig.ts'
import type { GrantPeer, Granting, OpenPeer, PeerName } from '../servers/peer.ts'
import { startChild } from '../servers/start-child.ts'
import type { Row } from '../table.ts'
import { measureBeside, type Contest, type Peers } from './beside.ts'
import { loginContest } from './logins.ts'

/** One kind of request that an application's server sends, and where each server takes it. */
type Kind = {
  readonly name: string
  readonly application: BenchApplication
  readonly scopes: readonly string[]
  /** Null for what an application asks in its own name. */
  readonly spends: Granting | null
  readonly count: number
  readonly right: Right
  readonly at: Operation
  readonly ask: (text: string, path: string) => Sent
  readonly lacks: Contest['lacks']
  readonly bounds?: NonNullable<Contest['bounds']>
}

type Operation = 'token' | 'introspect' | 'userInfo'
type Doors = Readonly<Record<Operation, string>>
const ours: Doors = { token: '/oauth/token', introspect: '/oauth/introspect', userInfo: '/oauth/userinfo' }
const providers: Doors = { token: '/token', introspect: '/token/introspection', userInfo: '/me' }
const theirs: Readonly<Partial<Record<PeerName, Partial<Doors>>>> = {
  'oidc-provider': providers,
  'oidc-provider on PostgreSQL': providers,
  'oauth2-server': { token: '/token' },
}

const noServer = 'its OAuth server is a package of its own'
const lacksAll = {
  'oauth2-server': 'brings none',
  'better-auth': noServer,
} as const
const lacksIdTokens = { 'oauth2-server': 'signs no ID tokens', 'better-auth': noServer } as const

/**
 * What an application's server and its people send, beside others in the same run: oidc-provider over maps in memory and
 * over the PostgreSQL that we use, oauth2-server over maps, better-auth over its own adapter for memory. Compared by
 * processor time, because most have no database to wait for, and the database's time is told beside.
 */
export async function measureSignIn(rig: Rig): Promise<readonly Row[]> {
  const { town } = rig
  const setup: OpenPeer = {
    databaseUrl: null,
    applications: Object.values(town.applications),
    accountIds: town.accountIds,
    people: town.people,
  }
  // All begin as fresh processes: what a server did before shapes its compiled code and its heap.
  const gateway = await rig.openGateway()
  const stops = [gateway.child.stop]
  const open = async (file: string, databaseUrl: string | null = null): Promise<Served> => {
    const child = startChild(`servers/${file}.ts`)
    stops.push(child.stop)
    return { child, port: await child.ask<number>('open', { ...setup, databaseUrl }) }
  }
  try {
    const peers: Peers = {
      'oidc-provider': await open('oidc-provider'),
      'oidc-provider on PostgreSQL': await open('oidc-provider', rig.ground.ownerUrl),
      'oauth2-server': await open('oauth2-server'),
      'better-auth': await open('better-auth'),
    }
    const fresh = { ...rig, gateway }
    const contests = [...kinds(rig).map((kind) => contestOf(fresh, peers, kind)), await loginContest(fresh)]
    const wanted = contests.filter(({ name }) => name.startsWith(rig.row))
    const rows: Row[] = []
    for (const contest of wanted) rows.push(...(await measureBeside(fresh, peers, contest)))
    return rows
  } finally {
    for (const stop of stops) await stop()
  }
}

/** Three times the peer that keeps what it knows as we do; the one that keeps nothing is what we strive for. */
const threeTimes: NonNullable<Kind['bounds']> = {
  'oidc-provider': { kind: 'goal', atLeast: 3 },
  'oidc-provider on PostgreSQL': { kind: 'must', atLeast: 3 },
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
    bounds: { 'oidc-provider': { kind: application.alg === 'RS256' ? 'goal' : 'must', atLeast: 2 } },
    ask: (code, path) =>
      form(path, application, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: application.redirectUri ?? '',
        code_verifier: verifier,
      }),
  })
  const refresh = {
    application: ES256,
    spends: 'refresh',
    count: size.exchanges,
    at: 'token',
    bounds: threeTimes,
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
    forItself(town, size),
    ...lookUps(town, size),
  ]
}

function forItself({ applications: { machine } }: Town, size: Size): Kind {
  return {
    name: 'client_credentials',
    application: machine,
    scopes: machine.scopes,
    spends: null,
    count: size.exchanges,
    right: { text: `"scope":"${machine.scopes.join(' ')}"` },
    at: 'token',
    lacks: { 'better-auth': noServer },
    ask: (_, path) =>
      form(path, machine, { grant_type: 'client_credentials', scope: machine.scopes.join(' ') }),
  }
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
      bounds: threeTimes,
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
  const sent = (texts: readonly string[], path: string): readonly Sent[] =>
    Array.from({ length: count }, (_, place) => kind.ask(texts[place % many] ?? '', path))
  const granted = async (
    grant: (wanted: Omit<GrantPeer, 'clientId'>) => Promise<readonly string[]>,
  ): Promise<readonly string[]> => (spends === null ? [] : await grant({ kind: spends, scopes, count: many }))
  return {
    ...kind,
    prepare: async () => {
      const texts = await granted((wanted) => grantMany(ground.db, town, application, wanted))
      const their: Partial<Record<PeerName, readonly Sent[]>> = {}
      for (const [name, doors] of Object.entries(theirs) as [PeerName, Partial<Doors>][]) {
        const path = doors[kind.at]
        if (path === undefined || kind.lacks[name] !== undefined) continue
        const { clientId } = application
        const ask = (wanted: Omit<GrantPeer, 'clientId'>): Promise<readonly string[]> =>
          peers[name].child.ask<readonly string[]>('grant', { clientId, ...wanted })
        their[name] = sent(await granted(ask), path)
      }
      return { our: sent(texts, ours[kind.at]), their }
    },
    ready: async () => await settle(ground.db),
  }
}
