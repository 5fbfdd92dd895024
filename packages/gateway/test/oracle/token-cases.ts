/** The token endpoint: each grant wrong in each way that it can be. */
import { loose, other, page, shop, type Case } from './cases.ts'
import { wrongCredentials, type Headers } from './credentials.ts'
import { wordsOf } from './front-cases.ts'
import {
  basic,
  pairsOf,
  redemptionOf,
  type Changes,
  type Client,
  type Outcome,
  type Pairs,
  type Side,
} from './side.ts'

const token = '/oauth/token'
const offline = { scope: 'openid offline_access' }

const oddRedemptions: readonly Changes[] = [
  {}, { grant_type: null }, { grant_type: '' }, { grant_type: 'odd' }, { grant_type: 'password' }, { grant_type: 'implicit' },
  { grant_type: 'AUTHORIZATION_CODE' }, { code: null }, { code: '' }, { code: 'nonsense' }, { code: 'x'.repeat(3000) },
  { redirect_uri: null }, { redirect_uri: '' }, { redirect_uri: 'https://shop.example/back/' }, { redirect_uri: 'https://other.example/back' },
  { code_verifier: null }, { code_verifier: '' }, { code_verifier: 'short' }, { code_verifier: 'w'.repeat(43) }, { code_verifier: 'w'.repeat(129) },
  { code_verifier: `${'w'.repeat(43)}!` }, { scope: 'openid' }, { scope: 'nonsense' }, { unknown_parameter: 'x' }, { client_id: 'shop' },
  { client_id: 'other' }, { client_secret: 'x' },
] // prettier-ignore

export const tokenCases: readonly Case[] = [
  ...oddRedemptions.map((changed) => redeem(`redeem ${wordsOf(changed)}`, shop, changed)),
  ...['grant_type', 'code', 'redirect_uri', 'code_verifier'].map((name) => redeemTwice(name)),
  ...wrongCredentials.map(([words, headers]) => redeem(`redeem with ${words}`, shop, {}, headers(shop))),
  redeem('redeem with the secret in the body and in the header', shop, {
    client_id: 'shop',
    client_secret: shop.secret,
  }),
  redeem('redeem for a public client', page, {}),
  redeem('redeem for a public client that sends a secret', page, { client_secret: 'x' }),
  redeem('redeem for a public client without its verifier', page, { code_verifier: null }),
  redeem('redeem for a public client with Basic', page, {}, { authorization: `Basic ${btoa('page:x')}` }),
  redeemLoose('redeem without PKCE where it is optional', {}),
  redeemLoose('redeem with a verifier where none was asked for', { code_verifier: 'w'.repeat(43) }),
  { name: 'redeem a code twice', run: redeemAgain },
  { name: 'use the access token of a code that was redeemed twice', run: useAfterReplay },
  { name: 'redeem another client’s code', run: async (side) => await redeemAs(side, other) },
  ...['GET', 'PUT', 'DELETE', 'PATCH'].map((method) => ({
    name: `the token endpoint by ${method}`,
    run: async (side: Side) => await side.send({ method, path: token }),
  })),
  body('redeem by JSON', 'application/json', '{"grant_type":"authorization_code"}'),
  body('redeem by text', 'text/plain', 'grant_type=authorization_code'),
  body('redeem by an empty body', 'application/x-www-form-urlencoded', ''),
  ...refreshCases(),
]

function redeem(name: string, client: Client, changed: Changes, headers: Headers = basic(client)): Case {
  return {
    name,
    run: async (side) => {
      const code = await side.codeFor(client)
      return await side.send({ path: token, body: redemptionOf(client, code, changed), headers })
    },
  }
}

function redeemTwice(name: string): Case {
  return {
    name: `redeem with ${name} twice`,
    run: async (side) => {
      const sent: Pairs = [...redemptionOf(shop, await side.codeFor(shop)), [name, 'another']]
      return await side.send({ path: token, body: sent, headers: basic(shop) })
    },
  }
}

function redeemLoose(name: string, changed: Changes): Case {
  return {
    name,
    run: async (side) => {
      const code = await side.codeFor(loose, { code_challenge: null, code_challenge_method: null })
      const sent = redemptionOf(loose, code, { code_verifier: null, ...changed })
      return await side.send({ path: token, body: sent, headers: basic(loose) })
    },
  }
}

async function redeemAgain(side: Side): Promise<Outcome> {
  const sent = { path: token, body: redemptionOf(shop, await side.codeFor(shop)), headers: basic(shop) }
  return `${await side.send(sent)}, ${await side.send(sent)}`
}

async function useAfterReplay(side: Side): Promise<Outcome> {
  const code = await side.codeFor(shop)
  const sent = { path: token, body: redemptionOf(shop, code), headers: basic(shop) }
  const first = await fetch(`${side.url}${token}`, {
    method: 'POST',
    headers: sent.headers,
    body: new URLSearchParams(sent.body.map(([name, value]): [string, string] => [name, value])),
  })
  const { access_token: access } = (await first.json()) as Readonly<Record<string, string>>
  await side.send(sent)
  return await side.send({ path: '/oauth/userinfo', headers: { authorization: `Bearer ${access ?? ''}` } })
}

async function redeemAs(side: Side, thief: Client): Promise<Outcome> {
  const code = await side.codeFor(shop)
  return await side.send({ path: token, body: redemptionOf(shop, code), headers: basic(thief) })
}

function body(name: string, type: string, text: string): Case {
  return {
    name,
    run: async (side) =>
      await side.send({ path: token, body: text, headers: { ...basic(shop), 'content-type': type } }),
  }
}

function refreshCases(): readonly Case[] {
  const odd: readonly Changes[] = [
    {}, { refresh_token: null }, { refresh_token: '' }, { refresh_token: 'nonsense' }, { scope: 'openid' }, { scope: 'openid profile' },
    { scope: 'nonsense' }, { scope: '' }, { client_id: 'other' }, { redirect_uri: 'https://odd.example' },
  ] // prettier-ignore
  return [
    ...odd.map((changed) => refresh(wordsOf(changed), changed)),
    ...wrongCredentials.map(([words, headers]) => refresh(`with ${words}`, {}, headers(shop))),
    refresh('as another client', {}, basic(other)),
    {
      name: 'refresh with an access token',
      run: async (side) => {
        const { access } = await side.tokensFor(shop, offline)
        return await refreshing(side, { refresh_token: access })
      },
    },
    {
      name: 'use a refresh token as an access token',
      run: async (side) => {
        const { refresh: text } = await side.tokensFor(shop, offline)
        return await side.send({ path: '/oauth/userinfo', headers: { authorization: `Bearer ${text}` } })
      },
    },
    {
      name: 'refresh with the successor',
      run: async (side) => {
        const { refresh: text } = await side.tokensFor(shop, offline)
        return await refreshing(side, { refresh_token: text })
      },
    },
  ]
}

function refresh(words: string, changed: Changes, headers: Headers = basic(shop)): Case {
  return {
    name: `refresh ${words}`,
    run: async (side) => {
      const { refresh: text } = await side.tokensFor(shop, offline)
      return await refreshing(side, { refresh_token: text, ...changed }, headers)
    },
  }
}

async function refreshing(side: Side, changed: Changes, headers: Headers = basic(shop)): Promise<Outcome> {
  return await side.send({ path: token, body: pairsOf({ grant_type: 'refresh_token' }, changed), headers })
}
