import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { eCitizen } from './ecitizen.ts'
import { LangoError, type LangoErrorCode } from './fault.ts'
import { readIdToken } from './id-token.ts'

const now = () => new Date('2024-01-01T00:00:00Z')
const rules = { issuer: 'https://gate.example', audience: 'CID', nonce: 'n1', now }
const claims = {
  iss: 'https://gate.example',
  sub: 'u1',
  aud: 'CID',
  exp: 1704067260,
  iat: 1704067200,
  nonce: 'n1',
}
const token = (payload: unknown) => `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`

const settings = {
  baseUrl: 'https://gate.example',
  clientId: 'CID',
  redirectUri: 'https://shop.example/back',
}
const client = eCitizen(settings)

type Heard = {
  readonly line: string
  readonly type: string | null
  readonly auth: string | null
  readonly body: string
}

/** A client whose server is one played answer, and what that server heard. */
function against(status: number, answer: unknown, clientSecret?: string) {
  const heard: Heard[] = []
  const play: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    heard.push({
      line: `${request.method} ${request.url}`,
      type: request.headers.get('content-type'),
      auth: request.headers.get('authorization'),
      body: await request.text(),
    })
    return Response.json(answer, { status })
  }
  const secret = clientSecret === undefined ? {} : { clientSecret }
  return { client: eCitizen({ ...settings, ...secret, fetch: play, now }), heard }
}

const fails = (call: Promise<unknown>, code: LangoErrorCode) =>
  assert.rejects(call, (error) => error instanceof LangoError && error.code === code)

function refused(act: () => unknown, code: LangoErrorCode): void {
  assert.throws(act, (error) => error instanceof LangoError && error.code === code)
}

