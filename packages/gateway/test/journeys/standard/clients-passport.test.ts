// passport-openidconnect, unpatched, as a web application has it: sessions, state, nonce, age of the sign-in, user
// information. It knows no PKCE, so its application has the allowance that an old client needs.
import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { after, before, test } from 'node:test'
import { Strategy, type Visit } from 'passport-openidconnect'
import type { Allowance } from '../../../src/core/application/allowance.ts'
import { Browser, type Page } from '../account/town.ts'
import { openParty, type Party } from './party.ts'

type Shop = { readonly url: string; readonly close: () => Promise<void> }

let party: Party
const shops: Shop[] = []
before(async () => {
  party = await openParty()
})
after(async () => {
  for (const shop of shops) await shop.close()
  await party.close()
})

/** An application of its own: a web server with sessions, whose `/enter` and `/back` passport guards. */
async function openShop(allowances: readonly Allowance[]): Promise<Browser> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const { clientId, secret } = await party.application({ redirectUris: [`${url}/back`], allowances })
  const strategy = new Strategy(
    {
      issuer: party.world.url,
      authorizationURL: `${party.world.url}/oauth/authorize`,
      tokenURL: `${party.world.url}/oauth/token`,
      userInfoURL: `${party.world.url}/oauth/userinfo`,
      clientID: clientId,
      clientSecret: secret,
      callbackURL: `${url}/back`,
      scope: ['profile', 'email', 'offline_access'],
      nonce: true,
      maxAge: 600,
      skipUserProfile: false,
    },
    (issuer, profile, context, verified) => verified(null, { issuer, ...profile, ...context }),
  )
  guard(server, strategy, url)
  shops.push({ url, close: async () => await server[Symbol.asyncDispose]() })
  return new Browser(url, {})
}

function guard(server: Server, strategy: Strategy, url: string): void {
  const sessions = new Map<string, Record<string, unknown>>()
  server.on('request', (request: IncomingMessage, answer: ServerResponse) => {
    const id = /\bvisit=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? `v${sessions.size}`
    const session = sessions.get(id) ?? {}
    sessions.set(id, session)
    const query = Object.fromEntries(new URL(request.url ?? '', url).searchParams)
    const end = (status: number, value: object, headers: Record<string, string> = {}): void => {
      answer.writeHead(status, { 'set-cookie': `visit=${id}; Path=/`, ...headers }).end(JSON.stringify(value))
    }
    // What passport's own middleware does: a copy of the strategy for each request, with its ways to end.
    const once = Object.assign(Object.create(strategy) as Strategy, {
      success: (user: object) => end(200, user),
      fail: (why: object | undefined, status = 401) => end(status, why ?? {}),
      redirect: (location: string) => end(302, {}, { location }),
      error: ({ name, code, message }: Error & { code?: string }) => end(502, { name, code, message }),
      pass: () => end(404, {}),
    })
    once.authenticate(Object.assign(request, { query, session }) satisfies Visit, {})
  })
}

/** The shop sends her to the gate, she walks through, and comes back to the shop. */
async function enter(shop: Browser, decision: 'proceed' | 'back' = 'proceed'): Promise<Page> {
  const sent = await shop.get('/enter')
  assert.equal(sent.status, 302, sent.body)
  const back = await party.walk(sent.location ?? '', decision)
  return await shop.get(back.pathname + back.search)
}

test('passport-openidconnect signs her in with state, nonce and age checked, and reads who she is', async () => {
  const page = await enter(await openShop(['no-pkce']))
  assert.equal(page.status, 200, page.body)
  const { timestamp: _, ...user } = JSON.parse(page.body) as Record<string, unknown>
  assert.deepEqual(user, {
    issuer: party.world.url,
    id: party.subject,
    displayName: 'Wanjiku Kamau',
    name: { familyName: 'Kamau', givenName: 'Wanjiku' },
    emails: [{ value: 'wanjiku@example.test' }],
    class: 'aal1',
    methods: ['pwd'],
  })
})

test('passport-openidconnect hears that she went back, and lets nobody in', async () => {
  const page = await enter(await openShop(['no-pkce']), 'back')
  assert.equal(page.status, 401, page.body)
  assert.match((JSON.parse(page.body) as { message: string }).message, /\S/)
})

test('passport-openidconnect refuses an answer that another browser asked for', async () => {
  const shop = await openShop(['no-pkce'])
  const sent = await shop.get('/enter')
  const back = await party.walk(sent.location ?? '')
  shop.cookies.clear()
  const page = await shop.get(back.pathname + back.search)
  assert.equal(page.status, 403, page.body)
})

test('passport-openidconnect, without the allowance, is told that PKCE is asked of it', async () => {
  const page = await enter(await openShop([]))
  assert.equal(page.status, 502)
  const { name, code, message } = JSON.parse(page.body) as Record<string, string>
  assert.deepEqual([name, code], ['AuthorizationError', 'invalid_request'])
  assert.match(message ?? '', /code_challenge/)
})
