// Operators decide about organizations, applications and accounts, each time with a reason that is recorded.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { textOf, type Browser } from '../account/town.ts'
import { guard, openDesk, openOperator, send, type Desk } from './desk.ts'

let desk: Desk
let operator: Browser
before(async () => {
  // Live: there a new organization waits.
  desk = await openDesk({ mode: 'live', publicUrl: 'https://lango.example' })
  operator = (await openOperator(desk)).browser
  await guard(desk, operator)
})
after(async () => {
  await desk.close()
})

const because = 'Ticket 4711: their lawyer asked for it'
const house = (rest = ''): string => `/admin/organizations/${desk.organization}${rest}`

async function post(browser: Browser, path: string, fields: Readonly<Record<string, string>>, from = path) {
  const { token } = await browser.get(from)
  return await browser.post(path, { token, ...fields })
}

async function introspects(clientId: string, secret: string): Promise<number> {
  const page = await desk
    .browser()
    .post('/oauth/introspect', { token: 'x', client_id: clientId, client_secret: secret })
  return page.status
}

let clientId = ''
let secret = ''

test('to everybody but operators the desk does not exist [identity 116]', async () => {
  for (const path of [
    '/admin',
    house(),
    '/admin/accounts',
    '/admin/acts',
    '/admin/acts.csv',
    '/admin/acts.jsonl',
    `/admin/accounts/${desk.ownerAccount.id}`,
  ])
    assert.equal((await desk.owner.get(path)).status, 404, path)
  const { token } = await desk.owner.get('/console')
  for (const [path, fields] of [
    [house(), { verdict: 'approve' }],
    ['/admin/accounts', { who: 'amina@example.test' }],
    [`/admin/accounts/${desk.strangerAccount.id}`, { deed: 'disable' }],
  ] as const)
    assert.equal((await desk.owner.post(path, { token, because, ...fields })).status, 404, path)
})

test('a new organization waits: everything can be prepared, and nothing of it works', async () => {
  assert.match((await desk.owner.get(`/console/${desk.organization}`)).body, /An operator has yet to approve/)
  const made = await send(desk.owner, `/console/${desk.organization}/applications/new`, { name: 'Early', kind: 'web', redirectUris: 'https://shop.example/back' }, '/applications/new') // prettier-ignore
  clientId = /<code>([0-9a-f]{32})<\/code>/.exec(made.body)?.[1] ?? ''
  secret = /id="secret">([^<]+)</.exec(made.body)?.[1] ?? ''
  assert.equal(await introspects(clientId, secret), 401)
})

test('an operator approves it with a reason, and it works at once; without a reason nothing happens', async () => {
  assert.match(textOf(await operator.get('/admin?standing=waiting')), /Wizara ya Ardhi/)
  const bare = await post(operator, house(), { verdict: 'approve', because: 'ok' })
  assert.equal(bare.status, 422)
  assert.match(bare.body, /Give the reason in 10 to 500 characters/)
  assert.equal(
    (await post(operator, house(), { verdict: 'approve', because })).location,
    `${house()}?note=decided`,
  )
  assert.equal(await introspects(clientId, secret), 200)
  assert.equal((await post(operator, house(), { verdict: 'approve', because })).status, 422)
})

test('suspended, an organization’s applications stop in the same moment, and its members read why', async () => {
  await post(operator, house(), { verdict: 'suspend', because })
  assert.equal(await introspects(clientId, secret), 401)
  assert.match((await desk.owner.get(`/console/${desk.organization}`)).body, /Ticket 4711/)
  await post(operator, house(), { verdict: 'resume', because })
  assert.equal(await introspects(clientId, secret), 200)
})

