// An application is refused and told little; its makers find the exact reason by the answer's x-request-id.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { days, hours, minutes, toDate } from '../../../src/base/time.ts'
import {
  createApplication,
  type CreatedApplication,
} from '../../../src/core/application/create-application.ts'
import { forgetRefusedRequests } from '../../../src/core/request-log/forget-refused-requests.ts'
import { must } from '../../world.ts'
import { textOf } from '../account/town.ts'
import { authorizePath, codeFor, verifier, type Application } from '../standard/gate.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
let made: CreatedApplication
let application: Application
const redirectUri = 'https://shop.example/back'
before(async () => {
  desk = await openDesk()
  const { organization: organizationId, deps } = desk
  made = must(
    await createApplication(deps, {
      organizationId,
      name: 'Ardhi',
      kind: 'web',
      redirectUris: [redirectUri],
    }),
  )
  application = { clientId: made.clientId, secret: made.clientSecret ?? '', redirectUri }
})
after(async () => {
  await desk.close()
})

type Call = { readonly status: number; readonly id: string; readonly body: Record<string, unknown> }

async function call(
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Call> {
  const answer = await fetch(desk.deps.publicUrl + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
    redirect: 'manual',
  })
  const text = await answer.text()
  return {
    status: answer.status,
    id: answer.headers.get('x-request-id') ?? '',
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  } // prettier-ignore -- one value
}

/** What the log says of an answer; it is written a moment after the answer. */
async function logged(id: string, browser = desk.owner): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const page = await browser.get(`/console/${desk.organization}/requests?id=${id}`)
    if (page.status !== 200 || page.body.includes(`<code>${id}</code>`)) return page.body
    await sleep(20)
  }
  throw new Error('nothing was logged')
}

const client = (secret: string) => ({ client_id: application.clientId, client_secret: secret })
const code = (text: string) => ({
  grant_type: 'authorization_code',
  code: text,
  redirect_uri: redirectUri,
  code_verifier: verifier,
})

test('a wrong secret is told apart from none, and no secret stands in the log', async () => {
  const wrong = await call('/oauth/token', { ...code('lac_x'), ...client('not-the-secret') })
  assert.equal(wrong.body['error'], 'invalid_client')
  const page = await logged(wrong.id)
  assert.match(page, /The secret is none that this application has or had\./)
  assert.ok(!page.includes('not-the-secret') && !page.includes(verifier) && !page.includes('lac_x'))
  for (const shown of ['client_secret', 'code_verifier', 'authorization_code', redirectUri])
    assert.ok(page.includes(shown), shown)

  const none = await call('/oauth/token', { ...code('lac_x'), client_id: application.clientId })
  assert.match(await logged(none.id), /No client secret came, and this application has one\./)
})

test('a code that ran out, one with another verifier and one of another application each have their reason', async () => {
  const first = await codeFor(desk.owner, application)
  const other = await call('/oauth/token', {
    ...code(first),
    ...client(application.secret),
    code_verifier: 'v'.repeat(43),
  })
  assert.deepEqual([other.status, other.body['error']], [400, 'invalid_grant'])
  assert.match(await logged(other.id), /code_verifier does not match code_challenge\./)

  desk.pass(minutes(2))
  const late = await call('/oauth/token', { ...code(first), ...client(application.secret) })
  assert.match(await logged(late.id), /The code has expired\./)
})

test('a refused authorization stands there with what was wrong, redirected or not', async () => {
  const unregistered = await desk.owner.get(
    authorizePath(application, { redirect_uri: 'https://evil.example/back' }),
  )
  assert.equal(unregistered.status, 400)
  const page = await logged(unregistered.headers.get('x-request-id') ?? '')
  assert.match(page, /redirect_unregistered/)
  assert.match(page, /https:\/\/evil\.example\/back/)

  const plain = await desk.owner.get(
    authorizePath(application, { code_challenge: '', code_challenge_method: '' }),
  )
  assert.match(await logged(plain.headers.get('x-request-id') ?? ''), /code_challenge|PKCE/)
})

test('a token that is not active is explained: none of ours, cut off, or run out', async () => {
  const ask = async (token: string) =>
    await call('/oauth/introspect', { token, ...client(application.secret) })
  const alien = await ask('eyJhbGciOiJub25lIn0.e30.')
  assert.deepEqual(alien.body, { active: false })
  assert.match(await logged(alien.id), /perhaps an ID token/)

  const given = await call('/oauth/token', {
    ...code(await codeFor(desk.owner, application)),
    ...client(application.secret),
  })
  const token = String(given.body['access_token'])
  assert.match(await logged((await ask(token.slice(0, -1))).id), /none of our tokens|cut off or changed/)
  desk.pass(hours(1.5))
  const late = await ask(token)
  const page = await logged(late.id)
  assert.match(page, /inactive/)
  assert.match(page, /The token expired at 2026-/)
  assert.ok(!page.includes(token))

  const bearer = await call('/oauth/userinfo', {}, { authorization: `Bearer ${token}` })
  assert.equal(bearer.status, 401)
  assert.match(await logged(bearer.id), /The token expired at 2026-/)
})

