// simple-oauth2, unpatched, as a server has it that knows OAuth 2.0 and neither PKCE nor OpenID Connect.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AuthorizationCode, type AccessToken } from 'simple-oauth2'
import { get, introspected, redirectUri, type Application } from './gate.ts'
import { openParty, type Party } from './party.ts'

let party: Party
before(async () => {
  party = await openParty()
})
after(async () => {
  await party.close()
})

type Method = 'header' | 'body'

function libraryFor({ clientId, secret }: Application, authorizationMethod: Method): AuthorizationCode {
  return new AuthorizationCode({
    client: { id: clientId, secret },
    auth: { tokenHost: party.world.url },
    options: { authorizationMethod },
  })
}

async function enter(library: AuthorizationCode): Promise<AccessToken> {
  const asked = { redirect_uri: redirectUri, scope: ['openid', 'email', 'offline_access'], state: 'a-state' }
  const back = await party.walk(library.authorizeURL(asked))
  assert.equal(back.searchParams.get('state'), 'a-state')
  return await library.getToken({
    code: back.searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
  })
}

const isActive = async (application: Application, { token }: AccessToken): Promise<unknown> =>
  (await introspected({ url: party.world.url }, application, String(token['access_token'])))['active']

for (const method of ['header', 'body'] as const) {
  test(`simple-oauth2 redeems, refreshes and revokes, its secret in the ${method}`, async () => {
    const application = await party.application({ allowances: ['no-pkce'] })
    const first = await enter(libraryFor(application, method))
    assert.equal(first.expired(), false)
    const info = await get(`${party.world.url}/oauth/userinfo`, {
      authorization: `Bearer ${String(first.token['access_token'])}`,
    })
    assert.deepEqual(info.body, { sub: party.subject, email: 'wanjiku@example.test', email_verified: true })
    const second = await first.refresh({ scope: ['openid'] })
    assert.notEqual(second.token['refresh_token'], first.token['refresh_token'])
    assert.equal(second.token['scope'], 'openid')
    assert.equal(await isActive(application, second), true)
    await second.revokeAll()
    assert.equal(await isActive(application, second), false)
    await assert.rejects(second.refresh(), isRefusal(400, 'invalid_grant'))
  })
}

test('simple-oauth2 learns of a wrong secret and of a code that was spent', async () => {
  const application = await party.application({ allowances: ['no-pkce'] })
  const library = libraryFor(application, 'header')
  const wrong = libraryFor({ ...application, secret: 'sec_wrong' }, 'header')
  await assert.rejects(
    wrong.getToken({ code: 'any', redirect_uri: redirectUri }),
    isRefusal(401, 'invalid_client'),
  )
  const asked = { redirect_uri: redirectUri, scope: ['openid'], state: 'a-state' }
  const code = (await party.walk(library.authorizeURL(asked))).searchParams.get('code') ?? ''
  await library.getToken({ code, redirect_uri: redirectUri })
  await assert.rejects(library.getToken({ code, redirect_uri: redirectUri }), isRefusal(400, 'invalid_grant'))
})

/** Its errors carry the answer as the gateway gave it. */
function isRefusal(status: number, error: string) {
  return (thrown: unknown): boolean => {
    const { output, data } = thrown as {
      readonly output?: { readonly statusCode: number }
      readonly data?: { readonly payload: { readonly error: string } }
    }
    assert.deepEqual([output?.statusCode, data?.payload.error], [status, error])
    return true
  }
}
