/** Introspection, revocation and user information. */
import { other, page, shop, type Case } from './cases.ts'
import { wrongCredentials, type Headers } from './credentials.ts'
import { basic, pairsOf, type Changes, type Outcome, type Side } from './side.ts'

const offline = { scope: 'openid offline_access' }

export const resourceCases: readonly Case[] = [
  ...aboutTokens('introspect'),
  ...aboutTokens('revoke'),
  ...userInfoCases(),
]

function aboutTokens(endpoint: 'introspect' | 'revoke'): readonly Case[] {
  const path = `/oauth/${endpoint}`
  const ask = async (side: Side, fields: Changes, headers: Headers): Promise<Outcome> =>
    await side.send({ path, body: pairsOf(fields), headers })
  const about = (
    name: string,
    fields: (side: Side) => Promise<Changes>,
    headers: Headers = basic(shop),
  ): Case => ({
    name: `${endpoint} ${name}`,
    run: async (side) => await ask(side, await fields(side), headers),
  })
  const access = async (side: Side): Promise<Changes> => ({ token: (await side.tokensFor(shop)).access })
  const fixed = (fields: Changes) => async (): Promise<Changes> => await Promise.resolve(fields)
  return [
    about('an access token', access),
    about('a refresh token', async (side) => ({ token: (await side.tokensFor(shop, offline)).refresh })),
    about('an access token with a hint', async (side) => ({
      ...(await access(side)),
      token_type_hint: 'access_token',
    })),
    about('an access token with a wrong hint', async (side) => ({
      ...(await access(side)),
      token_type_hint: 'refresh_token',
    })),
    about('an access token with an odd hint', async (side) => ({
      ...(await access(side)),
      token_type_hint: 'odd',
    })),
    about('a code', async (side) => ({ token: await side.codeFor(shop) })),
    about('an ID token', async (side) => ({ token: (await side.tokensFor(shop)).id })),
    about('another client’s access token', access, basic(other)),
    about('nothing', fixed({})),
    about('an empty token', fixed({ token: '' })),
    about('nonsense', fixed({ token: 'nonsense' })),
    about('a very long token', fixed({ token: 'x'.repeat(5000) })),
    about(
      'a token as a public client',
      async (side) => ({ token: (await side.tokensFor(page)).access, client_id: 'page' }),
      {},
    ),
    about(
      'another’s token as a public client',
      async (side) => ({ ...(await access(side)), client_id: 'page' }),
      {},
    ),
    ...wrongCredentials.map(([words, headers]) => about(`with ${words}`, access, headers(shop))),
    { name: `${endpoint} by GET`, run: async (side) => await side.send({ path }) },
    {
      name: `${endpoint} a token twice in one form`,
      run: async (side) =>
        await side.send({
          path,
          body: [
            ['token', 'a'],
            ['token', 'b'],
          ],
          headers: basic(shop),
        }),
    },
  ]
}

function userInfoCases(): readonly Case[] {
  const path = '/oauth/userinfo'
  const by = (name: string, sent: (access: string, id: string) => Parameters<Side['send']>[0]): Case => ({
    name: `user information ${name}`,
    run: async (side) => {
      const { access, id } = await side.tokensFor(shop)
      return await side.send(sent(access, id))
    },
  })
  const bearer = (text: string): Headers => ({ authorization: `Bearer ${text}` })
  return [
    by('by header', (access) => ({ path, headers: bearer(access) })),
    by('by POST and header', (access) => ({ path, method: 'POST', headers: bearer(access) })),
    by('by POST body', (access) => ({ path, body: [['access_token', access]] })),
    by('by query', (access) => ({ path, query: [['access_token', access]] })),
    by('by header and body', (access) => ({
      path,
      body: [['access_token', access]],
      headers: bearer(access),
    })),
    by('with the scheme in small letters', (access) => ({
      path,
      headers: { authorization: `bearer ${access}` },
    })),
    by('with the scheme in capitals', (access) => ({ path, headers: { authorization: `BEARER ${access}` } })),
    by('with an ID token', (_access, id) => ({ path, headers: bearer(id) })),
    by('with nothing', () => ({ path })),
    by('with nonsense', () => ({ path, headers: bearer('nonsense') })),
    by('with an empty token', () => ({ path, headers: { authorization: 'Bearer ' } })),
    by('with Basic', () => ({ path, headers: basic(shop) })),
    by('with a changed token', (access) => ({
      path,
      headers: bearer(access.slice(0, -1) + (access.endsWith('0') ? '1' : '0')),
    })),
    by('with two tokens', (access) => ({ path, headers: bearer(`${access} ${access}`) })),
    by('by PUT', (access) => ({ path, method: 'PUT', headers: bearer(access) })),
    {
      name: 'user information after the token was revoked',
      run: async (side) => {
        const { access } = await side.tokensFor(shop)
        const revoked = await side.send({
          path: '/oauth/revoke',
          body: [['token', access]],
          headers: basic(shop),
        })
        return `${revoked}, ${await side.send({ path, headers: bearer(access) })}`
      },
    },
    {
      name: 'user information after the refresh token was revoked',
      run: async (side) => {
        const { access, refresh: text } = await side.tokensFor(shop, offline)
        const revoked = await side.send({
          path: '/oauth/revoke',
          body: [['token', text]],
          headers: basic(shop),
        })
        return `${revoked}, ${await side.send({ path, headers: bearer(access) })}`
      },
    },
  ]
}
