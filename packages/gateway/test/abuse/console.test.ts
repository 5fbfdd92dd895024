// Attacks on the console: another's organization, fields that were never on the form, forged forms.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDesk, send, type Desk } from '../journeys/console/desk.ts'

let desk: Desk
before(async () => {
  desk = await openDesk()
})
after(async () => {
  await desk.close()
})

const path = (rest = ''): string => `/console/${desk.organization}${rest}`

test('a stranger finds nothing at another’s organization: every page is as unknown as a made-up one [identity 70]', async () => {
  for (const page of ['', '/members']) {
    const theirs = await desk.stranger.get(path(page))
    const madeUp = await desk.stranger.get(`/console/01900000-0000-7000-8000-00000000beef${page}`)
    assert.deepEqual([theirs.status, madeUp.status], [404, 404], page)
    const plain = (body: string): string => body.replaceAll(/nonce="[^"]+"/g, '')
    assert.equal(plain(theirs.body), plain(madeUp.body))
  }
})

test('a stranger changes nothing of another’s organization [identity 70]', async () => {
  const account = desk.strangerAccount.id
  const tries: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['', { name: 'Stolen' }],
    ['/leave', {}],
    ['/members/invite', { email: 'amina@example.test', role: 'owner' }],
    ['/members/role', { account, role: 'owner' }],
    ['/members/remove', { account: desk.ownerAccount.id }],
  ]
  for (const [form, fields] of tries)
    assert.equal((await send(desk.stranger, path(form), fields)).status, 404, form)
  assert.equal((await desk.owner.get(path())).status, 200)
})

test('fields that no form has change nothing: standing, operator, role and owner are not taken from a request [identity 70]', async () => {
  const extra = {
    operator: 'true',
    standing: 'live',
    demo: 'true',
    role: 'owner',
    id: '01900000-0000-7000-8000-00000000beef',
  }
  const made = await send(desk.owner, '/console', { name: 'Plain name', ...extra })
  const id = /^\/console\/([0-9a-f-]{36})/.exec(made.location ?? '')?.[1] ?? ''
  assert.notEqual(id, extra.id)
  const { rows } = await rowsOf('select operator, demo, standing from organization where id = $1', [id])
  assert.deepEqual(rows, [{ operator: false, demo: false, standing: 'live' }])
})

test('a form without its token, or with another’s, does nothing [identity 116]', async () => {
  const { token } = await desk.stranger.get('/console')
  for (const given of ['', 'x', token]) {
    const forged = await desk.owner.post(path(), { token: given, name: 'Forged' })
    assert.deepEqual([forged.status, forged.location], [303, `${path()}?note=expired`])
  }
  assert.ok((await desk.owner.get(path())).body.includes('Wizara ya Ardhi'))
})

test('each role does what the table allows it and nothing else [identity 116]', async () => {
  await desk.join('viewer')
  for (const [form, fields] of [
    ['', { name: 'Mine' }],
    ['/members/invite', { email: 'x@example.test', role: 'owner' }],
    ['/members/remove', { account: desk.ownerAccount.id }],
  ] as const)
    assert.equal((await send(desk.stranger, path(form), fields)).status, 403, form)
})

test('every change of an organization stands in the audit trail with who made it [identity 116]', async () => {
  const { rows } = await rowsOf(
    'select what, by_kind, by_id, request_id is not null as traced from act where organization_id = $1 order by at, id',
    [desk.organization],
  )
  const by = { by_kind: 'account', by_id: desk.ownerAccount.id, traced: true }
  assert.deepEqual(rows, [
    { what: 'organization.registered', ...by },
    { what: 'member.invited', ...by },
    { what: 'member.joined', ...by, by_id: desk.strangerAccount.id },
  ])
})

async function rowsOf(text: string, values: readonly unknown[]) {
  return {
    rows: await desk.deps.db.query(
      { name: `look_${Buffer.from(text).toString('hex').slice(0, 40)}${text.length}`, text },
      values,
    ),
  }
}

test('one developer can neither read, change, rotate, switch nor try another’s application [identity 70]', async () => {
  const registered = await send(
    desk.owner,
    path('/applications/new'),
    { name: 'Guarded', kind: 'web', redirectUris: 'https://shop.example/back' },
    '/applications/new',
  )
  const clientId = /<code>([0-9a-f]{32})<\/code>/.exec(registered.body)?.[1] ?? ''
  assert.ok(clientId !== '')
  const own =
    /^\/console\/([0-9a-f-]{36})/.exec(
      (await send(desk.stranger, '/console', { name: 'Mine' })).location ?? '',
    )?.[1] ?? ''
  await send(desk.stranger, path('/leave'), {})
  const before = await rowsOf('select * from application where client_id = $1', [clientId])
  // The other's address, and her own organization with the other's application in it.
  for (const base of [path(`/applications/${clientId}`), `/console/${own}/applications/${clientId}`]) {
    assert.equal((await desk.stranger.get(base)).status, 404, base)
    for (const [form, fields] of [
      ['', { name: 'Stolen', redirectUris: 'https://evil.example/' }],
      ['/secret', { overlap: 'at once' }],
      ['/switch', { on: 'no' }],
      ['/logo', { remove: 'on' }],
      ['/try', {}],
    ] as const)
      assert.equal((await send(desk.stranger, base + form, fields)).status, 404, base + form)
  }
  assert.deepEqual(await rowsOf('select * from application where client_id = $1', [clientId]), before)
})

test('fields of registration that no form has are left aside: owner, releases, scopes, demo and the rest [identity 70]', async () => {
  const extra = { clientId: 'chosen', client_id: 'chosen', releases: 'national-identity', demo: 'true', organizationId: 'x', scopes: 'all', skip_consent: 'true', first_party: 'true', allowances: 'no-pkce', disabled_at: '' } // prettier-ignore
  const fields = { name: 'Plain app', kind: 'web', redirectUris: 'https://shop.example/back', ...extra }
  const page = await send(desk.owner, path('/applications/new'), fields, '/applications/new')
  const clientId = /<code>([0-9a-f]{32})<\/code>/.exec(page.body)?.[1] ?? ''
  await send(
    desk.owner,
    path(`/applications/${clientId}`),
    { ...fields, name: 'Plain still', profile: 'standard' },
    `/applications/${clientId}`,
  )
  const { rows } = await rowsOf('select name, organization_id, releases, demo, allowances from application where client_id = $1', [clientId]) // prettier-ignore
  assert.deepEqual(rows, [{ name: 'Plain still', organization_id: desk.organization, releases: 'scopes', demo: false, allowances: [] }]) // prettier-ignore
})
