/** What the documents say that a call answers, done: each case sends what its name says. */
import assert from 'node:assert/strict'
import { pesaflow as wire } from '@lango/wire'
import { setMaintenance } from '../../src/core/switch/set-maintenance.ts'
import {
  answered,
  authorizePath,
  codeFor,
  press,
  redemption,
  type Parameters,
} from '../journeys/standard/gate.ts'
import { ask, encodings, type Heard, type Said } from '../merchant-desk.ts'
import { Browser, wanjiku } from '../journeys/account/town.ts'
import type { SampleTown } from './sample-town.ts'

export type Case = (town: SampleTown) => Promise<Heard>

const checkoutCase =
  (more: Said, after: (signed: Said) => Said = (signed) => signed): Case =>
  async ({ desk }) =>
    await desk.post(after(desk.sign(desk.order(more))))

const without =
  (name: string) =>
  ({ [name]: _gone, ...rest }: Said): Said =>
    rest

const asked =
  (path: string, request: RequestInit): Case =>
  async ({ world }) =>
    await ask(world.url + path, request)

const withHeaders = (request: RequestInit, headers: Said): RequestInit => ({
  ...request,
  headers: { ...(request.headers as Said), ...headers },
})

const checkoutCases: Readonly<Record<string, Case>> = {
  'a mandatory field is missing': checkoutCase({}, without('billDesc')),
  'a field breaks its rule': checkoutCase({ amountExpected: '0100' }),
  'a field stands twice': async ({ desk, world }) => {
    const twice = [...Object.entries(desk.sign(desk.order())), ['currency', 'KES'] as const]
    const body = new URLSearchParams(twice.map(([name, value]): [string, string] => [name, value]))
    return await ask(world.url + wire.paths.checkout[0], { method: 'POST', body })
  },
  'the amount is nothing': checkoutCase({ amountExpected: '0.00' }),
  'the body cannot be read': asked(wire.paths.checkout[0], encodings.json('{"apiClientID":')),
  'the hash is wrong, or the client unknown': checkoutCase({}, (said) => ({
    ...said,
    clientName: 'Mallory',
  })),
  'the key is a bank’s': async ({ desk, town }) =>
    await desk.post(desk.sign(desk.order({ apiClientID: town.bank.apiClientId }), town.bank.keys)),
  'a Bearer token comes along and is not good': async ({ desk, world }) => {
    const request = encodings.form(desk.sign(desk.order()))
    return await ask(
      world.url + wire.paths.checkout[0],
      withHeaders(request, { authorization: 'Bearer no-token' }),
    )
  },
  'the service is not this client’s': checkoutCase({ serviceID: '999' }),
  'the currency is not the service’s': checkoutCase({ currency: 'UGX' }),
  'an address lies on an origin that is not registered': checkoutCase({
    notificationURL: 'https://elsewhere.example/notices',
  }),
  'the reference was used with other content': async ({ desk }) => {
    const order = desk.order()
    assert.equal((await desk.post(desk.sign(order))).status, 200)
    return await desk.post(desk.sign({ ...order, amountExpected: '250.00' }))
  },
  'the house is closed for maintenance': async ({ desk, world }) => {
    await setMaintenance(world.deps, true)
    try {
      return await until503(async () => await desk.checkout())
    } finally {
      await setMaintenance(world.deps, false)
      await untilOpen(async () => await desk.checkout())
    }
  },
}

const statusCases: Readonly<Record<string, Case>> = {
  'no such invoice, or not this client’s': async ({ desk }) => await desk.status('NOSUCH'),
  'the hash of the query is wrong': async ({ desk, world }) => {
    const said = { ...desk.statusSaid('NOSUCH'), ref_no: 'OTHER' }
    return await ask(world.url + wire.paths.status[0], encodings.form(said))
  },
  'ref_no is missing': async ({ desk, world }) =>
    await ask(world.url + wire.paths.status[0], encodings.form(without('ref_no')(desk.statusSaid('NOSUCH')))),
}

const tokenCases: Readonly<Record<string, Case>> = {
  'key and secret do not belong together': asked(wire.paths.token, encodings.json({ key: 'x', secret: 'y' })),
  'an invoice without a token': asked(wire.paths.createInvoice, encodings.json({})),
}

const redeemed =
  (changed: Parameters): Case =>
  async (town) =>
    await ask(
      `${town.world.url}/oauth/access-token`,
      encodings.form(redemption(town.application, await town.newCode(), changed)),
    )

const signInCases: Readonly<Record<string, Case>> = {
  'the code was used before, is too old, or was made up': redeemed({ code: 'made-up' }),
  'redirect_uri differs from the one of the request': redeemed({ redirect_uri: 'https://ministry.example/' }),
  'code_verifier is wrong': redeemed({ code_verifier: 'w'.repeat(43) }),
  'code_verifier is malformed': redeemed({ code_verifier: 'short' }),
  'the client secret is wrong': redeemed({ client_secret: 'wrong' }),
  'nobody says who asks': redeemed({ client_id: '', client_secret: '' }),
  'another grant_type': redeemed({ grant_type: 'password' }),
  'the access token is unknown, expired or revoked': asked('/api/userinfo?access_token=made-up', {}),
  'the access token is missing': asked('/api/userinfo', {}),
  'a token that is not good': async ({ world, relyingParty }) =>
    await ask(
      `${world.url}/api/oauth/token/introspect`,
      encodings.form({
        token: 'made-up',
        client_id: relyingParty['CLIENT_ID'] ?? '',
        client_secret: relyingParty['CLIENT_SECRET'] ?? '',
      }),
    ),
  'a good token, and nobody says who asks': async (town) =>
    await ask(
      `${town.world.url}/api/oauth/token/introspect`,
      encodings.form({ token: await town.accessToken() }),
    ),
}

/** By the file of the document and the words of the case. */
export const documentCases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  'checkout.md': { ...checkoutCases, ...tokenCases },
  'status.md': statusCases,
  'sign-in.md': signInCases,
}

/** What the authorization page sends the browser back with. */
export const redirectCases: Readonly<Record<string, Parameters>> = {
  'no code_challenge': { code_challenge: '', code_challenge_method: '' },
  'code_challenge_method is not S256': { code_challenge_method: 'plain' },
  'response_type is not code': { response_type: 'token' },
  'a scope that is not served': { scope: 'payments' },
  'prompt=none, and she would have to be asked': { prompt: 'none' },
}

export async function redirectedWith(town: SampleTown, changed: Parameters): Promise<Parameters> {
  const browser = new Browser(town.world.url, {})
  return answered(await browser.get(authorizePath(town.application, changed)))
}

export async function pressedBack(town: SampleTown): Promise<Parameters> {
  const browser = new Browser(town.world.url, {})
  await browser.signIn(wanjiku.idNumber, wanjiku.password ?? '')
  await codeFor(browser, town.application)
  const page = await browser.get(authorizePath(town.application, { prompt: 'consent' }))
  return answered(await press(browser, page, 'back'))
}

async function until503(call: () => Promise<Heard>): Promise<Heard> {
  return await until(call, ({ status }) => status === 503)
}

async function untilOpen(call: () => Promise<Heard>): Promise<Heard> {
  return await until(call, ({ status }) => status !== 503)
}

/** Every process looks at the switch once a second. */
async function until(call: () => Promise<Heard>, done: (heard: Heard) => boolean): Promise<Heard> {
  for (let tries = 0; tries < 100; tries += 1) {
    const heard = await call()
    if (done(heard)) return heard
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the switch was not seen')
}
