/** The authorization endpoint: each parameter wrong in each way that it can be, for visitors of each kind. */
import { loose, other, page, shop, type Case } from './cases.ts'
import {
  addressOf,
  requestOf,
  type Changes,
  type Client,
  type Pairs,
  type Side,
  type Visitor,
} from './side.ts'

/** Values that are not the good one; null leaves the parameter out. */
const odd: Readonly<Record<string, readonly (string | null)[]>> = {
  response_type: [null, '', 'token', 'id_token', 'code token', 'code id_token', 'none', 'CODE', 'code ', 'code code'],
  client_id: [null, '', 'nobody', 'SHOP', 'shop ', "' or 1=1"],
  redirect_uri: [
    null, '', 'https://shop.example/back/', 'https://shop.example/back?x=1', 'https://shop.example/back#x',
    'https://shop.example/Back', 'https://SHOP.example/back', 'https://shop.example:443/back', 'http://shop.example/back',
    'https://shop.example/back/../back', 'https://shop.example/%62ack', 'https://shop.example//back',
    'https://shop.example./back', 'https://user@shop.example/back', 'https://shop.example\\back', 'https://other.example/back',
    'javascript:alert(1)', 'data:text/html,x', '/back', 'https://shop.example/back\t',
  ],
  scope: [null, '', 'profile', 'openid', 'openid openid', 'openid nonsense', 'nonsense', 'openid  profile', 'openid offline_access', 'OPENID', 'openid,profile'],
  state: [null, '', 's'.repeat(1500), '<script>', 'a&b=c', 'ü', 'a b'],
  nonce: [null, '', 'n'.repeat(1500), 'n"n'],
  code_challenge: [null, '', 'short', '='.repeat(43), 'a'.repeat(42), 'a'.repeat(44), 'a'.repeat(129)],
  code_challenge_method: [null, '', 'plain', 's256', 'S512'],
  prompt: ['', 'none', 'login', 'consent', 'none login', 'none consent', 'login consent', 'odd', 'NONE', 'none none', 'consent login'],
  max_age: ['', '0', '10000', '-1', '1.5', 'soon', '99999999999'],
  response_mode: ['', 'query', 'fragment', 'form_post', 'odd', 'jwt'],
  display: ['page', 'popup', 'touch', 'odd'],
  ui_locales: ['fr', 'sw en', 'xx', ''],
  acr_values: ['aal1', 'urn:odd', ''],
  login_hint: ['wanjiku@example.test', '', '<b>'],
  id_token_hint: ['', 'nonsense', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'],
  request: ['', 'x', 'eyJhbGciOiJub25lIn0.e30.'],
  request_uri: ['https://evil.example/request', 'urn:ietf:params:oauth:request_uri:unknown', ''],
  registration: ['{}'],
  audience: ['https://api.example'],
  unknown_parameter: ['x', ''],
  'client_id[]': ['shop'],
  __proto__x: ['x'],
} // prettier-ignore

const visitors: readonly Visitor[] = ['stranger', 'agreed']

/** Sent twice: once with the good value, once with another. */
const doubled = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'prompt',
]

export const frontCases: readonly Case[] = [
  ...visitors.flatMap((visitor) =>
    Object.entries(odd).flatMap(([name, values]) =>
      values.map((value) => authorize(visitor, shop, { [name]: value })),
    ),
  ),
  ...visitors.flatMap((visitor) => doubled.map((name) => twice(visitor, name))),
  ...visitors.flatMap((visitor) =>
    [shop, other, page, loose].flatMap((client) => [
      authorize(visitor, client, {}),
      authorize(visitor, client, { code_challenge: null, code_challenge_method: null }),
      authorize(visitor, client, { redirect_uri: 'https://elsewhere.example/' }),
    ]),
  ),
  ...visitors.flatMap((visitor) => [posted(visitor, {}), posted(visitor, { response_type: 'token' })]),
  authorize('signed-in', other, {}),
  authorize('signed-in', other, { prompt: 'none' }),
  authorize('signed-in', other, { prompt: 'login' }),
  authorize('agreed', shop, { scope: 'openid', prompt: 'none' }),
  authorize('agreed', shop, { max_age: '0', prompt: 'none' }),
  authorize('stranger', shop, { prompt: 'none', state: null }),
  authorize('stranger', loose, {
    prompt: 'none',
    nonce: null,
    code_challenge: null,
    code_challenge_method: null,
  }),
]

function authorize(visitor: Visitor, client: Client, changed: Changes): Case {
  return {
    name: `authorize ${visitor} ${client.clientId} ${wordsOf(changed)}`,
    run: async (side) => await visiting(side, visitor, requestOf(client, changed)),
  }
}

function twice(visitor: Visitor, name: string): Case {
  return {
    name: `authorize ${visitor} ${name} twice`,
    run: async (side) => await visiting(side, visitor, [...requestOf(shop), [name, 'another']]),
  }
}

function posted(visitor: Visitor, changed: Changes): Case {
  return {
    name: `authorize by POST ${visitor} ${wordsOf(changed)}`,
    run: async (side) => {
      const outcome = await side.visit(visitor, { path: '/oauth/authorize', body: requestOf(shop, changed) })
      // A POST may be answered by a redirect to the same request as a GET, which brings the session's cookie along.
      return outcome.startsWith('to /oauth/authorize')
        ? await visiting(side, visitor, requestOf(shop, changed))
        : outcome
    },
  }
}

async function visiting(side: Side, visitor: Visitor, query: Pairs): Promise<string> {
  return await side.visit(visitor, { path: addressOf('/oauth/authorize', query) })
}

export function wordsOf(changed: Changes): string {
  const words = Object.entries(changed).map(([name, value]) =>
    value === null
      ? `without ${name}`
      : `${name}=${value.length > 60 ? `${value.slice(0, 8)}…${value.length}` : value}`,
  )
  return words.length === 0 ? 'as it should be' : words.join(', ')
}
