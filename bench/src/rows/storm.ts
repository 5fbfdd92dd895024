import { settle } from '../ground/database.ts'
import { grantMany } from '../ground/grants.ts'
import type { Loaded } from '../load/generator.ts'
import { written, type Sent } from '../load/requests.ts'
import { warmUps, type Rig, type Served } from '../rig.ts'
import { startChild, type Child } from '../servers/start-child.ts'
import { median } from '../statistics.ts'
import type { Row } from '../table.ts'
import { loginRequest, openForms, type Form } from './logins.ts'

/** Few, so that introspections wait for what the gateway does and not for each other. */
const askers = 4
/** People at once, as when an office opens: more than there are threads that hash. */
const crowd = 32

/**
 * Introspection while people sign in as fast as they can, against introspection at a gateway that does nothing else. A
 * password's hash costs tens of milliseconds of a whole core: what shares a queue with it would wait as long.
 */
export async function measureStorm(rig: Rig): Promise<readonly Row[]> {
  const { town, size, say, ground } = rig
  // Of its own: the pools of connections of the others are wider.
  const gateway = await rig.openGateway()
  const stormer = startChild('load/generator.ts')
  try {
    const forms = await openForms({ gateway, town })
    const asked = await introspections(rig)
    const storm = stormOf(stormer, gateway, forms)
    const measure = async (): Promise<Loaded> => await asking(rig, gateway, asked)
    const idle: Loaded[] = []
    const stormy: Loaded[] = []
    for (let round = 0; round < warmUps + size.rounds; round += 1) {
      say(`Introspection, idle and while logins storm, round ${round + 1}…`)
      await settle(ground.db)
      idle.push(await measure())
      stormy.push(await storm.during(measure))
    }
    return [row(idle.slice(warmUps), stormy.slice(warmUps), storm.loginsPerSecond())]
  } finally {
    await stormer.stop()
    await gateway.child.stop()
  }
}

async function introspections({ town, size, ground }: Rig): Promise<readonly Sent[]> {
  const application = town.applications.ES256
  const texts = await grantMany(ground.db, town, application, {
    kind: 'access',
    scopes: ['openid'],
    count: 2_000,
  })
  const basic = Buffer.from(`${application.clientId}:${application.clientSecret}`).toString('base64')
  return Array.from({ length: size.lookUps }, (_, place) => ({
    method: 'POST',
    path: '/oauth/introspect',
    headers: { Authorization: `Basic ${basic}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: `token=${texts[place % texts.length] ?? ''}`,
  }))
}

async function asking(rig: Rig, { port }: Served, sent: readonly Sent[]): Promise<Loaded> {
  const load = { port, connections: askers, requests: written(sent), status: 200, expect: '"active":true' }
  return await rig.generator.ask<Loaded>('load', load)
}

/** Logins one after the other on each connection of the crowd, for as long as something else takes. */
function stormOf(stormer: Child, { port }: Served, forms: readonly Form[]) {
  const batches: Loaded[] = []
  let place = 0
  const batch = async (): Promise<void> => {
    const sent = Array.from({ length: crowd * 8 }, () => {
      const form = forms[place % forms.length]
      if (form === undefined) throw new Error('nobody lives in this town')
      place += 1
      return loginRequest(form, place)
    })
    const load = {
      port,
      connections: crowd,
      requests: written(sent),
      status: 303,
      expect: 'location: /account',
    }
    batches.push(await stormer.ask<Loaded>('load', load))
  }
  return {
    during: async <Done>(work: () => Promise<Done>): Promise<Done> => {
      let isOver = false
      const storming = (async () => {
        while (!isOver) await batch()
      })()
      // It is awaited below; until then a fault of it is no reason to end the bench without clearing up.
      storming.catch(() => undefined)
      try {
        return await work()
      } finally {
        isOver = true
        await storming
      }
    },
    loginsPerSecond: (): number => median(batches.map(({ answered, seconds }) => answered / seconds)),
  }
}

function row(idle: readonly Loaded[], stormy: readonly Loaded[], logins: number): Row {
  const ratios = idle.map(({ p99Ms }, round) => p99Ms / (stormy[round]?.p99Ms ?? Number.NaN))
  const [calm, rough] = [idle, stormy].map((runs) => median(runs.map(({ p99Ms }) => p99Ms))) as [
    number,
    number,
  ]
  return {
    what: `introspection p99 while ${Math.round(logins)} people sign in each second`,
    measured: `${rough.toFixed(1)} ms`,
    baseline: `${calm.toFixed(1)} ms idle`,
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    // At most twice as long.
    bound: { kind: 'must', atLeast: 0.5 },
    p50Ms: median(stormy.map(({ p50Ms }) => p50Ms)),
    p99Ms: rough,
  }
}
