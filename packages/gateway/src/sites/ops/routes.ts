import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import { checkReady } from '../../core/switch/check-ready.ts'
import { measureTables } from '../../core/switch/measure-tables.ts'
import type { TableSize } from '../../core/switch/table-size.ts'
import { measureQueues } from '../../core/switch/measure-queues.ts'
import type { Asked } from '../../http/asked.ts'
import { json, text } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'

export type OpsOptions = {
  /** The newest migration that this program knows. */
  readonly newestMigration: number
  /** Lets /metrics be read from elsewhere; without one, only from this machine. */
  readonly metricsToken: string | null
  /** Prints the counters of this process with what was measured. */
  readonly printMetrics: (
    measured: Readonly<Record<string, number>>,
    tables: readonly TableSize[],
  ) => Promise<string>
}

/** What machines ask of a machine. Open in maintenance too: a closed house is not a broken one. */
export function routes(options: OpsOptions): readonly Route[] {
  return [alive, ready(options), metrics(options)]
}

const alive = route<null, null, never>('GET', '/healthz', {
  alwaysOpen: true,
  budget: 'unlimited',
  parse: () => ok(null),
  run: () => Promise.resolve(ok(null)),
  print: () => json(200, { status: 'ok' }),
  refuse: {},
})

function ready({ newestMigration }: OpsOptions): Route {
  return route('GET', '/readyz', {
    alwaysOpen: true,
    parse: () => ok(null),
    run: async (deps: Deps) => ok(await checkReady(deps, newestMigration)),
    print: (found) => {
      const isReady = found.database === 'answers' && found.migrations === 'current'
      return json(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', ...found })
    },
    refuse: {},
  })
}

function metrics({ metricsToken, printMetrics }: OpsOptions): Route {
  return route('GET', '/metrics', {
    alwaysOpen: true,
    parse: (asked, deps) => mayRead(asked, deps, metricsToken),
    run: async (deps: Deps) => ok(await printMetrics(await measureQueues(deps), await measureTables(deps))),
    print: (printed) => text(200, printed, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
    refuse: {
      bearer_invalid: () =>
        text(401, 'Read this from the machine itself, or with its token.\n', {
          'www-authenticate': 'Bearer',
        }),
    },
  })
}

function mayRead(asked: Asked, deps: Deps, token: string | null): Result<null, Refusal<'bearer_invalid'>> {
  const given = /^Bearer (.+)$/i.exec(asked.headers['authorization'] ?? '')?.[1]
  const { sha256, equal } = deps.digests
  if (token !== null && given !== undefined && equal(sha256(given), sha256(token))) return ok(null)
  return isThisMachine(asked) ? ok(null) : no(refusal('bearer_invalid'))
}

/** A proxy on this machine that nobody told us to trust makes every stranger look local: it says so in a header. */
function isThisMachine({ address, headers }: Asked): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
    (name) => headers[name] !== undefined,
  )
  return !isForwarded && /^(127\.|::1$|::ffff:127\.)/.test(address)
}
