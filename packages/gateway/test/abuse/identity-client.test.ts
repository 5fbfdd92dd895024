// Who asks.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hours, seconds } from '../../src/base/time.ts'
import { createApplication } from '../../src/core/application/create-application.ts'
import { rotateClientSecret } from '../../src/core/application/rotate-client-secret.ts'
import { must } from '../world.ts'
import {
  codeFor,
  openGate,
  post,
  redeem,
  redemption,
  type Answer,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

let gate: Gate
let shop: Application

before(async () => {
  gate = await openGate()
  shop = await gate.application()
})
after(async () => {
  await gate.close()
})

/** As an application with Basic; everything but the credentials is right, or would be with a code. */
async function withBasic(header: string, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return await post(
    `${gate.url}/oauth/token`,
    { grant_type: 'authorization_code', code: 'none', ...fields },
    { authorization: header },
  )
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
}

test('[identity 59] an unknown application and a wrong secret are refused with the same bytes', async () => {
  const application = await gate.application()
  const fields = { grant_type: 'authorization_code', code: 'none' }
  const answers = [
    await post(`${gate.url}/oauth/token`, { ...fields, client_id: 'nobody', client_secret: 'sec_x' }),
    await post(`${gate.url}/oauth/token`, {
      ...fields,
      client_id: application.clientId,
      client_secret: 'sec_x',
    }),
    await post(`${gate.url}/oauth/token`, { ...fields, client_id: application.clientId }),
    await withBasic(basic('nobody', 'sec_x')),
    await withBasic(basic(application.clientId, 'sec_x')),
  ]
  for (const answer of answers) {
    assert.equal(answer.status, 401)
    assert.equal(answer.headers.get('www-authenticate'), 'Basic realm="Lango", charset="UTF-8"')
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.deepEqual(answer.body, {
      error: 'invalid_client',
      error_description: 'The application is unknown, or its secret is wrong or missing.',
    })
  }
})

test('[identity 60] credentials in two places at once are refused', async () => {
  const both = await withBasic(basic(shop.clientId, shop.secret), { client_secret: shop.secret })
  assert.deepEqual([both.status, both.body['error']], [400, 'invalid_request'])
  const others = await withBasic(basic(shop.clientId, shop.secret), { client_id: 'someone-else' })
  assert.deepEqual([others.status, others.body['error']], [400, 'invalid_request'])
  const same = await withBasic(basic(shop.clientId, shop.secret), { client_id: shop.clientId })
  assert.deepEqual([same.status, same.body['error']], [400, 'invalid_grant'])
})

test('[identity 61] Basic is read strictly, and form-decoded as it was encoded', async () => {
  const clientSecret = 'p%c+t: e'
  const odd = await gate.application({ clientId: 'odd_client+%', clientSecret })
  const encoded = (text: string) => encodeURIComponent(text).replaceAll('%20', '+')
  assert.equal(
    (await withBasic(basic(encoded(odd.clientId), encoded(clientSecret)))).body['error'],
    'invalid_grant',
  )
  const good = Buffer.from(`${shop.clientId}:${shop.secret}`).toString('base64')
  assert.equal((await withBasic(`basic ${good}`)).body['error'], 'invalid_grant')
  for (const bad of [
    basic(odd.clientId, clientSecret),
    basic(shop.clientId, `${shop.secret}%`),
    basic(shop.clientId, `${shop.secret}%zz`),
    `Basic ${good.replace(/=*$/, '')}!`,
    `Basic ${good}=`,
    `Basic ${good.slice(0, -4)} ${good.slice(-4)}`,
    `Basic ${Buffer.from(shop.clientId).toString('base64')}`,
    `Basic ${Buffer.from([0xff, 0xfe, 0x3a, 0x61]).toString('base64')}`,
    'Basic',
    `Bearer ${good}`,
    `Digest ${good}`,
  ]) {
    const answer = await withBasic(bad)
    assert.deepEqual([answer.status, answer.body['error']], [401, 'invalid_client'], bad)
  }
})

test('[identity 61] base64 whose last bits are not zero is not the text that it seems', async () => {
  const application = await gate.application({ clientId: 'ab', clientSecret: 'c'.repeat(32) })
  const good = Buffer.from('ab:' + 'c'.repeat(32)).toString('base64')
  const short = await gate.application({ clientId: 'abc', clientSecret: 'c'.repeat(33) })
  assert.ok(application.secret && short.secret)
  const padded = Buffer.from('abc:' + 'c'.repeat(33)).toString('base64')
  assert.ok(padded.endsWith('=='))
  const loose = padded.replace(/.==$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}==`)
  assert.equal((await withBasic(`Basic ${good}`)).body['error'], 'invalid_grant')
  assert.equal((await withBasic(`Basic ${padded}`)).body['error'], 'invalid_grant')
  assert.equal((await withBasic(`Basic ${loose}`)).body['error'], 'invalid_client')
})

test('[identity 63] a public application sends no secret, a confidential one always', async () => {
  const native = await gate.application({ kind: 'native', redirectUris: ['com.example.app:/back'] })
  const page = await gate.application({ kind: 'single-page', redirectUris: ['https://app.example/back'] })
  const browser = await gate.signedIn()
  for (const application of [native, page]) {
    const code = await codeFor(browser, application)
    const withSecret = await redeem(gate, application, code, { client_secret: 'sec_made_up' })
    assert.deepEqual([withSecret.status, withSecret.body['error']], [401, 'invalid_client'])
    assert.equal((await redeem(gate, application, code)).status, 200)
  }
  const code = await codeFor(browser, shop)
  const without = await redeem(gate, shop, code, { client_secret: '' })
  assert.deepEqual([without.status, without.body['error']], [401, 'invalid_client'])
  const nobody = await post(`${gate.url}/oauth/token`, { grant_type: 'authorization_code', code })
  assert.deepEqual([nobody.status, nobody.body['error']], [401, 'invalid_client'])
})

test('[identity 64] guessing at a secret is slowed down, for the guesser and not for others', async () => {
  const target = await gate.application()
  const guess = async (secret: string, application = target) =>
    await post(`${gate.url}/oauth/token`, {
      grant_type: 'authorization_code',
      code: 'x',
      client_id: application.clientId,
      client_secret: secret,
    })
  for (let tries = 0; tries < 10; tries += 1) assert.equal((await guess('sec_guess')).status, 401)
  const stopped = await guess(target.secret)
  assert.equal(stopped.status, 429)
  assert.ok(Number(stopped.headers.get('retry-after')) > 0)
  // Another application's success from the same address does not give new tries.
  assert.equal((await guess(shop.secret, shop)).body['error'], 'invalid_grant')
  assert.equal((await guess(target.secret)).status, 429)
  gate.pass(seconds(6))
  assert.equal((await guess(target.secret)).body['error'], 'invalid_grant')
})

test('[identity 67] a grant type that is not served is refused by name', async () => {
  for (const type of ['password', 'implicit', '__proto__', 'toString']) {
    const answer = await post(`${gate.url}/oauth/token`, {
      grant_type: type, client_id: shop.clientId, client_secret: shop.secret, username: 'x', password: 'y',
    }) // prettier-ignore
    assert.deepEqual([answer.status, answer.body['error']], [400, 'unsupported_grant_type'], type)
  }
})

test('[identity 69] two secrets are good while one is rotated out, and then one', async () => {
  const application = await gate.application()
  const next = must(
    await rotateClientSecret(gate.deps, { clientId: application.clientId, overlap: hours(24) }),
  )
  const renewed = { ...application, secret: next.clientSecret ?? '' }
  assert.match(renewed.secret, /^sec_[\w-]{43}$/)
  const browser = await gate.signedIn()
  for (const each of [application, renewed])
    assert.equal((await redeem(gate, each, await codeFor(browser, each))).status, 200)
  gate.pass(hours(24))
  const again = await gate.signedIn()
  assert.equal((await redeem(gate, application, await codeFor(again, application))).status, 401)
  assert.equal((await redeem(gate, renewed, await codeFor(again, renewed))).status, 200)
})

test('[identity 80] neither secret nor token stands in the database, only its hash', async () => {
  const application = await gate.application()
  const code = await codeFor(await gate.signedIn(), application, { scope: 'openid offline_access' })
  const { body } = await post(`${gate.url}/oauth/token`, redemption(application, code))
  const found: string[] = []
  for (const table of [
    'application',
    'application_secret',
    'token',
    'code',
    'token_family',
    'session',
    'signing_key',
    'consent',
  ]) {
    const rows = await gate.deps.db.query(
      { name: `test_dump_${table}`, text: `select row_to_json(${table})::text as row from ${table}` },
      [],
    )
    found.push(...rows.map((row) => String(row['row'])))
  }
  const dump = found.join('\n')
  assert.ok(dump.includes(application.clientId))
  for (const secret of [
    application.secret,
    code,
    String(body['access_token']),
    String(body['refresh_token']),
  ]) {
    assert.ok(
      !dump.includes(secret) &&
        !dump.includes(secret.slice(36, 79)) &&
        !dump.includes(Buffer.from(secret).toString('hex')),
    )
  }
  assert.ok(!/"d":|"p":|"q":/.test(dump))
})

test('who moves in brings an id and a secret along; weak ones and every allowance are named with their risk', async () => {
  const { organizationId, deps } = gate
  const asked = {
    organizationId,
    name: 'Old portal',
    kind: 'web',
    redirectUris: ['https://old.example/back'],
    clientId: '278f1ef8168611eebdbf0050560101d6',
    clientSecret: 'hunter2',
    allowances: ['no-pkce'],
  } as const
  const made = must(await createApplication(deps, asked))
  assert.deepEqual([made.clientId, made.clientSecret], [asked.clientId, asked.clientSecret])
  assert.match(made.warnings.join('\n'), /shorter than 32 characters[^]*no-pkce: Whoever gets hold/)
  const again = await createApplication(deps, asked)
  assert.equal(again.ok ? '' : again.refusal.code, 'reference_taken')
  for (const [field, wrong] of [
    ['name', { name: 'x\u202ey' }],
    ['clientId', { clientId: 'a:b' }],
    ['clientSecret', { clientSecret: 'é' }],
    ['clientSecret', { kind: 'native', redirectUris: ['http://127.0.0.1/'], clientId: 'n' }],
    ['redirectUris', { redirectUris: [] }],
  ] as const) {
    const refused = await createApplication(deps, { ...asked, ...wrong })
    assert.equal(refused.ok ? '' : refused.refusal.field, field)
  }
})
