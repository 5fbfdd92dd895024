import { openHouse, type Setup } from './app.ts'
import type { Config } from './config.ts'

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
    logLevel: config.logLevel,
    ...(options.sandbox === undefined ? {} : { sandbox: options.sandbox }),
  })
  await house.server.listen({ port: config.port, host: config.host })
  house.startJobs()
  return { url: config.publicUrl, close: house.close }
}