test('the authorize address has all that the guide asks for, and the challenge is of the verifier that is kept', async () => {
  const { url, state, nonce, codeVerifier } = await client.authorizeUrl({ locale: 'en' })
  const { origin, pathname, searchParams } = new URL(url)
  assert.equal(origin + pathname, 'https://gate.example/en/oauth/authorize')
  assert.match(codeVerifier, /^[A-Za-z0-9_-]{43}$/)
  assert.deepEqual(Object.fromEntries(searchParams), {
    client_id: 'CID',
    redirect_uri: 'https://shop.example/back',
    response_type: 'code',
    scope: 'openid',
    state,
    nonce,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const again = await client.authorizeUrl()
  assert.equal(new Set([state, nonce, codeVerifier, again.state, again.nonce, again.codeVerifier]).size, 6)
})

test('the code is read from the address that comes back, whole or as a path', () => {
  assert.equal(client.readCallback('/back?code=c1&state=s1', { state: 's1' }), 'c1')
  const whole = new URL('https://shop.example/back?code=c1&state=s1&iss=https%3A%2F%2Fgate.example')
  assert.equal(client.readCallback(whole, { state: 's1' }), 'c1')
})

test('an answer for another session, from another issuer, or that says no is refused', () => {
  const kept = { state: 's1' }
  refused(() => client.readCallback('/back?code=c1&state=s2', kept), 'state_mismatch')
  refused(() => client.readCallback('/back?code=c1', kept), 'state_mismatch')
  refused(
    () => client.readCallback('/back?code=c1&state=s1&iss=https://evil.example', kept),
    'state_mismatch',
  )
  refused(() => client.readCallback('/back?error=access_denied&state=s1', kept), 'access_denied')
  refused(() => client.readCallback('/back?error=server_error&state=s1', kept), 'refused')
  refused(() => client.readCallback('/back?state=s1', kept), 'unexpected_answer')
})

test('an ID token gives its claims, whatever the length of its payload', () => {
  for (const name of ['', 'A', 'Am', 'Ami', 'Amína']) {
    assert.deepEqual(readIdToken(token({ ...claims, name }), rules), { ...claims, name })
  }
  assert.equal(readIdToken(token({ ...claims, aud: ['other', 'CID'] }), rules).sub, 'u1')
})

const wrong: readonly (readonly [string, string])[] = [
  ['of another issuer', token({ ...claims, iss: 'https://evil.example' })],
  ['for another client', token({ ...claims, aud: 'OTHER' })],
  ['that has expired', token({ ...claims, exp: 1704067200 })],
  ['with another nonce', token({ ...claims, nonce: 'n2' })],
  ['without a nonce', token({ ...claims, nonce: undefined })],
  ['without a subject', token({ ...claims, sub: undefined })],
  ['without a signature', token(claims).replace('.c2ln', '')],
  ['with a payload that is no JSON', 'e30.bm8.c2ln'],
  ['that is empty', ''],
]
for (const [what, idToken] of wrong) {
  test(`an ID token ${what} is refused`, () =>
    refused(() => readIdToken(idToken, rules), 'id_token_mismatch'))
}

const form = 'application/x-www-form-urlencoded'
const answered = { access_token: 'ec-tok', token_type: 'Bearer', expires_in: 3600, expiration_date: '' }

test('the token endpoint hears the form that clients in the field send', async () => {
  const { client, heard } = against(200, { ...answered, id_token: token(claims), scope: 'openid' }, 'SEC')
  assert.deepEqual(await client.exchangeCode({ code: 'code1', codeVerifier: 'verifier', nonce: 'n1' }), {
    accessToken: 'ec-tok',
    expiresAt: new Date('2024-01-01T01:00:00Z'),
    idToken: token(claims),
    claims,
    scope: 'openid',
  })
  const body =
    'client_id=CID&client_secret=SEC&grant_type=authorization_code&code=code1' +
    '&redirect_uri=https%3A%2F%2Fshop.example%2Fback&code_verifier=verifier'
  assert.deepEqual(heard, [
    { line: 'POST https://gate.example/oauth/access-token', type: form, auth: null, body },
  ])
  await fails(client.exchangeCode({ code: 'code1', nonce: 'n2' }), 'id_token_mismatch')
})

test('a refresh token is exchanged for its successor', async () => {
  const { client, heard } = against(200, { ...answered, refresh_token: 'two' })
  assert.equal((await client.refresh('one')).refreshToken, 'two')
  assert.equal(heard[0]?.body, 'client_id=CID&grant_type=refresh_token&refresh_token=one')
})

test('user information is asked with a Bearer, so that no log sees the token', async () => {
  const person = { id: 1, first_name: 'Wanjiku', last_name: 'Kamau', sub: 'u1' }
  const { client, heard } = against(200, person)
  assert.deepEqual(await client.userInfo('ec-tok'), person)
  assert.deepEqual(heard, [
    { line: 'GET https://gate.example/api/user-info', type: null, auth: 'Bearer ec-tok', body: '' },
  ])
})

test('introspection sends the token alone without a secret, and with the client otherwise', async () => {
  const open = against(200, { active: false })
  assert.deepEqual(await open.client.introspect('ec-tok'), { active: false })
  assert.deepEqual(open.heard, [
    {
      line: 'POST https://gate.example/api/oauth/token/introspect',
      type: form,
      auth: null,
      body: 'token=ec-tok',
    },
  ])
  const known = against(200, { active: true }, 'SEC')
  await known.client.introspect('ec-tok')
  assert.equal(known.heard[0]?.body, 'token=ec-tok&client_id=CID&client_secret=SEC')
})

const refusals = [
  ['a used code', 400, 'invalid_grant', 'invalid_grant'],
  ['a wrong client secret', 401, 'invalid_client', 'invalid_client'],
  ['a missing parameter', 400, 'invalid_request', 'invalid_request'],
] as const
for (const [what, status, error, code] of refusals) {
  test(`${what} at the token endpoint is a LangoError with code ${code}`, async () => {
    const { client } = against(status, { error, error_description: 'Because.' })
    await fails(client.exchangeCode({ code: 'c' }), code)
  })
}

test('an expired access token at user information is invalid_token, though the wire says invalid_request', () =>
  fails(
    against(400, { error: 'invalid_request', error_description: '' }).client.userInfo('old'),
    'invalid_token',
  ))

test('an answer that lacks what it must have is no answer', async () => {
  await fails(against(200, { token_type: 'Bearer' }).client.exchangeCode({ code: 'c' }), 'unexpected_answer')
  await fails(against(200, '<html>').client.introspect('t'), 'unexpected_answer')
  await fails(against(200, {}).client.userInfo('t'), 'unexpected_answer')
})