test('one application is suspended without the others, and its makers cannot switch it on again', async () => {
  await post(operator, house('/application'), { client: clientId, on: 'no', because }, house())
  assert.equal(await introspects(clientId, secret), 401)
  await send(
    desk.owner,
    `/console/${desk.organization}/applications/${clientId}/switch`,
    { on: 'yes' },
    `/applications/${clientId}`,
  )
  assert.equal(await introspects(clientId, secret), 401)
  await post(operator, house('/application'), { client: clientId, on: 'yes', because }, house())
  assert.equal(await introspects(clientId, secret), 200)
})

test('a name that the eye takes for another’s is shown to who decides [identity 104]', async () => {
  const made = await send(desk.stranger, '/console', { name: 'WIZARA  YA ÁRDHI' })
  const id = /^\/console\/([0-9a-f-]{36})/.exec(made.location ?? '')?.[1] ?? ''
  assert.match((await operator.get(`/admin/organizations/${id}`)).body, /Names that look the same/)
})

test('an account is found by exactly what it has, for a reason; both are recorded, found or not', async () => {
  const none = await post(operator, '/admin/accounts', { who: 'nobody@example.test', because })
  assert.match(none.body, /No account has exactly this/)
  const found = await post(operator, '/admin/accounts', { who: 'Amina@Example.test', because })
  assert.ok(found.location?.startsWith(`/admin/accounts/${desk.strangerAccount.id}?because=`))
  const page = await operator.get(found.location ?? '')
  const text = textOf(page)
  assert.ok(text.includes('Amina Hassan') && text.includes('00****22') && !/\D00000022/.test(text))
  assert.match((await operator.get(`/admin/accounts/${desk.strangerAccount.id}`)).body, /Looking is recorded/)
})

test('a closed account is signed out everywhere and cannot come back until it is opened again', async () => {
  const path = `/admin/accounts/${desk.strangerAccount.id}`
  assert.equal((await desk.stranger.get('/console')).status, 200)
  await post(operator, path, { deed: 'sign-out', because }, '/admin/accounts')
  assert.equal((await desk.stranger.get('/console')).status, 303)
  await desk.stranger.signIn('00000022', 'amina opens the gate')
  await post(operator, path, { deed: 'disable', because }, '/admin/accounts')
  assert.equal((await desk.stranger.get('/console')).status, 303)
  await desk.stranger.signIn('00000022', 'amina opens the gate')
  assert.equal((await desk.stranger.get('/console')).status, 303)
  await post(operator, path, { deed: 'enable', because }, '/admin/accounts')
  await desk.stranger.signIn('00000022', 'amina opens the gate')
  assert.equal((await desk.stranger.get('/console')).status, 200)
})

test('the trail tells each act with who did it and why, and can be taken away as a file [identity 116]', async () => {
  const text = textOf(await operator.get('/admin/acts'))
  for (const act of [
    'account.disabled',
    'account.searched',
    'organization.suspended',
    'application.reinstated',
    'Ticket 4711',
  ])
    assert.ok(text.includes(act), act)
  const filtered = textOf(await operator.get('/admin/acts?what=account.disabled'))
  assert.ok(filtered.includes('account.disabled') && !filtered.includes('account.searched'))

  const json = await operator.get('/admin/acts.jsonl?what=organization.approved')
  const [first] = json.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  assert.deepEqual(
    [first?.['what'], first?.['organizationId'], JSON.stringify(first?.['details'])],
    ['organization.approved', desk.organization, JSON.stringify({ because })],
  )
  const csv = await operator.get('/admin/acts.csv')
  assert.match(csv.headers.get('content-disposition') ?? '', /attachment; filename="acts\.csv"/)
  assert.match(csv.body, /^at,id,what,byKind/)
  assert.match(textOf(await operator.get('/admin/acts')), /acts\.exported/)
})

test('owners read what was done in their organization, operators’ acts included; others do not', async () => {
  const path = `/console/${desk.organization}/activity`
  const text = textOf(await desk.owner.get(path))
  assert.ok(
    text.includes('organization.suspended') &&
      text.includes('application.created') &&
      !text.includes('account.disabled'),
  )
  assert.equal((await desk.stranger.get(path)).status, 404)
})
