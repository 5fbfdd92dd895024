// An application's picture, name and colour on the pages that stand between it and a person, and what it cannot change there.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { encodeLogo } from '../../../src/core/application/set-logo.ts'
import { applicationIn } from '../../../src/sites/signin/face.ts'
import { must } from '../../world.ts'
import { textOf, type Page } from '../account/town.ts'
import { authorizePath, openGate, post, type Application, type Gate } from './gate.ts'

let gate: Gate
let shop: Application
before(async () => {
  gate = await openGate()
  shop = await gate.application({ name: 'Duka la Samaki' })
  await paint(shop, '#b3261e')
})
after(async () => {
  await gate.close()
})

async function paint({ clientId }: Application, colour: string | null): Promise<void> {
  const background = colour ?? '#123456'
  const picture = await sharp({ create: { width: 90, height: 90, channels: 3, background } })
    .png()
    .toBuffer()
  const logo = must(await encodeLogo(gate.deps, picture))
  await gate.deps.db.query(
    {
      name: 'test_paint',
      text: 'update application set colour = $2, logo = $3, logo_type = $4 where client_id = $1',
    },
    [clientId, colour, logo?.bytes ?? null, logo?.mediaType ?? null],
  )
}

const signInFor = (application: Application): string =>
  `/signin?${new URLSearchParams({ next: authorizePath(application) }).toString()}`

function hasFace(page: Page): void {
  assert.match(page.body, /background: #b3261e;\s*color: #ffffff;/)
  assert.ok(page.body.includes(`src="/apps/${shop.clientId}/logo"`), 'the picture is missing')
  const nonce = /style-src 'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1]
  assert.ok(nonce !== undefined && page.body.includes(`<style nonce="${nonce}">`), 'the style has no nonce')
}

/** Ours, whoever sent her: our mark with the way home, and our name in the title. */
function isStillOurs({ body }: Page): void {
  assert.match(body, /<a class="home" href="\/"><span class="wordmark">/)
  assert.match(body, /<title>[^<]* · Lango<\/title>/)
}

test('the sign-in page says where it leads and who runs that, in its picture and colour; it stays ours', async () => {
  const page = await gate.browser().get(signInFor(shop))
  assert.match(textOf(page), /To continue to Duka la Samaki\s*, run by Ministry of Gates\s*\./)
  hasFace(page)
  isStillOurs(page)
})

test('it says so again after a wrong password', async () => {
  const browser = gate.browser()
  const { token } = await browser.get(signInFor(shop))
  const sent = { token, next: authorizePath(shop), identifier: '00000011', password: 'not hers at all' }
  const page = await browser.post('/signin', sent)
  assert.equal(page.status, 403)
  assert.match(textOf(page), /To continue to Duka la Samaki/)
  hasFace(page)
})

test('consent has the same face, and so has the page about a device', async () => {
  const browser = await gate.signedIn()
  const consent = await browser.get(authorizePath(shop))
  hasFace(consent)
  isStillOurs(consent)
  const tv = await gate.application({ kind: 'device', redirectUris: [], name: 'Sauti TV' })
  await paint(tv, null)
  const { body } = await post(`${gate.url}/oauth/device`, { client_id: tv.clientId, scope: 'openid' })
  const { token } = await browser.get('/device')
  const page = await browser.post('/device', { token, user_code: String(body['user_code']) })
  assert.ok(page.body.includes(`src="/apps/${tv.clientId}/logo"`))
  isStillOurs(page)
})

test('the picture comes from our own origin as a picture and nothing more', async () => {
  const answer = await fetch(`${gate.url}/apps/${shop.clientId}/logo`)
  const header = (name: string) => answer.headers.get(name)
  assert.equal(answer.status, 200)
  assert.equal(header('content-type'), 'image/webp')
  assert.equal(header('cache-control'), 'public, max-age=3600')
  assert.equal(header('content-security-policy'), "default-src 'none'")
  assert.equal(header('x-content-type-options'), 'nosniff')
  assert.equal(header('set-cookie'), null)
  assert.equal((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).format, 'webp')
})

test('where there is no picture there is none: 404, and no image on the page', async () => {
  const plain = await gate.application({ name: 'Bila Picha' })
  for (const id of [plain.clientId, 'nobody', 'a%00b', '%20', 'x'.repeat(201)]) {
    const answer = await fetch(`${gate.url}/apps/${id}/logo`)
    assert.deepEqual([answer.status, await answer.text()], [404, 'not found\n'], id)
  }
  const page = await gate.browser().get(signInFor(plain))
  assert.match(textOf(page), /To continue to Bila Picha/)
  assert.ok(!page.body.includes('<img') && !page.body.includes('<style'))
})

test('a name that is markup stays text, and the books take no colour that is none', async () => {
  const odd = await gate.application({ name: '<b>Odd</b> & Co' })
  await assert.rejects(async () => {
    await gate.deps.db.query(
      { name: 'test_odd', text: 'update application set colour = $2 where client_id = $1' },
      [odd.clientId, '#000}*{color:red'],
    )
  }, /application_colour_check/)
  const { body } = await gate.browser().get(signInFor(odd))
  assert.ok(body.includes('&lt;b&gt;Odd&lt;/b&gt; &amp; Co'))
})

test('an application that is switched off, or that nobody knows, has no face', async () => {
  const gone = await gate.application({ name: 'Imefungwa' })
  await gate.deps.db.query(
    { name: 'test_gone', text: 'update application set disabled_at = now() where client_id = $1' },
    [gone.clientId],
  )
  for (const application of [gone, { ...gone, clientId: 'nobody' }, { ...gone, clientId: 'a\0b' }]) {
    const page = await gate.browser().get(signInFor(application))
    assert.equal(page.status, 200)
    assert.match(textOf(page), /One account opens every service behind this gate/)
    assert.ok(!page.body.includes('Imefungwa'))
  }
})

test('the application is read from the request that the page leads to, and from nothing else', () => {
  for (const [next, clientId] of [
    ['/oauth/authorize?client_id=shop&x=1', 'shop'],
    ['/sw/oauth/authorize?client_id=a%20b', 'a b'],
    ['/oauth/authorize?client_id=shop&client_id=bank', null],
    ['/oauth/authorize?x=client_id%3Dbank', null],
    ['/oauth/authorize#?client_id=bank', null],
    ['/oauth/authorize/../../account?client_id=bank', null],
    ['/device?next=/oauth/authorize&client_id=bank', null],
    ['/a/b/oauth/authorize?client_id=bank', null],
    ['/account', null],
  ] as const)
    assert.equal(applicationIn(next), clientId, next)
})
