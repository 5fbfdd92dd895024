import { openHouse, type Setup } from './app.ts'
import { ConfigFault, type Config } from './config.ts'
import { hasDemoData } from './core/organization/keep-demo-addresses.ts'

export type Serving = { readonly url: string; readonly close: () => Promise<void> }

export type ServeOptions = {
  readonly databaseUrl: string
  readonly sandbox?: NonNullable<Setup['sandbox']>
}

/** Opens the house, listens, and starts its jobs. `close` cuts nobody: requests and rounds under way end first. */
export async function serve(config: Config, options: ServeOptions): Promise<Serving> {
  const house = await openHouse({
    databaseUrl: options.databaseUrl,
    masterKeys: config.masterKeys,
    mode: config.mode,
    publicUrl: config.publicUrl,
    trustedProxies: config.trustedProxies,
    limits: config.limits,
    hosts: config.hosts,
    metricsToken: config.metricsToken,
    logLevel: config.logLevel,
    messages: config.messages,
    stolenPasswords: config.stolenPasswords,
    ...(options.sandbox === undefined ? {} : { sandbox: options.sandbox }),
  })
  if (config.mode === 'live' && (await hasDemoData(house.deps))) {
    await house.close()
    throw new ConfigFault([
      'LANGO_MODE: live refuses this database: it holds demo data, whose keys everybody knows. Start on an empty one, and move in with "lango org create".',
    ])
  }
  await house.server.listen({ port: config.port, host: config.host })
  house.startJobs()
  return { url: config.publicUrl, close: house.close }
}
