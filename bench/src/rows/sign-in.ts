import { settle } from '../ground/database.ts'
import { grantMany, verifier } from '../ground/grants.ts'
import type { BenchApplication } from '../ground/town.ts'
import type { Sent } from '../load/requests.ts'
import { load, warmUps, type Rig, type Run, type Served } from '../rig.ts'
import type { GrantPeer, OpenPeer } from '../servers/oidc-provider.ts'
import { startChild } from '../servers/start-child.ts'
import { median } from '../statistics.ts'
import { grouped, perSecond, type Bound, type Row } from '../table.ts'

/** One kind of request, and how each of both servers is asked. */
type Kind = {
  readonly name: string
  readonly spends: 'code' | 'access'
  readonly application: BenchApplication
  readonly count: number
  /** What every right answer holds, whoever answers. */
  readonly expect: string
  readonly ask: (text: string, paths: Paths) => Sent
  readonly bound?: Bound
}

type Paths = { readonly token: string; readonly introspect: string; readonly userInfo: string }
const ours: Paths = { token: '/oauth/token', introspect: '/oauth/introspect', userInfo: '/oauth/userinfo' }
const theirs: Paths = { token: '/token', introspect: '/token/introspection', userInfo: '/me' }

/**
 * The three requests that an application's server sends for each sign-in, against oidc-provider over maps in memory.
 * Compared by processor time, because the peer has no database to wait for, and our database's time is told beside.
 */
export async function measureSignIn(rig: Rig): Promise<readonly Row[]> {
  const { town } = rig
  const child = startChild('servers/oidc-provider.ts')
  // Both begin as fresh processes: what a server did before shapes its compiled code and its heap.
  const gateway = await rig.openGateway()
  try {
    const setup: OpenPeer = { applications: Object.values(town.applications), accountIds: town.accountIds }
    const peer: Served = { child, port: await child.ask<number>('open', setup) }
    const rows: Row[] = []
    for (const kind of kinds(rig)) rows.push(...(await measureKind({ ...rig, gateway }, peer, kind)))
    return rows
  } finally {
    await gateway.child.stop()
    await child.stop()
  }
}

function kinds({ town, size }: Rig): readonly Kind[] {
  const { RS256, ES256 } = town.applications
  const twice: Bound = { kind: 'must', atLeast: 2 }
  const exchange = (application: BenchApplication): Kind => ({
    name: `code exchange, ${application.alg}`,
    spends: 'code',
    application,
    count: size.exchanges,
    expect: '"id_token"',
    // An RSA signature alone takes more than half of what the peer takes for everything: there twice cannot be reached.
    bound: application.alg === 'RS256' ? { ...twice, kind: 'goal' } : twice,
    ask: (code, { token }) =>
      form(token, application, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: application.redirectUri,
        code_verifier: verifier,
      }),
  })
  const lookUp = { spends: 'access', application: RS256, count: size.lookUps } as const
  return [
    exchange(RS256),
    exchange(ES256),
    {
      ...lookUp,
      name: 'introspection',
      expect: '"active":true',
      bound: twice,
      ask: (token, { introspect }) => form(introspect, RS256, { token }),
    },
    {
      ...lookUp,
      name: 'user information',
      expect: '"Hassan"',
      ask: (token, { userInfo }) => ({
        method: 'GET',
        path: userInfo,
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

async function measureKind(rig: Rig, peer: Served, kind: Kind): Promise<readonly Row[]> {
  const { ground, town, size } = rig
  const { application, spends, count, expect } = kind
  const many = spends === 'code' ? count : liveTokens
  const sent = (texts: readonly string[], paths: Paths): readonly Sent[] =>
    Array.from({ length: count }, (_, place) => kind.ask(texts[place % many] ?? '', paths))
  const prepared: { readonly our: readonly Sent[]; readonly their: readonly Sent[] }[] = []
  for (let round = 0; round < warmUps + size.rounds; round += 1) {
    const our = await grantMany(ground.db, town, application, { kind: spends, count: many })
    const wanted: GrantPeer = { clientId: application.clientId, kind: spends, count: many }
    const their = await peer.child.ask<readonly string[]>('grant', wanted)
    prepared.push({ our: sent(our, ours), their: sent(their, theirs) })
  }
  await settle(ground.db)
  const rounds: { readonly our: Run; readonly their: Run }[] = []
  for (const [round, { our, their }] of prepared.entries()) {
    const place = round + 1 - warmUps
    rig.say(place < 1 ? `${kind.name}, warming up…` : `${kind.name}, round ${place} of ${size.rounds}…`)
    const run = {
      our: await load(rig, rig.gateway, our, expect),
      their: await load(rig, peer, their, expect),
    }
    if (place > 0) rounds.push(run)
  }
  return rowsOf(kind, rounds)
}

function rowsOf(kind: Kind, rounds: readonly { readonly our: Run; readonly their: Run }[]): readonly Row[] {
  const compare = (what: string, of: (our: Run) => number | null, bound?: Bound): Row => {
    const cpu = rounds.map(({ our }) => of(our)).filter((value) => value !== null)
    const their = median(rounds.map(({ their }) => their.cpuMicros))
    const baseline = `${grouped(their)} µs oidc-provider`
    if (cpu.length === 0) return { what, measured: '', baseline, ratio: null }
    const ratios = rounds.map((round, place) => round.their.cpuMicros / (cpu[place] ?? Number.NaN))
    return {
      what,
      measured: `${grouped(median(cpu))} µs`,
      baseline,
      ratio: their / median(cpu),
      spread: [Math.min(...ratios), Math.max(...ratios)],
      ...(bound && { bound }),
    }
  }
  const rates = {
    our: median(rounds.map(({ our }) => our.rate)),
    their: median(rounds.map(({ their }) => their.rate)),
  }
  const both = ({ cpuMicros, databaseMicros }: Run): number | null =>
    databaseMicros === null ? null : cpuMicros + databaseMicros
  return [
    compare(`${kind.name}, CPU a request`, ({ cpuMicros }) => cpuMicros, kind.bound),
    compare("  with PostgreSQL's CPU", both),
    {
      what: '  requests a second',
      measured: perSecond(rates.our),
      baseline: `${perSecond(rates.their)} oidc-provider`,
      ratio: rates.our / rates.their,
      p50Ms: median(rounds.map(({ our }) => our.p50Ms)),
      p99Ms: median(rounds.map(({ our }) => our.p99Ms)),
    },
  ]
}
