// An integrator comes from another installation with the ids, secrets and codes that were given out there.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { pesaflow } from '@lango/sdk'
import { days, seconds } from '../../../src/base/time.ts'
import { forgetDrafts } from '../../../src/core/moving-in/forget-drafts.ts'
import { textOf } from '../account/town.ts'
import { codeAt, get, post } from '../standard/gate.ts'
import { openDesk, type Desk } from './desk.ts'
import { bank, boma, movingInto, shop, whole, type Moving } from './import-desk.ts'

let desk: Desk
let path: Moving['path']
let look: Moving['look']
let confirm: Moving['confirm']
before(async () => {
  desk = await openDesk()
  ;({ path, look, confirm } = movingInto(desk))
})
after(async () => {
  await desk.close()
})

test('what comes is shown row by row before anything changes, without a secret', async () => {
  const empty = await desk.owner.get(path())
  assert.equal(empty.status, 200)
  assert.match(textOf(empty), /You come from another installation\?/)
  const page = await look(whole)
  const text = textOf(page)
  assert.match(text, /278f1ef8-old Boma http:\/\/localhost:8000\/login\/sso\/code will be made/)
  assert.match(text, /42 merchant will be made/)
  assert.match(text, /124 has no check digit: a signed amount could shift into it\./)
  assert.match(text, /no-pkce: Whoever gets hold of an authorization code/)
  assert.match(text, /Bring 5 in/)
  for (const secret of [boma.client_secret, shop.key, shop.secret, bank.key, bank.secret])
    assert.ok(!page.body.includes(secret), 'a secret is on the page')
  assert.equal(await desk.deps.findApiClient('42'), null)
  assert.ok(
    !textOf(await desk.owner.get(`/console/${desk.organization}/applications`)).includes('278f1ef8-old'),
  )
})

