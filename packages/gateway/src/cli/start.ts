import { loadConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { connectAsRole, migrate } from '../outside/migrate.ts'
import { startBeside } from './beside.ts'
import type { Beside, Running } from './beside.ts'
import { CommandFault } from './command.ts'
import type { Asked, Command } from './command.ts'
import { ownDatabase } from './open.ts'
import { mustBeFree } from './ports.ts'
import { listenForStop } from './stop-signal.ts'
import { welcomeText } from './welcome.ts'
import type { Demo, Welcome } from './welcome.ts'
import type { Seeded } from './demo.ts'
import type { SandboxOptions } from '../sites/sandbox/options.ts'

export const command: Command = {
  about:
    'Without DATABASE_URL the embedded PostgreSQL in LANGO_DATA is made, started and watched over. Migrations are applied\n' +
    'first. In sandbox mode (the default) demo data, the simulators and a demo shop come with it, on the next two ports.',
  takes: [],
  options: {},
  run: (asked) => start(asked, loadParts()),
}

/** Read from disk while the database starts: the gateway is most of the code that there is. */
async function loadParts(): Promise<Parts> {
  const [{ serve }, { seedDemo }] = await Promise.all([import('../main.ts'), import('./demo.ts')])
  return { serve, seedDemo }
}

/** The two big parts that a start puts together; a test of the start itself brings small ones. */
export type Parts = {
  readonly seedDemo: (
    config: Config,
    options: { databaseUrl: string; say: (line: string) => void },
  ) => Promise<Seeded>
  readonly serve: (config: Config, options: ServeOptions) => Promise<Served>
}

export type ServeOptions = {
  readonly databaseUrl: string
  readonly sandbox?: SandboxOptions
}

export type Served = { readonly url: string; readonly close: () => Promise<void> }

/** What has been started, to be ended in the opposite order. */
type Opened = { readonly name: string; readonly close: () => Promise<void> }

export async function start(asked: Asked, loading: Promise<Parts>): Promise<null> {
  const began = performance.now()
  // Awaited when the database is there; until then a failure to load must not count as one that nobody handles.
  loading.catch(() => undefined)
  const { say } = asked
  const config = loadConfig(asked.env)
  const opened: Opened[] = []
  const stop = listenForStop()
  try {
    const { lost } = await run(config, { loading, asked, opened, began })
    const reason = await Promise.race([stop.asked, lost])
    say(`Stopping (${reason})…`)
  } finally {
    for (const { close } of opened.reverse()) await close()
    stop.forget()
  }
  say('Stopped.')
  return null
}

type Starting = {
  readonly loading: Promise<Parts>
  readonly asked: Asked
  readonly opened: Opened[]
  readonly began: number
}

/** Starts everything and welcomes; returns what rejects if the database is lost for good. */
async function run(
  config: Config,
  { loading, asked, opened, began }: Starting,
): Promise<{ lost: Promise<never> }> {
  const { say, print } = asked
  const database = await ownDatabase(config, { doing: 'lango start', say })
  opened.push({ name: 'database', close: database.close })
  await allFree(config)
  await migrate(database.url, { say })
  const databaseUrl = await connectAsRole(database.url)
  const parts = await loading
  const seeded = config.mode === 'sandbox' ? await parts.seedDemo(config, { databaseUrl, say }) : null
  const demo = seeded?.demo ?? null
  const served = await parts.serve(config, {
    databaseUrl,
    ...(seeded === null ? {} : { sandbox: seeded.sandbox }),
  })
  const beside = demo === null ? [] : await startSandbox(config, demo, asked)
  // Beside programs end after the gateway, which may still be delivering to them.
  for (const { name, stop } of beside) opened.push({ name, close: stop })
  opened.push({ name: 'gateway', close: served.close })
  const welcome: Welcome = {
    mode: config.mode,
    seconds: (performance.now() - began) / 1000,
    addresses: addresses(config, database.name),
    demo,
    missing: beside.flatMap(({ missing }) => (missing === null ? [] : [missing])),
  }
  print({ value: welcome, text: welcomeText(welcome) })
  return { lost: lostForGood(database.embedded?.lost) }
}

/** Told before anything is changed, with the address that is taken. */
async function allFree({ host, port, mode }: Config): Promise<void> {
  const ports = mode === 'sandbox' ? [port, port + 1, port + 2] : [port]
  for (const one of ports) await mustBeFree(host, one)
}

function startSandbox(config: Config, demo: Demo, { env, say }: Asked): Promise<readonly Running[]> {
  const { host, port, publicUrl } = config
  const environment = { PATH: env['PATH'] ?? '' }
  const simulators: Beside = {
    name: 'simulators',
    file: 'packages/simulators/src/main.ts',
    // They obey whoever reaches them, so only this machine may.
    host: '127.0.0.1',
    port: port + 2,
    environment,
  }
  const shop: Beside = {
    name: 'shop',
    file: 'examples/merchant/src/main.ts',
    host,
    port: port + 1,
    environment: {
      ...environment,
      LANGO_URL: publicUrl,
      PUBLIC_URL: `http://localhost:${port + 1}`,
      ...demo.shopEnvironment,
    },
  }
  return Promise.all([startBeside(simulators, say), startBeside(shop, say)])
}

function addresses({ publicUrl, mode, port }: Config, database: string): Readonly<Record<string, string>> {
  const gateway = { Gateway: publicUrl, Documents: `${publicUrl}/docs` }
  const sandbox = {
    Sandbox: `${publicUrl}/sandbox`,
    'Demo shop': `http://localhost:${port + 1}`,
    Simulators: `http://localhost:${port + 2}`,
  }
  return { ...gateway, ...(mode === 'sandbox' ? sandbox : {}), Database: database }
}

async function lostForGood(lost: Promise<Error> | undefined): Promise<never> {
  if (lost === undefined) return new Promise<never>(() => undefined)
  const fault = await lost
  throw new CommandFault(`the database is lost and Lango stops: ${fault.message}`)
}