test('a reason is told in the language of the page, and what went with it stands in it', async () => {
  const alien = await call('/oauth/introspect', { token: 'a.b.c', ...client(application.secret) })
  await logged(alien.id)
  const read = async (id: string, locale: string): Promise<string> =>
    textOf(await desk.owner.get(`/console/${desk.organization}/requests?id=${id}&lang=${locale}`))
  assert.match(await read(alien.id, 'sw'), /JWT ilikuja, labda tokeni ya utambulisho/)
  assert.match(await read(alien.id, 'fr'), /Un JWT est venu, peut-être un jeton d’identité/)

  const given = await call('/oauth/token', {
    ...code(await codeFor(desk.owner, application)),
    ...client(application.secret),
  })
  const token = String(given.body['access_token'])
  await call('/oauth/revoke', { token, ...client(application.secret) })
  const dead = await call('/oauth/introspect', { token, ...client(application.secret) })
  assert.deepEqual([given.status, dead.status, dead.body], [200, 200, { active: false }])
  await logged(dead.id)
  assert.match(await read(dead.id, 'fr'), /Le jeton a expiré le 2026-\S+Z\./)
  assert.match(await read(dead.id, 'sw'), /Muda wa tokeni uliisha 2026-\S+Z\./)

  const protocol = await call('/oauth/token', { grant_type: 'magic', ...client(application.secret) })
  await logged(protocol.id)
  assert.match(await read(protocol.id, 'fr'), /Ce grant_type n’est pas accepté\. grant_type is one of/)
  assert.match(await read(protocol.id, 'en'), /This grant_type is not served\. grant_type is one of/)
})

test('a row of the release before, and a name that only the next one knows, print as they are on record', async () => {
  const ids = { old: randomUUID(), newer: randomUUID(), ended: randomUUID() }
  await desk.deps.db.query(
    {
      name: 'old_refusals_for_test',
      text: `insert into refused_request (organization_id, id, at, client_id, endpoint, code, because, parameters, reason, details)
        values ($1, $2, $4, 'x', '/oauth/token', 'invalid_client', 'No token came, said the old one.', '[]', null, null),
               ($1, $3, $4, 'x', '/oauth/token', 'never_heard', 'moon_is_full at 2031', '[]', 'moon_is_full', '{}'),
               ($1, $5, $4, 'x', '/oauth/token', 'invalid_token', '', '[]', 'token_revoked', '{"at": "noon", "because": "signed out"}')`,
    },
    [desk.organization, ids.old, ids.newer, toDate(desk.deps.clock.now()), ids.ended],
  )
  const read = async (id: string, locale: string): Promise<string> =>
    textOf(await desk.owner.get(`/console/${desk.organization}/requests?id=${id}&lang=${locale}`))
  assert.match(await read(ids.old, 'en'), /did not prove itself\. No token came, said the old one\./)
  assert.match(await read(ids.old, 'sw'), /Programu haikuthibitika\. No token came, said the old one\./)
  assert.match(await read(ids.ended, 'fr'), /révoqué le noon\s: la personne s’est déconnectée\./)
  assert.match(await read(ids.ended, 'sw'), /ilibatilishwa noon: mtu alitoka\./)
  assert.match(await read(ids.newer, 'fr'), /moon_is_full at 2031/)
  assert.equal((await desk.owner.get(`/console/${desk.organization}/requests?lang=en`)).status, 200)
})

test('an unknown application is nobody’s: operators see it, no integrator does', async () => {
  const { id } = await call('/oauth/token', {
    ...code('lac_x'),
    client_id: 'nobody-has-this',
    client_secret: 'x',
  })
  await sleep(300)
  const page = await desk.owner.get(`/console/${desk.organization}/requests?id=${id}`)
  assert.match(page.body, /No refused call of your organization has that id/)
})

test('the list is filtered and paged, and says so when it is empty', async () => {
  const path = `/console/${desk.organization}/requests`
  assert.ok(textOf(await desk.owner.get(path)).includes('invalid_client'))
  const filtered = textOf(await desk.owner.get(`${path}?code=invalid_grant`))
  assert.ok(filtered.includes('The code has expired.') && !filtered.includes('No client secret came'))
  assert.match((await desk.owner.get(`${path}?client=other`)).body, /Nothing was refused/)
})

test('who may not see the log is refused, and a stranger finds nothing [identity 70]', async () => {
  assert.equal((await desk.stranger.get(`/console/${desk.organization}/requests`)).status, 404)
  await desk.join('viewer')
  assert.equal((await desk.stranger.get(`/console/${desk.organization}/requests`)).status, 403)
})

test('a flood of refusals fills neither the table nor the page: some two hundred are kept', async () => {
  await Promise.all(
    Array.from(
      { length: 260 },
      async () => await call('/oauth/token', { grant_type: 'magic', ...client(application.secret) }),
    ),
  )
  await sleep(500)
  const [row] = await desk.deps.db.query<{ readonly count: number }>(
    {
      name: 'count_refused',
      text: "select count(*)::integer as count from refused_request where code = 'unsupported_grant_type'",
    },
    [],
  )
  assert.ok((row?.count ?? 0) > 100 && (row?.count ?? 0) <= 200, `kept ${row?.count}`)
})

test('after two weeks a refusal is forgotten', async () => {
  desk.pass(days(15))
  assert.equal(await forgetRefusedRequests(desk.deps), false)
  await desk.owner.signIn('00000011', 'wanjiku opens the gate')
  assert.match((await desk.owner.get(`/console/${desk.organization}/requests`)).body, /Nothing was refused/)
})
