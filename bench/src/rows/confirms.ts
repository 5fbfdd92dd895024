import { only, statement } from '../../../packages/gateway/src/base/db.ts'
import { checkLedger } from '../../../packages/gateway/src/core/ledger/check-ledger.ts'
import { settle } from '../ground/database.ts'
import { confirms, prepareOrders, type Orders } from '../ground/orders.ts'
import { clients, runPgbench, type Pgbench } from '../pgbench/run.ts'
import { ceiling, load, warmUps, type Rig, type Run } from '../rig.ts'
import { median } from '../statistics.ts'
import { perSecond, type Bound, type Row } from '../table.ts'

type Round = {
  readonly gateway: Run
  readonly hot: number | null
  readonly append: number | null
  readonly bare: Run
}

/**
 * Confirms into one merchant, each of an open bill of its own and in full: over HTTP, and by pgbench on the same server.
 * Runs alternate, the first ones are thrown away, and at the end the books are held against what was answered.
 */
export async function measureConfirms(rig: Rig): Promise<readonly Row[]> {
  const { size, ground, town } = rig
  rig.say('Opening bills…')
  const openOrders = await prepareOrders(ground.db, town)
  // pgbench gives each client as many as the next.
  const open = async (count: number): Promise<Orders> =>
    await openOrders(Math.ceil(count / clients) * clients)
  const opened: { gateway: Orders; hot: Orders; append: Orders }[] = []
  for (let round = 0; round < warmUps + size.confirmRounds; round += 1) {
    opened.push({
      gateway: await open(size.confirms),
      hot: await open(size.hotConfirms),
      append: await open(size.confirms),
    })
  }
  await settle(ground.db)
  const bench = pgbenchOf(rig)
  const rounds: Round[] = []
  for (const [place, { gateway, hot, append }] of opened.entries()) {
    const counted = place >= warmUps
    rig.say(counted ? `Confirms, round ${place + 1 - warmUps} of ${size.confirmRounds}…` : 'Warming up…')
    const sent = confirms(gateway, town)
    const run = await load(rig, rig.gateway, sent, { text: '"Success"' })
    const round: Round = {
      gateway: run,
      hot: bench === null ? null : await runPgbench(bench, 'hot-row', hot),
      append: bench === null ? null : await runPgbench(bench, 'append-only', append),
      bare: await ceiling(rig, sent, run.bodyBytes),
    }
    rig.say(
      `  gateway ${perSecond(run.rate)}, hot row ${perSecond(round.hot ?? Number.NaN)}, append-only ${perSecond(round.append ?? Number.NaN)}; ` +
        `CPU a confirm ${Math.round(run.cpuMicros)} µs here, ${Math.round(run.databaseMicros ?? Number.NaN)} µs in PostgreSQL`,
    )
    if (counted) rounds.push(round)
  }
  rig.say('Checking the books…')
  await verify(
    rig,
    opened.flatMap((one) => (bench === null ? [one.gateway] : [one.gateway, one.hot, one.append])),
  )
  return rowsOf(rounds)
}

function pgbenchOf({ pgbench, ground, folder, town }: Rig): Pgbench | null {
  if (pgbench === null) return null
  const newId = ground.version >= 18 ? 'uuidv7()' : 'gen_random_uuid()'
  return { program: pgbench, databaseUrl: ground.ownerUrl, newId, folder, source: town.bank.apiClientId }
}

function rowsOf(rounds: readonly Round[]): readonly Row[] {
  const common = {
    what: 'confirms into one merchant, HTTP',
    measured: perSecond(median(rounds.map(({ gateway }) => gateway.rate))),
    p50Ms: median(rounds.map(({ gateway }) => gateway.p50Ms)),
    p99Ms: median(rounds.map(({ gateway }) => gateway.p99Ms)),
  }
  const against = (name: string, of: (round: Round) => number | null, bound?: Bound): Row => {
    const rates = rounds.map(of).filter((rate) => rate !== null)
    if (rates.length === 0) return { ...common, baseline: name, ratio: null, ...(bound && { bound }) }
    const ratios = rounds.map((round) => round.gateway.rate / (of(round) ?? Number.NaN))
    return {
      ...common,
      baseline: `${perSecond(median(rates))} ${name}`,
      ratio: median(rounds.map(({ gateway }) => gateway.rate)) / median(rates),
      spread: [Math.min(...ratios), Math.max(...ratios)],
      ...(bound && { bound }),
    }
  }
  return [
    against('pgbench, hot merchant row', ({ hot }) => hot, { kind: 'must', atLeast: 3 }),
    against('pgbench, append-only, one statement', ({ append }) => append, { kind: 'goal', atLeast: 1 }),
    against('bare node:http', ({ bare }) => bare.rate),
  ]
}

const done = statement<{ readonly settled: bigint; readonly payments: bigint; readonly notices: bigint }>(
  'bench_count_done',
  `select count(*) filter (where i.state = 'settled' and i.paid = i.net + i.commission) as settled,
     (select count(*) from payment) as payments, (select count(*) from notice) as notices
   from bench_order o join invoice i on i.organization_id = o.organization_id and i.id = o.invoice_id
   where exists (select 1 from unnest($1::bigint[], $2::bigint[]) as k(first, until) where n >= first and n < until)`,
)

/** A fast wrong answer does not count: each bill paid once and told once, and every shilling in one place. */
async function verify({ ground }: Rig, paid: readonly Orders[]): Promise<void> {
  const expected = BigInt(paid.reduce((sum, { from, to }) => sum + to - from, 0))
  const counted = only(await ground.db.query(done, [paid.map(({ from }) => from), paid.map(({ to }) => to)]))
  const { settled, payments, notices } = counted ?? { settled: 0n, payments: 0n, notices: 0n }
  if (settled !== expected || payments !== expected || notices !== expected) {
    throw new Error(
      `${expected} confirms: ${settled} bills settled, ${payments} payments, ${notices} notices`,
    )
  }
  const violations = await checkLedger({ db: ground.db })
  if (violations.length > 0) throw new Error(`the books are broken: ${JSON.stringify(violations)}`)
}