test('the page shows the document that the manual shows, and it can be brought in', async () => {
  const manual = readFileSync(new URL('../../../../../docs/moving-in.md', import.meta.url), 'utf8')
  const example = /```json\n(\{\n {2}"applications"[^`]+)```/.exec(manual)?.[1]?.trim() ?? ''
  const shown = (await desk.owner.get(path())).body.replaceAll('&quot;', '"')
  assert.ok(example !== '' && shown.includes(`<code>${example}</code></pre>`))
  const badges = (await look(example)).body.matchAll(/class="badge \w+">([^<]+)</g)
  const outcomes = [...badges].map(([, word]) => word)
  assert.deepEqual(outcomes, ['will be made', 'will be made', 'will be made', 'will be made'])
})

test('confirmed, the old client signs somebody in and the old keys bill and confirm, unchanged', async () => {
  const page = await confirm(await look(whole))
  assert.match(textOf(page), /Brought in\. What was refused stands below/)
  const { publicUrl: url } = desk.deps

  const [redirect = ''] = boma.redirect_uris
  const link = new URLSearchParams({
    client_id: boma.client_id,
    redirect_uri: redirect,
    response_type: 'code',
  })
  const code = await codeAt(desk.owner, `/oauth/authorize?${link.toString()}`)
  const { client_id, client_secret } = boma
  const form = { client_id, client_secret, grant_type: 'authorization_code', code, redirect_uri: redirect }
  const told = await post(`${url}/oauth/access-token`, form)
  assert.equal(told.status, 200, JSON.stringify(told.body))
  const info = await get(`${url}/api/userinfo?access_token=${String(told.body['access_token'])}`)
  assert.equal(info.body['id_number'], '00000011')

  const old = { baseUrl: url, serviceId: '124' }
  const merchant = pesaflow({ ...old, apiClientId: '42', keys: { key: shop.key, secret: shop.secret } })
  const invoice = await merchant.checkout({
    reference: 'OLD-1',
    description: 'Land rates of plot 7',
    amount: '100.00',
    payer: { name: 'Amina Hassan', idNumber: '10000002', phone: '254700000002', email: 'amina@example.com' },
    successUrl: 'https://lands.example/paid',
    notificationUrl: 'https://lands.example/notices',
  })
  const teller = pesaflow({ ...old, apiClientId: 'bank-42', keys: { key: bank.key, secret: bank.secret } })
  const bill = { reference: invoice.invoiceNumber, amount: '105.00', currency: 'KES' }
  await teller.confirm({
    ...bill,
    transactionId: 'OLD-BANK-1',
    transactionDate: new Date('2026-11-22T12:00:00+03:00'),
    payerName: 'Amina Hassan',
    payerAccount: '254700000002',
  })
  assert.equal((await merchant.status('OLD-1')).status, 'settled')
})

test('the same document again brings nothing in and cannot be confirmed', async () => {
  const page = await look(whole)
  const text = textOf(page)
  assert.equal(text.match(/there already/g)?.length, 5)
  assert.match(text, /Nothing of this document is new\./)
  const forced = await confirm(page)
  assert.equal(forced.status, 422)
  assert.match(textOf(forced), /Nothing of it is new\./)
})

test('a file goes before what is pasted', async () => {
  const { token } = await desk.owner.get(path())
  const form = new FormData()
  form.set('token', token)
  form.set('pasted', 'nothing')
  form.set('file', new Blob([JSON.stringify({ origins: ['https://from-a-file.example'] })]), 'old.json')
  const cookie = [...desk.owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const init = { method: 'POST', body: form, headers: { cookie }, redirect: 'manual' } as const
  assert.equal((await fetch(desk.deps.publicUrl + path(), init)).status, 303)
  assert.match(textOf(await desk.owner.get(path())), /https:\/\/from-a-file\.example will be made/)
})

test('what was looked at last is what is confirmed, once, and within a day', async () => {
  const stale = await look({ origins: ['https://first.example'] })
  await look({ origins: ['https://second.example'] })
  const refused = await confirm(stale)
  assert.equal(refused.status, 422)
  assert.match(textOf(refused), /That document is no longer the one that waits here: look at it again\./)
  const page = await desk.owner.get(path())
  const both = await Promise.all([confirm(page), confirm(page)])
  assert.deepEqual(
    both.map(({ status }) => status).sort((one, other) => one - other),
    [200, 422],
  )

  await look({ origins: ['https://late.example'] })
  const late = await desk.owner.get(path())
  desk.pass(seconds(days(1).seconds + 1))
  await desk.owner.signIn('00000011', 'wanjiku opens the gate')
  const token = (await desk.owner.get(path())).token
  assert.equal((await confirm({ ...late, token })).status, 422)
  assert.ok(!textOf(await desk.owner.get(path())).includes('late.example'))
  await forgetDrafts(desk.deps)
  const left = await desk.deps.db.query<{ readonly count: number }>(
    { name: 'test_drafts', text: 'select count(*)::integer as count from import_request' },
    [],
  )
  assert.equal(left[0]?.count, 0)
})

test('each thing that came in is an act of who brought it, and so is the whole, and no act holds a secret', async () => {
  const acts = await desk.deps.db.query<{
    readonly what: string
    readonly by_id: string
    readonly text: string
  }>(
    {
      name: 'test_import_acts',
      text: `select what, by_id, act::text as text from act where organization_id = $1 order by id`,
    },
    [desk.organization],
  )
  const hers = acts.filter(({ by_id: by }) => by === desk.ownerAccount.id).map(({ what }) => what)
  for (const what of [
    'application.created',
    'api-client.created',
    'service.created',
    'origin.added',
    'import.done',
  ])
    assert.ok(hers.includes(what), what)
  for (const { text } of acts)
    for (const secret of [boma.client_secret, shop.key, shop.secret]) assert.ok(!text.includes(secret))
})

test('the page is there in Swahili and French', async () => {
  const in_ = async (locale: string): Promise<string> =>
    textOf(await desk.owner.get(`${path()}?lang=${locale}`))
  assert.match(await in_('sw'), /Unatoka kwenye mfumo mwingine\?/)
  assert.match(await in_('fr'), /Vous venez d’une autre installation/)
})
