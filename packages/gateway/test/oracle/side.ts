/** One of the two servers, driven the same way: who visits, what is sent, and what the answer comes to. */
import type { Browser } from '../journeys/account/town.ts'

export type Pairs = readonly (readonly [name: string, value: string])[]

export type Client = { readonly clientId: string; readonly secret: string; readonly redirectUri: string }

export type Visitor = 'stranger' | 'signed-in' | 'agreed'

export type Sent = {
  readonly method?: string
  readonly path: string
  readonly query?: Pairs
  /** A form, or a body as it is. */
  readonly body?: Pairs | string
  readonly headers?: Readonly<Record<string, string>>
}

export type TokenSet = { readonly access: string; readonly refresh: string; readonly id: string }

/**
 * What an answer comes to, in words that both sides share: `code`, `sign-in`, `consent`, `error access_denied`,
 * `page 400` at the authorization endpoint; `200`, `400 invalid_grant`, `200 inactive` elsewhere.
 */
export type Outcome = string

export type Side = {
  readonly name: 'lango' | 'peer'
  readonly url: string
  readonly visit: (visitor: Visitor, sent: Sent) => Promise<Outcome>
  readonly send: (sent: Sent) => Promise<Outcome>
  readonly codeFor: (client: Client, changed?: Changes) => Promise<string>
  readonly tokensFor: (client: Client, changed?: Changes) => Promise<TokenSet>
}

export type Ways = {
  readonly name: Side['name']
  readonly url: string
  /** Makes a browser in which the visitor is as far as it says, for this client. */
  readonly browserOf: (visitor: Visitor) => Promise<Browser>
  /** Lets the person of this browser agree to all that the client may ask for. */
  readonly agree: (browser: Browser, client: Client) => Promise<void>
  /** Lets some time pass, so that no limit for one address is met. */
  readonly rest: () => void
  /** Where a page of the side's own leads: `sign-in`, `consent`, or null for an error page. */
  readonly pageOf: (status: number, location: string | null, body: string) => Promise<string | null>
}

/** Other values for some parameters; null leaves one out. */
export type Changes = Readonly<Record<string, string | null>>

const verifier = 'a-verifier-that-is-long-enough-for-rfc-7636-0123456789'
/** BASE64URL(SHA-256(verifier)). */
const challenge = Buffer.from(
  await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)),
).toString('base64url')

export function pairsOf(whole: Changes, changed: Changes = {}): Pairs {
  return Object.entries({ ...whole, ...changed }).filter((pair): pair is [string, string] => pair[1] !== null)
}

export function requestOf(client: Client, changed: Changes = {}): Pairs {
  const whole = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    scope: 'openid profile',
    state: 'a-state',
    nonce: 'a-nonce',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }
  return pairsOf(whole, changed)
}

export function redemptionOf(client: Client, code: string, changed: Changes = {}): Pairs {
  const whole = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: client.redirectUri,
    code_verifier: verifier,
    ...(client.secret === '' ? { client_id: client.clientId } : {}),
  }
  return pairsOf(whole, changed)
}

export function basic({
  clientId,
  secret,
}: Pick<Client, 'clientId' | 'secret'>): Readonly<Record<string, string>> {
  return secret === '' ? {} : { authorization: `Basic ${btoa(`${clientId}:${secret}`)}` }
}

export function sideOf(ways: Ways): Side {
  const browsers = new Map<Visitor, Promise<Browser>>()
  const browser = async (visitor: Visitor): Promise<Browser> => {
    if (visitor === 'stranger') return await ways.browserOf(visitor)
    const known = browsers.get(visitor) ?? ways.browserOf(visitor)
    browsers.set(visitor, known)
    return await known
  }
  const codeFor: Side['codeFor'] = async (client, changed) => {
    const visitor = await browser('agreed')
    const ask = async (): Promise<string | null> => {
      ways.rest()
      const page = await visitor.get(addressOf('/oauth/authorize', requestOf(client, changed)))
      return new URL(page.location ?? 'x:', ways.url).searchParams.get('code')
    }
    const code = (await ask()) ?? (await ways.agree(visitor, client).then(ask))
    if (code === null) throw new Error(`${ways.name} gave no code`)
    return code
  }
  return {
    name: ways.name,
    url: ways.url,
    visit: async (visitor, sent) => {
      ways.rest()
      const { cookies } = await browser(visitor)
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await sending(ways.url, {
        ...sent,
        headers: { ...sent.headers, ...(cookie === '' ? {} : { cookie }) },
      })
      return await frontOutcome(ways, answer)
    },
    send: async (sent) => await backOutcome(await sending(ways.url, sent)),
    codeFor,
    tokensFor: async (client, changed) => {
      const code = await codeFor(client, changed)
      const body = redemptionOf(client, code)
      const answer = await sending(ways.url, { path: '/oauth/token', body, headers: basic(client) })
      const tokens = (await answer.json()) as Readonly<Record<string, string>>
      if (answer.status !== 200) throw new Error(`${ways.name} gave no tokens: ${JSON.stringify(tokens)}`)
      return {
        access: tokens['access_token'] ?? '',
        refresh: tokens['refresh_token'] ?? '',
        id: tokens['id_token'] ?? '',
      }
    },
  }
}

export function addressOf(path: string, query: Pairs = []): string {
  if (query.length === 0) return path
  return `${path}?${new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString()}`
}

async function sending(url: string, { method, path, query, body, headers }: Sent): Promise<Response> {
  const sends = body === undefined || typeof body === 'string' ? body : addressOf('', body).slice(1)
  return await fetch(url + addressOf(path, query), {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      ...(typeof body === 'object' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...headers,
    },
    ...(sends === undefined ? {} : { body: sends }),
  })
}

async function frontOutcome(ways: Ways, answer: Response): Promise<Outcome> {
  const location = answer.headers.get('location')
  const body = await answer.text()
  const own = await ways.pageOf(answer.status, location, body)
  if (own !== null) return own
  if (location === null) return `page ${answer.status}`
  const { searchParams, hash } = new URL(location, ways.url)
  const said = hash.length > 1 ? new URLSearchParams(hash.slice(1)) : searchParams
  const error = said.get('error')
  if (error !== null) return `error ${error}`
  return said.has('code') ? 'code' : `to ${location}`
}

async function backOutcome(answer: Response): Promise<Outcome> {
  const text = await answer.text()
  const json = answer.headers.get('content-type')?.includes('json') === true
  const body = (json && text !== '' ? JSON.parse(text) : {}) as Readonly<Record<string, unknown>>
  if (typeof body['error'] === 'string') return `${answer.status} ${body['error']}`
  if (typeof body['active'] === 'boolean') return `${answer.status} ${body['active'] ? 'active' : 'inactive'}`
  const challenged = /error="([^"]+)"/.exec(answer.headers.get('www-authenticate') ?? '')?.[1]
  return challenged === undefined ? String(answer.status) : `${answer.status} ${challenged}`
}
