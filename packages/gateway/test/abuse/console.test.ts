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
  return { rows: await desk.deps.db.query({ name: `look_${text.length}`, text }, values) }
}
