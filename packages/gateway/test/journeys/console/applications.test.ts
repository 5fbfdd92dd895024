// A developer registers an application through the pages, tries it, changes it, and switches it off.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { hours } from '../../../src/base/time.ts'
import { textOf, type Page } from '../account/town.ts'
import { follow, openDesk, send, type Desk } from './desk.ts'

let desk: Desk
before(async () => {
  desk = await openDesk()
})
after(async () => {
  await desk.close()
})

const path = (rest = ''): string => `/console/${desk.organization}/applications${rest}`
const back = 'https://shop.example/back'

async function register(name: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
  const wanted = { name, kind: 'web', redirectUris: back, ...fields }
  return await send(desk.owner, path('/new'), wanted, '/applications/new')
}

function shown(page: Page): { readonly clientId: string; readonly secret: string } {
  const [, clientId = ''] = /<code>([0-9a-f]{32})<\/code>/.exec(page.body) ?? []
  const [, secret = ''] = /id="secret">([^<]+)</.exec(page.body) ?? []
  return { clientId, secret }
}

async function tokenStatus(clientId: string, secret: string): Promise<number> {
  const body = new URLSearchParams({ token: 'x', client_id: clientId, client_secret: secret })
  return (await fetch(`${desk.deps.publicUrl}/oauth/introspect`, { method: 'POST', body })).status
}

test('an application is registered, its secret is shown once and works', async () => {
  assert.ok(textOf(await desk.owner.get(path())).includes('No application yet'))
  const made = await register('Plot search')
  assert.equal(made.status, 200)
  assert.equal(made.headers.get('cache-control'), 'no-store')
  const { clientId, secret } = shown(made)
  assert.match(secret, /^sec_/)
  assert.equal(await tokenStatus(clientId, secret), 200)
  const page = await desk.owner.get(path(`/${clientId}`))
  assert.equal(page.status, 200)
  assert.ok(!page.body.includes(secret))
  assert.ok(textOf(await desk.owner.get(path())).includes('Plot search'))
})

test('each address that cannot be registered is named with what is wrong, and everything typed stays', async () => {
  const page = await register('Broken', {
    redirectUris: `${back}\nhttp://shop.example/x\nhttps://*.example/`,
  })
  assert.equal(page.status, 422)
  assert.match(page.body, /Line 2, http:\/\/shop\.example\/x: Plain http only/)
  assert.match(page.body, /Line 3, https:\/\/\*\.example\/: There are no wildcards/)
  assert.match(page.body, /value="Broken"/)
  assert.match(page.body, /https:\/\/\*\.example\/<\/textarea>/)
})

test('the addresses can be checked without registering anything', async () => {
  const page = await register('Only looked at', {
    redirectUris: 'https://xn--80ak6aa92e.example/back',
    check: 'on',
  })
  assert.equal(page.status, 200)
  assert.match(page.body, /Every address can be registered/)
  assert.match(page.body, /may be taken for another/)
  assert.ok(!textOf(await desk.owner.get(path())).includes('Only looked at'))
})

test('a program on somebody’s own device gets no secret', async () => {
  const page = await register('Pocket', { kind: 'single-page' })
  assert.match(page.body, /no secret can be kept/)
  assert.ok(!page.body.includes('sec_'))
})

test('a secret is rotated with an overlap, and the page says when the old one ends', async () => {
  const { clientId, secret } = shown(await register('Rotating'))
  const rotated = await send(
    desk.owner,
    path(`/${clientId}/secret`),
    { overlap: 'an hour' },
    `/applications/${clientId}`,
  )
  const next = shown(rotated).secret
  assert.notEqual(next, secret)
  assert.deepEqual([await tokenStatus(clientId, secret), await tokenStatus(clientId, next)], [200, 200])
  assert.match(textOf(await desk.owner.get(path(`/${clientId}`))), /ends 22 Nov 2026/)
  desk.pass(hours(1.01))
  assert.deepEqual([await tokenStatus(clientId, secret), await tokenStatus(clientId, next)], [401, 200])
})

test('settings are changed under the rules of registration, and hold at once', async () => {
  const { clientId } = shown(await register('Changing'))
  const form = { name: 'Changed', redirectUris: `${back}\nhttps://shop.example/other`, authMethod: '', idTokenAlg: 'ES256', profile: 'standard', colour: '#0B5C55', requirePar: 'on', 'allow.no-state': 'on' } // prettier-ignore
  const at = `/applications/${clientId}`
  assert.equal(
    (await send(desk.owner, path(`/${clientId}`), form, at)).location,
    `${path(`/${clientId}`)}?note=changed`,
  )
  const [row] = await desk.deps.db.query({ name: 'look_changed', text: 'select name, redirect_uris, id_token_alg, colour, require_par, allowances, releases, demo from application where client_id = $1' }, [clientId]) // prettier-ignore
  assert.deepEqual(row, { name: 'Changed', redirect_uris: [back, 'https://shop.example/other'], id_token_alg: 'ES256', colour: '#0b5c55', require_par: true, allowances: ['no-state'], releases: 'scopes', demo: false }) // prettier-ignore

  const refused = await send(desk.owner, path(`/${clientId}`), { ...form, profile: 'fapi2' }, at)
  assert.equal(refused.status, 422)
  assert.match(refused.body, /fapi2 asks for private_key_jwt/)
  const pale = await send(desk.owner, path(`/${clientId}`), { ...form, colour: '#ffee00' }, at)
  assert.match(pale.body, /choose a darker one/)
})

