/** A town with applications, and the steps that a person, her browser and an application take together. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import {
  createApplication,
  type CreateApplication,
} from '../../../src/core/application/create-application.ts'
import type { ClientCredentials } from '../../../src/core/client/client-credentials.ts'
import type { Account } from '../../../src/core/account/account.ts'
import { createOrganization } from '../../../src/core/organization/create-organization.ts'
import { must, type WorldOptions } from '../../world.ts'
import { amina, openTown, register, wanjiku, type Browser, type Page, type Town } from '../account/town.ts'

export type Gate = Town & {
  readonly url: string
  readonly account: Account
  readonly other: Account
  readonly organizationId: string
  readonly application: (wanted?: Partial<CreateApplication>) => Promise<Application>
  /** A browser in which Wanjiku is signed in. */
  readonly signedIn: () => Promise<Browser>
}

export type Application = { readonly clientId: string; readonly secret: string; readonly redirectUri: string }
export type Parameters = Readonly<Record<string, string>>
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

export const redirectUri = 'https://shop.example/back'

export async function openGate(options: WorldOptions = {}): Promise<Gate> {
  const town = await openTown(options)
  const { deps } = town
  const organizationId = must(await createOrganization(deps, { name: 'Ministry of Gates', origins: [] })).id
  return {
    ...town,
    url: deps.publicUrl,
    account: await register(deps, wanjiku),
    other: await register(deps, amina),
    organizationId,
    application: async (wanted = {}) => {
      const asked = {
        organizationId,
        name: 'Boma',
        kind: 'web' as const,
        redirectUris: [redirectUri],
        ...wanted,
      }
      const made = must(await createApplication(deps, asked))
      return {
        clientId: made.clientId,
        secret: made.clientSecret ?? '',
        redirectUri: asked.redirectUris[0] ?? '',
      }
    },
    signedIn: async () => {
      const browser = town.browser()
      const page = await browser.signIn('00000011', 'wanjiku opens the gate')
      assert.equal(page.status, 303)
      return browser
    },
  }
}

export const verifier = randomBytes(32).toString('base64url')
const challenge = createHash('sha256').update(verifier).digest('base64url')

/** A request as a careful application sends it; an empty text takes a parameter away. */
export function requestOf(application: Application, changed: Parameters = {}): Parameters {
  const whole = {
    response_type: 'code',
    client_id: application.clientId,
    redirect_uri: application.redirectUri,
    scope: 'openid',
    state: 'a-state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changed,
  }
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== ''))
}

export function authorizePath(application: Application, changed: Parameters = {}): string {
  return `/oauth/authorize?${new URLSearchParams(requestOf(application, changed)).toString()}`
}

/** What the application reads from the address that the browser is sent to. */
export function answered(page: Page): Parameters {
  assert.equal(page.status, 303, page.body.slice(0, 300))
  return Object.fromEntries(new URL(page.location ?? '', 'http://nowhere.example').searchParams)
}

/** Presses a button of a consent page. */
export async function press(browser: Browser, page: Page, decision: 'proceed' | 'back'): Promise<Page> {
  const action = unescaped(/<form method="post" action="([^"]+)"/.exec(page.body)?.[1] ?? '')
  const mark = /name="page" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  return await browser.post(action, { token: page.token, page: mark, decision })
}

/** From the application's link to the code, agreeing where she is asked. */
export async function codeFor(
  browser: Browser,
  application: Application,
  changed: Parameters = {},
): Promise<string> {
  return await codeAt(browser, authorizePath(application, changed))
}

/** The same from any link, such as one with a parameter that comes twice. */
export async function codeAt(browser: Browser, path: string): Promise<string> {
  const page = await browser.get(path)
  const { code, ...rest } = answered(page.status === 200 ? await press(browser, page, 'proceed') : page)
  assert.ok(code, JSON.stringify(rest))
  return code
}

