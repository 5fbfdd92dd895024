// What `npm run bench` runs: one table, each row a ratio within this run. How to read it: bench/README.md.
// --quick does a tenth of it; --only confirms,checkouts,sign-in,storm,process does a part; --row introspection does, of what is
// measured beside others, the rows whose names begin so; --profile writes CPU profiles.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { openGround } from './ground/database.ts'
import { freePort } from './ground/ports.ts'
import { buildTown, masterKeys } from './ground/town.ts'
import { findPgbench } from './pgbench/find.ts'
import type { Rig, Served, Size } from './rig.ts'
import { measureCheckouts } from './rows/checkouts.ts'
import { measureConfirms } from './rows/confirms.ts'
import { measureMemory, measureStartUp } from './rows/process.ts'
import { measureManyTokens } from './rows/many-tokens.ts'
import { measureStorm } from './rows/storm.ts'
import { measureSignIn } from './rows/sign-in.ts'
import { startChild, type Child } from './servers/start-child.ts'
import { broken, printTable, type Row } from './table.ts'

const sizes: Readonly<Record<'full' | 'quick', Size>> = {
  full: {
    name: 'full',
    confirms: 16_000,
    hotConfirms: 4_000,
    checkouts: 8_000,
    exchanges: 8_000,
    lookUps: 8_000,
    logins: 150,
    confirmRounds: 5,
    rounds: 5,
  },
  quick: {
    name: 'quick',
    confirms: 4_000,
    hotConfirms: 960,
    checkouts: 2_000,
    exchanges: 1_000,
    lookUps: 2_000,
    logins: 64,
    confirmRounds: 1,
    rounds: 1,
  },
}

const parts: Readonly<Record<string, (rig: Rig) => Promise<readonly Row[]>>> = {
  confirms: measureConfirms,
  checkouts: measureCheckouts,
  'sign-in': measureSignIn,
  storm: measureStorm,
  'many-tokens': measureManyTokens,
  process: async (rig) => [...(await measureMemory(rig)), ...(await measureStartUp(rig))],
}

/** Takes many minutes and gigabytes: only for who asks for it. */
const isLong: ReadonlySet<string> = new Set(['many-tokens'])

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: {
      type: 'string',
      default: Object.keys(parts)
        .filter((name) => !isLong.has(name))
        .join(','),
    },
    row: { type: 'string', default: '' },
    profile: { type: 'boolean', default: false },
  },
})
const say = (line: string): void => console.error(line)
const began = performance.now()
/** Rejects when somebody ends the bench: what it started and wrote goes away then as well. */
const stopped = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => reject(new Error(`stopped by ${signal}`)))
  }
})
stopped.catch(() => undefined)
const { rows, server } = await measure()
console.log(`\n${machine()}\n${server}\n\n${printTable(rows)}\n`)
console.log(
  `Took ${Math.round((performance.now() - began) / 1000)} s, size ${values.quick ? 'quick: only a check that it works' : 'full'}.`,
)
for (const { what, baseline } of broken(rows)) say(`MISSED: ${what}, against ${baseline}`)
process.exitCode = broken(rows).length > 0 && !values.quick ? 1 : 0

async function measure(): Promise<{ readonly rows: readonly Row[]; readonly server: string }> {
  const wanted = values.only.split(',').map((name) => {
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined
    if (part === undefined) throw new Error(`--only takes ${Object.keys(parts).join(', ')}, not ${name}`)
    return part
  })
  const folder = mkdtempSync(join(tmpdir(), 'lango-bench-files-'))
  const ends: (() => Promise<unknown>)[] = []
  try {
    const rig = await openRig(folder, ends)
    const rows: Row[] = []
    for (const part of wanted) rows.push(...(await Promise.race([part(rig), stopped])))
    return { rows, server: rig.ground.server }
  } finally {
    for (const end of ends.reverse()) await end()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function openRig(folder: string, ends: (() => Promise<unknown>)[]): Promise<Rig> {
  const pgbench = findPgbench(say)
  say('Starting PostgreSQL…')
  const ground = await openGround(process.env['DATABASE_URL'])
  ends.push(ground.close)
  // Nobody listens there: notices are written and tried, and their lane rests, as with a merchant who is away.
  const town = await buildTown(ground.gatewayUrl, `http://127.0.0.1:${await freePort()}`)
  ends.push(town.ports.close)
  const started = (file: string): Child => {
    const child = startChild(file)
    ends.push(child.stop)
    return child
  }
  const generator = started('load/generator.ts')
  const bare = started('servers/bare.ts')
  const openGateway = async (): Promise<Served> => {
    const profile = values.profile ? ['--cpu-prof', '--cpu-prof-dir=.cache/profiles'] : []
    const child = startChild('servers/gateway.ts', profile)
    const setup = { databaseUrl: ground.gatewayUrl, masterKeys, mode: 'sandbox' }
    return { child, port: await child.ask<number>('open', setup) }
  }
  const gateway = await openGateway()
  ends.push(gateway.child.stop)
  const size = values.quick ? sizes.quick : sizes.full
  const served = { gateway, openGateway, bare: { child: bare, port: await bare.ask<number>('listen') } }
  return { ground, town, ...served, generator, size, say, pgbench, folder, row: values.row }
}

function machine(): string {
  const gigabytes = Math.round(totalmem() / 1024 ** 3)
  return `Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${gigabytes} GB`
}
