// Each no of the OAuth endpoints, to the byte: status, headers that matter, body.
import assert from 'node:assert/strict'
import { grantTypes } from '../../src/core/token/grant.ts'
import { after, before, test } from 'node:test'
import {
  codeFor,
  get,
  openGate,
  post,
  redemption,
  tokensFor,
  type Answer,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

let gate: Gate
let live: Gate
let shop: Application
let native: Application

before(async () => {
  gate = await openGate()
  live = await openGate({ mode: 'live' })
  shop = await gate.application()
  native = await gate.application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
})
after(async () => {
  await gate.close()
  await live.close()
})

const unproved = 'The application is unknown, or its secret is wrong or missing.'
const ungood = 'The code or token is not good, or not for this application, address and verifier.'

type Case = readonly [
  what: string,
  path: string,
  fields: () => Readonly<Record<string, string>>,
  status: number,
  body: object,
]

const me = () => ({ client_id: shop.clientId, client_secret: shop.secret })

/** The older wire knows people's grants alone. */
const grantsOf = (path: string): readonly string[] =>
  path === '/oauth/token' ? grantTypes : grantTypes.slice(0, 2)

const common = (path: string): readonly Case[] => [
  ['nobody asks', path, () => ({}), 401, no('invalid_client', 'Say which application asks: client_id, or HTTP Basic.')],
  ['unknown application', path, () => ({ client_id: 'x', client_secret: 'y' }), 401, no('invalid_client', unproved)],
  ['no grant_type', path, me, 400, no('invalid_request', 'grant_type is missing.')],
  ['no code', path, () => ({ ...me(), grant_type: 'authorization_code' }), 400, no('invalid_request', 'code is missing.')],
  [
    'no refresh token', path, () => ({ ...me(), grant_type: 'refresh_token' }), 400,
    no('invalid_request', 'refresh_token is missing.'),
  ],
  [
    'another grant', path, () => ({ ...me(), grant_type: 'password' }), 400,
    no('unsupported_grant_type', `grant_type is one of ${grantsOf(path).join(', ')}.`),
  ],
  [
    'a bad verifier', path, () => ({ ...me(), grant_type: 'authorization_code', code: 'x', code_verifier: 'verifier' }), 400,
    no('invalid_request', 'code_verifier is 43 to 128 letters, digits and - . _ ~ (RFC 7636 section 4.1).'),
  ],
  [
    'a made-up code', path, () => ({ ...me(), grant_type: 'authorization_code', code: 'x' }), 400,
    { ...no('invalid_grant', ungood), mend: { problem: 'The code is none that we gave.' } },
  ],
  [
    'a made-up refresh token', path, () => ({ ...me(), grant_type: 'refresh_token', refresh_token: 'x' }), 400,
    { ...no('invalid_grant', ungood), mend: { problem: 'The refresh token is none that we gave.' } },
  ],
  [
    'an unknown scope at a refresh', path, () => ({ ...me(), grant_type: 'refresh_token', refresh_token: 'x', scope: 'all' }), 400,
    no('invalid_scope', 'A refresh cannot widen what was granted.'),
  ],
] // prettier-ignore

const cases: readonly Case[] = [
  ...common('/oauth/token'),
  ...common('/oauth/access-token'),
  ['no token', '/oauth/introspect', me, 400, no('invalid_request', 'token is missing.')],
  [
    'a public application', '/oauth/introspect', () => ({ client_id: native.clientId, token: 'x' }), 401,
    no('invalid_client', unproved),
  ],
  ['no token', '/oauth/revoke', me, 400, no('invalid_request', 'token is missing.')],
  ['no token', '/api/oauth/token/introspect', () => ({}), 400, no('invalid_request', 'token is missing.')],
  ['a wrong secret', '/api/oauth/token/introspect', () => ({ token: 'x', client_id: 'x', client_secret: 'y' }), 401, no('invalid_client', unproved)],
  ['garbage', '/api/oauth/token/introspect', () => ({ token: 'x' }), 200, { active: false }],
] // prettier-ignore

for (const [what, path, fields, status, body] of cases) {
  test(`${path}: ${what} is ${status}`, async () => {
    const answer = await post(gate.url + path, fields())
    assert.deepEqual([answer.status, answer.body], [status, body])
    assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
  })
}

test('a body that cannot be read says why', async () => {
  const json = { 'content-type': 'application/json' }
  for (const [body, because, headers] of [
    ['{', 'the body is not JSON', json],
    ['{"code":"a","code":"b"}', 'member "code" stands twice', json],
    ['[]', 'send one JSON object', json],
    ['code=a&code=b', 'code: send it once', { 'content-type': 'application/x-www-form-urlencoded' }],
    [
      'code=%zz',
      'the form has a broken percent escape',
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['hello', 'send a form or JSON, with its Content-Type', { 'content-type': 'text/plain' }],
  ] as const) {
    const answer = await post(`${gate.url}/oauth/access-token`, body, headers)
    assert.deepEqual([answer.status, answer.body], [400, no('invalid_request', because)], body)
  }
})

const bearer: readonly (readonly [string, Readonly<Record<string, string>>, number, object, string])[] = [
  ['nothing', {}, 401, {}, 'Bearer realm="Lango", DPoP realm="Lango", algs="ES256 PS256 EdDSA Ed25519"'],
  [
    'another scheme',
    { authorization: 'Basic eDp5' },
    400,
    ...challenged('invalid_request', 'The Authorization header is not readable as Bearer or DPoP.'),
  ],
  [
    'an unknown token',
    { authorization: 'Bearer x' },
    401,
    ...challenged('invalid_token', 'The access token is unknown, expired or revoked.'),
  ],
]
for (const [what, headers, status, body, challenge] of bearer) {
  test(`/oauth/userinfo: ${what} is ${status}`, async () => {
    const answer = await get(`${gate.url}/oauth/userinfo`, headers)
    assert.deepEqual(
      [answer.status, answer.body, answer.headers.get('www-authenticate')],
      [status, body, challenge],
    )
  })
}

const seedNo: readonly (readonly [string, string, Readonly<Record<string, string>>, string])[] = [
  ['nothing', '', {}, 'access_token is missing.'],
  ['an empty token', '?access_token=', {}, 'access_token is missing.'],
  ['an unknown token', '?access_token=x', {}, 'The access token is unknown, expired or revoked.'],
  ['two tokens', '?access_token=x&access_token=y', {}, 'access_token came more than once.'],
  [
    'a token in two places',
    '?access_token=x',
    { authorization: 'Bearer x' },
    'Send the access token in one place, not in two.',
  ],
  [
    'another scheme',
    '',
    { authorization: 'Basic eDp5' },
    'The Authorization header is not readable as Bearer.',
  ],
]
for (const path of ['/api/userinfo', '/api/user-info']) {
  for (const [what, query, headers, because] of seedNo) {
    test(`${path}: ${what} is 400 in the seed's shape`, async () => {
      const answer = await get(gate.url + path + query, headers)
      assert.deepEqual([answer.status, answer.body], [400, no('invalid_request', because)])
    })
  }
}

test('a token without openid is 400 in the seed’s shape, an expired one too', async () => {
  const { access } = await tokensFor(gate, shop, { scope: 'email' })
  const answer = await get(`${gate.url}/api/userinfo?access_token=${access}`)
  assert.deepEqual(
    [answer.status, answer.body],
    [400, no('invalid_request', 'The access token does not hold the scope openid.')],
  )
  const good = await tokensFor(gate, shop)
  gate.pass({ seconds: 3600 })
  const late = await get(`${gate.url}/api/userinfo?access_token=${good.access}`)
  assert.deepEqual(
    [late.status, late.body],
    [400, no('invalid_request', 'The access token is unknown, expired or revoked.')],
  )
})

test('outside the sandbox a bad grant does not say how near it came', async () => {
  const application = await live.application()
  const code = await codeFor(await live.signedIn(), application)
  for (const changed of [
    { code: 'x' },
    { redirect_uri: 'https://x.example/' },
    { code_verifier: 'v'.repeat(43) },
  ]) {
    const answer: Answer = await post(`${live.url}/oauth/token`, redemption(application, code, changed))
    assert.deepEqual([answer.status, answer.body], [400, no('invalid_grant', ungood)])
  }
})

function no(error: string, because: string): object {
  return { error, error_description: because }
}

function challenged(error: string, because: string): readonly [object, string] {
  return [no(error, because), `Bearer realm="Lango", error="${error}", error_description="${because}"`]
}