test('fapi2 with keys for RS256 alone is refused with what to mend', async () => {
  const { clientId } = shown(await register('Bank'))
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keys = (alg: string) => JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), alg }] })
  const form = { name: 'Bank', redirectUris: back, authMethod: 'private_key_jwt', idTokenAlg: 'ES256', profile: 'fapi2' } // prettier-ignore
  const change = async (alg: string): Promise<Page> =>
    await send(desk.owner, path(`/${clientId}`), { ...form, jwks: keys(alg) }, `/applications/${clientId}`)
  const weak = await change('RS256')
  assert.equal(weak.status, 422)
  assert.match(weak.body, /nothing signed by RS256.*give one for ES256, PS256, EdDSA\./)
  assert.equal((await change('PS256')).status, 303)
})

test('a logo is encoded anew and shown to everybody; what is no picture, or too large, is refused', async () => {
  const { clientId } = shown(await register('Painted'))
  const upload = async (bytes: Uint8Array): Promise<Response> => {
    const { token } = await desk.owner.get(path(`/${clientId}`))
    const body = new FormData()
    body.set('token', token)
    body.set('logo', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'logo.png')
    const cookie = [...desk.owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return await fetch(desk.deps.publicUrl + path(`/${clientId}/logo`), {
      method: 'POST',
      body,
      headers: { cookie },
      redirect: 'manual',
    })
  }
  const picture = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#0b5c55' } })
    .png()
    .toBuffer()
  assert.equal((await upload(picture)).status, 303)
  const logo = await fetch(`${desk.deps.publicUrl}/apps/${clientId}/logo`)
  assert.deepEqual([logo.status, logo.headers.get('content-type')], [200, 'image/webp'])
  assert.equal((await sharp(Buffer.from(await logo.arrayBuffer())).metadata()).width, 192)

  const svg = await upload(
    new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  )
  assert.deepEqual([svg.status, /Give a picture as PNG/.test(await svg.text())], [422, true])
  const large = await upload(new Uint8Array(50 * 1024))
  assert.deepEqual([large.status, /The limit is 48 kB for a logo/.test(await large.text())], [422, true])
  assert.equal(
    (await send(desk.owner, path(`/${clientId}/logo`), { remove: 'on' }, `/applications/${clientId}`)).status,
    303,
  )
  assert.equal((await fetch(`${desk.deps.publicUrl}/apps/${clientId}/logo`)).status, 404)
})

test('the flow is tried from the page: the browser comes back and sees what the tokens say, not the tokens', async () => {
  const { clientId } = shown(await register('Tried'))
  const at = `/applications/${clientId}`
  assert.match((await desk.owner.get(path(`/${clientId}`))).body, /own address has to be a redirect address/)
  const started = await send(desk.owner, path(`/${clientId}/try`), {}, at)
  assert.equal(started.status, 303)
  const ended = await follow(desk, desk.owner, started)
  assert.match(ended.body, /The flow worked/)
  const text = textOf(ended)
  for (const part of ['amr', desk.ownerAccount.id, 'lat_', 'wanjiku@example.test'])
    assert.ok(text.includes(part), part)
  assert.ok(!/lat_[0-9a-f]{32}/.test(ended.body), 'a whole token stands on the page')
  const [secrets] = await desk.deps.db.query<{ readonly count: number }>({ name: 'count_secrets', text: 'select count(*)::integer as count from application_secret where client_id = $1' }, [clientId]) // prettier-ignore
  assert.equal(secrets?.count, 1, 'the lent secret is gone')

  const again = await desk.owner.get(path(`/${clientId}/try?code=x&state=y`))
  assert.match(again.body, /does not carry the state/)
  assert.match((await desk.browser().get(path(`/${clientId}/try`))).location ?? '', /^\/signin/)
})

test('switched off, an application’s secret is of no use; switched on, it works again', async () => {
  const { clientId, secret } = shown(await register('Switched'))
  const at = `/applications/${clientId}`
  await send(desk.owner, path(`/${clientId}/switch`), { on: 'no' }, at)
  assert.equal(await tokenStatus(clientId, secret), 401)
  assert.match(textOf(await desk.owner.get(path(`/${clientId}`))), /switched off/)
  await send(desk.owner, path(`/${clientId}/switch`), { on: 'yes' }, at)
  assert.equal(await tokenStatus(clientId, secret), 200)
})

test('the list is paged, and the quota says the limit and whom to ask', async () => {
  let last = await register('One more')
  for (let count = 0; count < 25 && last.status === 200; count += 1) last = await register(`More ${count}`)
  assert.equal(last.status, 422)
  assert.match(
    last.body,
    /The limit is 25 applications\. If you need more, ask the operator of this gateway\./,
  )
  const list = await desk.owner.get(path())
  assert.equal((list.body.match(/<tr>/g) ?? []).length, 26)
})
