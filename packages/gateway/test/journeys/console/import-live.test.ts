// Where money is real, ids that others know somebody by are given out by an operator: docs/decisions/0011.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createApplication } from '../../../src/core/application/create-application.ts'
import { createOrganization } from '../../../src/core/organization/create-organization.ts'
import { must } from '../../world.ts'
import { textOf, type Browser, type Page } from '../account/town.ts'
import { guard, openDesk, openOperator, send, type Desk } from './desk.ts'

let desk: Desk
let operator: Browser
let operatorId: string
before(async () => {
  desk = await openDesk({ mode: 'live', publicUrl: 'https://lango.example' })
  const { browser, account } = await openOperator(desk)
  operator = browser
  operatorId = account.id
  await guard(desk, operator)
  const at = `/admin/organizations/${desk.organization}`
  const { token } = await operator.get(at)
  await operator.post(at, { token, verdict: 'approve', because })
})
after(async () => {
  await desk.close()
})

const because = 'Compared with the letter of the old installation'
const path = (rest = ''): string => `/console/${desk.organization}/import${rest}`
const house = (): string => `/admin/imports/${desk.organization}`
const secret = 'the secret that Boma has always had'
const boma = {
  client_id: 'boma-old',
  client_secret: secret,
  name: 'Boma',
  redirect_uris: ['https://lands.example/back'],
}
const shop = { api_client_id: '42', key: 'key of the old shop', secret: 'secret of the old shop' }

async function look(document: object): Promise<Page> {
  const answer = await send(desk.owner, path(), { pasted: JSON.stringify(document) }, '/import')
  return answer.status === 303 ? await desk.owner.get(path()) : answer
}

async function press(page: Page, rest: string): Promise<string> {
  const document = /name="document" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  const { location, body } = await desk.owner.post(path(rest), { token: page.token, document })
  return location ?? body
}

async function decide(verdict: string, reason = because): Promise<Page> {
  const page = await operator.get(house())
  const document = /name="document" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  return await operator.post(house(), { token: page.token, document, verdict, because: reason })
}

async function introspects(): Promise<number> {
  const fields = { token: 'x', client_id: 'boma-old', client_secret: secret }
  return (await desk.browser().post('/oauth/introspect', fields)).status
}

test('services and origins name nobody and come in at once', async () => {
  const page = await look({
    services: [{ code: '124', name: 'Land rates' }],
    origins: ['https://lands.example'],
  })
  assert.match(textOf(page), /Bring 2 in/)
  assert.equal(await press(page, '/confirm'), `${path()}?note=done`)
})

test('an id waits for an operator, whether it is free or not: the page tells neither', async () => {
  const { deps } = desk
  const other = must(await createOrganization(deps, { name: 'Somebody else', origins: [] }))
  const taken = {
    organizationId: other.id,
    name: 'Theirs',
    kind: 'web',
    redirectUris: ['https://theirs.example/'],
  } as const
  must(await createApplication(deps, { ...taken, clientId: 'taken-already' }))
  const page = await look({
    applications: [boma, { ...boma, client_id: 'taken-already' }],
    api_clients: [shop],
  })
  const text = textOf(page)
  assert.equal(text.match(/asks an operator/g)?.length, 3)
  assert.ok(!text.includes('not free'))
  assert.equal(await press(page, '/confirm'), `${path()}?note=waiting`)
  assert.equal(await introspects(), 401)
  assert.equal(await deps.findApiClient('42'), null)
  const waiting = await desk.owner.get(path())
  assert.match(textOf(waiting), /Waits for an operator/)
  assert.ok(!waiting.body.includes('name="pasted"'), 'one document at a time')
  const second = await send(desk.owner, path(), { pasted: '{"origins":["https://x.example"]}' }, '/import')
  assert.equal(second.status, 422)
  assert.match(textOf(second), /Another document waits for an operator: withdraw that one first\./)
})

test('an operator sees whose a taken id is, and no secret; others see no such page', async () => {
  assert.match((await operator.get('/admin/imports')).body, new RegExp(house()))
  const page = await operator.get(house())
  assert.match(
    textOf(page),
    /taken-already Boma https:\/\/lands\.example\/back refused .* Another organization has it:/,
  )
  for (const hidden of [secret, shop.key, shop.secret]) assert.ok(!page.body.includes(hidden))
  for (const at of ['/admin/imports', house()]) assert.equal((await desk.owner.get(at)).status, 404)
  const { token } = await desk.owner.get('/console')
  assert.equal((await desk.owner.post(house(), { token, verdict: 'approve', because })).status, 404)
})

test('approved with a reason, what is free comes in and works; the owner is told what was not, and of whom it is not a word', async () => {
  const brief = await decide('approve', 'ok')
  assert.equal(brief.status, 422)
  assert.match(textOf(brief), /Give the reason in 10 to 500 characters/)
  assert.equal((await decide('approve')).location, '/admin/imports?note=decided')
  assert.equal(await introspects(), 200)
  assert.equal((await desk.deps.findApiClient('42'))?.organizationId, desk.organization)
  const page = await desk.owner.get(path())
  assert.match(
    textOf(page),
    /What became of the last document .*boma-old .*made.*taken-already .*refused This id is not free\./,
  )
  assert.ok(!page.body.includes('Somebody else'))
  assert.equal((await operator.get(house())).status, 404)
  const acts = await desk.deps.db.query<{ readonly what: string }>(
    {
      name: 'test_house_import',
      text: 'select what from act where organization_id = $1 and by_id = $2 order by id',
    },
    [desk.organization, operatorId],
  )
  assert.deepEqual(
    acts.map(({ what }) => what),
    ['organization.approved', 'import.approved', 'application.created', 'api-client.created', 'import.done'],
  )
  const kept = await desk.deps.db.query<{ readonly gone: boolean }>(
    {
      name: 'test_sealed',
      text: 'select sealed is null as gone from import_request where organization_id = $1',
    },
    [desk.organization],
  )
  assert.deepEqual(kept, [{ gone: true }])
})

test('declined, nothing comes in and the owner reads why; taken back, it is not there', async () => {
  await press(await look({ api_clients: [{ ...shop, api_client_id: '43' }] }), '/confirm')
  assert.equal(
    (await decide('decline', 'Call us first: +254 700 000 000')).location,
    '/admin/imports?note=decided',
  )
  assert.match(
    textOf(await desk.owner.get(path())),
    /declined this document: Call us first: \+254 700 000 000/,
  )
  assert.equal(await desk.deps.findApiClient('43'), null)

  await press(await look({ api_clients: [{ ...shop, api_client_id: '44' }] }), '/confirm')
  assert.equal(await press(await desk.owner.get(path()), '/withdraw'), `${path()}?note=withdrawn`)
  assert.equal((await operator.get(house())).status, 404)
  assert.ok(!textOf(await desk.owner.get(path())).includes('44'))
  assert.match(textOf(await operator.get('/admin/imports')), /No document waits\./)
})
