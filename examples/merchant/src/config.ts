/** What the shop was given when it registered with the gateway, and where both of them are. */
export type Config = {
  readonly port: number
  readonly host: string
  /** The shop's own address, without a slash at its end. */
  readonly publicUrl: string
  readonly gatewayUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly apiClientId: string
  readonly apiKey: string
  readonly apiSecret: string
  readonly serviceId: string
  /** `whsec_…`; without it a notice proves less, and the shop asks the gateway before it believes one. */
  readonly webhookSecret: string | null
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the environment. Gives the whole list of faults, so that they can be mended in one go. */
export function readConfig(environment: Environment): Config | { readonly faults: readonly string[] } {
  const faults: string[] = []
  const demand = (name: string): string => {
    const value = environment[name] ?? ''
    if (value === '') faults.push(`${name} is missing: the gateway gives it when the shop is registered`)
    return value
  }
  const origin = (name: string, absent: string): string => {
    const value = environment[name] || absent
    const known = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
    if (!known) faults.push(`${name} is no http address: ${value}`)
    return known ? new URL(value).origin : value
  }
  const port = portOf(environment['PORT'] || '4001')
  if (port === null) faults.push(`PORT is no port: ${environment['PORT']}`)
  const config: Config = {
    port: port ?? 0,
    host: environment['HOST'] || '127.0.0.1',
    publicUrl: origin('PUBLIC_URL', `http://localhost:${port ?? 4001}`),
    gatewayUrl: origin('LANGO_URL', 'http://localhost:4000'),
    clientId: demand('CLIENT_ID'),
    clientSecret: demand('CLIENT_SECRET'),
    apiClientId: demand('API_CLIENT_ID'),
    apiKey: demand('API_KEY'),
    apiSecret: demand('API_SECRET'),
    serviceId: demand('SERVICE_ID'),
    webhookSecret: environment['WEBHOOK_SECRET'] || null,
  }
  return faults.length === 0 ? config : { faults }
}

function portOf(text: string): number | null {
  const port = Number(text)
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : null
}