/** What the application pushes, and what it is answered (RFC 9126); `resources` may be several (RFC 8707). */
export async function push(
  gate: Gate,
  application: Application,
  changed: Parameters = {},
  resources: readonly string[] = [],
): Promise<Answer> {
  const secret = application.secret === '' ? {} : { client_secret: application.secret }
  const fields = new URLSearchParams({ ...requestOf(application, changed), ...secret })
  for (const resource of resources) fields.append('resource', resource)
  return await post(`${gate.url}/oauth/par`, fields)
}

/** Where the browser is sent after a push. */
export async function pushedPath(
  gate: Gate,
  application: Application,
  changed: Parameters = {},
  resources: readonly string[] = [],
): Promise<string> {
  const answer = await push(gate, application, changed, resources)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return pathOf(application, String(answer.body['request_uri']))
}

export function pathOf(application: Application, requestUri: string, more: Parameters = {}): string {
  const query = new URLSearchParams({ client_id: application.clientId, request_uri: requestUri, ...more })
  return `/oauth/authorize?${query.toString()}`
}

export async function post(
  url: string,
  fields: Parameters | URLSearchParams | string,
  headers: Parameters = {},
): Promise<Answer> {
  const body = typeof fields === 'string' ? fields : new URLSearchParams(fields)
  const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual' })
  return await read(answer)
}

export async function get(url: string, headers: Parameters = {}): Promise<Answer> {
  return await read(await fetch(url, { headers, redirect: 'manual' }))
}

/** As it is read from a request that brings the secret among its parameters. */
export function saidBy({ clientId, secret }: Application): ClientCredentials {
  return { clientId, secret, method: 'client_secret_post', assertion: null, address: '127.0.0.1' }
}

/** The token request that belongs to `requestOf`. */
export function redemption(application: Application, code: string, changed: Parameters = {}): Parameters {
  const whole = {
    grant_type: 'authorization_code',
    client_id: application.clientId,
    client_secret: application.secret,
    redirect_uri: application.redirectUri,
    code,
    code_verifier: verifier,
    ...changed,
  }
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== ''))
}

export async function redeem(
  gate: Pick<Gate, 'url'>,
  application: Application,
  code: string,
  changed: Parameters = {},
): Promise<Answer> {
  return await post(`${gate.url}/oauth/token`, redemption(application, code, changed))
}

export type TokenSet = { readonly access: string; readonly refresh: string; readonly id: string }

export async function tokensFor(
  gate: Gate,
  application: Application,
  changed: Parameters = {},
): Promise<TokenSet> {
  const answer = await redeem(gate, application, await codeFor(await gate.signedIn(), application, changed))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const { access_token: access, refresh_token: refresh = '', id_token: id = '' } = answer.body
  return { access: String(access), refresh: String(refresh), id: String(id) }
}

export async function refreshed(
  gate: Pick<Gate, 'url'>,
  application: Application,
  token: string,
  changed: Parameters = {},
): Promise<Answer> {
  return await post(`${gate.url}/oauth/token`, {
    grant_type: 'refresh_token',
    client_id: application.clientId,
    ...(application.secret === '' ? {} : { client_secret: application.secret }),
    refresh_token: token,
    ...changed,
  })
}

/** What the token's own application is told of it. */
export async function introspected(
  gate: Pick<Gate, 'url'>,
  application: Application,
  token: string,
): Promise<Answer['body']> {
  const answer = await post(`${gate.url}/oauth/introspect`, {
    token,
    client_id: application.clientId,
    client_secret: application.secret,
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}

export function claimsOf(idToken: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >
}

async function read(answer: Response): Promise<Answer> {
  const text = await answer.text()
  const json = answer.headers.get('content-type')?.startsWith('application/json') === true
  return {
    status: answer.status,
    headers: answer.headers,
    body: json ? (JSON.parse(text) as Answer['body']) : { text },
  }
}

function unescaped(markup: string): string {
  return markup.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'")
}
