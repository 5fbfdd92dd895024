import { load, warmUps, type Rig, type Right, type Run, type Served } from '../rig.ts'
import type { Sent } from '../load/requests.ts'
import type { PeerName } from '../servers/peer.ts'
import { median } from '../statistics.ts'
import { grouped, perSecond, type Bound, type Row } from '../table.ts'

export type Peers = Readonly<Record<PeerName, Served>>

/** One kind of request, at the gateway and at every peer that has it. */
export type Contest = {
  readonly name: string
  readonly right: Right
  /** Where a peer gives another answer than we do. */
  readonly theirRight?: Right
  readonly bounds?: Readonly<Partial<Record<PeerName, Bound>>>
  /** Why a peer is not asked. */
  readonly lacks: Readonly<Partial<Record<PeerName, string>>>
  /** The requests of one round. */
  readonly prepare: () => Promise<Round>
  /** Once everything is prepared. */
  readonly ready: () => Promise<void>
}

export type Round = {
  readonly our: readonly Sent[]
  readonly their: Readonly<Partial<Record<PeerName, readonly Sent[]>>>
}

type Ran = { readonly our: Run; readonly their: ReadonlyMap<PeerName, Run> }

/** Everybody in turn, round after round, and what it comes to. */
export async function measureBeside(rig: Rig, peers: Peers, contest: Contest): Promise<readonly Row[]> {
  const prepared: Round[] = []
  for (let round = 0; round < warmUps + rig.size.rounds; round += 1) prepared.push(await contest.prepare())
  await contest.ready()
  const rounds: Ran[] = []
  for (const [round, { our, their }] of prepared.entries()) {
    const place = round + 1 - warmUps
    rig.say(
      place < 1 ? `${contest.name}, warming up…` : `${contest.name}, round ${place} of ${rig.size.rounds}…`,
    )
    const ran = { our: await load(rig, rig.gateway, our, contest.right), their: new Map<PeerName, Run>() }
    for (const [name, sent] of Object.entries(their) as [PeerName, readonly Sent[]][]) {
      ran.their.set(name, await load(rig, peers[name], sent, contest.theirRight ?? contest.right))
    }
    if (place > 0) rounds.push(ran)
  }
  return (Object.keys(peers) as PeerName[]).flatMap((name) => rowsOf(contest, rounds, name))
}

function rowsOf(contest: Contest, rounds: readonly Ran[], name: PeerName): readonly Row[] {
  const lack = contest.lacks[name]
  if (lack !== undefined) {
    return [
      { what: `${contest.name}, CPU a request`, measured: '', baseline: `${name}: ${lack}`, ratio: 'none' },
    ]
  }
  const pairs = rounds.flatMap(({ our, their }) => {
    const run = their.get(name)
    return run === undefined ? [] : [{ our, their: run }]
  })
  const bound = contest.bounds?.[name]
  return [
    compareCpu(`${contest.name}, CPU a request`, name, pairs, {
      of: own,
      ...(bound !== undefined ? { bound } : {}),
    }),
    ...(withItToo[name] === undefined
      ? []
      : [compareCpu("  with PostgreSQL's CPU", name, pairs, { of: withDatabase, ofTheir: withItToo[name] })]),
    compareRates(name, pairs),
  ]
}

const own = ({ cpuMicros }: Run): number => cpuMicros

/** Peers beside which the database's time is told, and what counts as theirs. */
const withItToo: Readonly<Partial<Record<PeerName, (their: Run) => number | null>>> = {
  'oidc-provider': own,
  'oidc-provider on PostgreSQL': withDatabase,
}

type Pair = { readonly our: Run; readonly their: Run }

function withDatabase({ cpuMicros, databaseMicros }: Run): number | null {
  return databaseMicros === null ? null : cpuMicros + databaseMicros
}

function compareCpu(
  what: string,
  name: PeerName,
  pairs: readonly Pair[],
  {
    of,
    ofTheir = of,
    bound,
  }: {
    readonly of: (run: Run) => number | null
    readonly ofTheir?: (run: Run) => number | null
    readonly bound?: Bound
  },
): Row {
  const cpu = pairs.map(({ our }) => of(our)).filter((value) => value !== null)
  const theirs = pairs.map((pair) => ofTheir(pair.their) ?? Number.NaN)
  const their = median(theirs)
  const baseline = `${grouped(their)} µs ${name}`
  if (cpu.length === 0) return { what, measured: '', baseline, ratio: null }
  const ratios = theirs.map((value, place) => value / (cpu[place] ?? Number.NaN))
  return {
    what,
    measured: `${grouped(median(cpu))} µs`,
    baseline,
    ratio: their / median(cpu),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    ...(bound && { bound }),
  }
}

function compareRates(name: PeerName, pairs: readonly Pair[]): Row {
  const our = (of: (run: Run) => number): number => median(pairs.map((pair) => of(pair.our)))
  const their = (of: (run: Run) => number): number => median(pairs.map((pair) => of(pair.their)))
  const rate = ({ rate: value }: Run): number => value
  return {
    what: '  requests a second',
    measured: perSecond(our(rate)),
    baseline: `${perSecond(their(rate))} ${name}`,
    ratio: our(rate) / their(rate),
    p50Ms: our(({ p50Ms }) => p50Ms),
    p99Ms: our(({ p99Ms }) => p99Ms),
    theirP99Ms: their(({ p99Ms }) => p99Ms),
  }
}
