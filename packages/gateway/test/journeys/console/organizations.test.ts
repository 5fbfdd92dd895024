// Somebody with an account makes an organization, invites others, and keeps it in hands.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { days } from '../../../src/base/time.ts'
import { textOf } from '../account/town.ts'
import { openDesk, organizationOf, send, type Desk } from './desk.ts'

let desk: Desk
before(async () => {
  desk = await openDesk()
})
after(async () => {
  await desk.close()
})

const path = (rest = ''): string => `/console/${desk.organization}${rest}`

test('who is not signed in is led to the sign-in and back', async () => {
  const { status, location } = await desk.browser().get('/console?note=made')
  assert.deepEqual([status, location], [303, '/signin?next=%2Fconsole%3Fnote%3Dmade'])
})

test('an organization that is made in the sandbox is live, and its maker owns it', async () => {
  const page = await desk.owner.get(`${path()}?note=made`)
  assert.equal(page.status, 200)
  const text = textOf(page)
  for (const part of ['Wizara ya Ardhi', 'live', 'owner', 'you are its owner'])
    assert.ok(text.includes(part), part)
  assert.ok(textOf(await desk.owner.get('/console')).includes('Wizara ya Ardhi'))
})

test('a name that cannot stand is refused with the reason, and what was typed stays [identity 104]', async () => {
  const page = await send(desk.owner, '/console', { name: 'Mоbile Bank' })
  assert.equal(page.status, 422)
  assert.match(page.body, /letters of different alphabets/)
  assert.match(page.body, /value="Mоbile Bank"/)
  assert.match(page.body, /aria-invalid="true"/)
})

test('markup in a name is text on every page that shows it [identity 104]', async () => {
  const name = '<img src=x onerror=alert(1)> & Sons'
  const made = organizationOf(await send(desk.owner, '/console', { name }))
  for (const page of [await desk.owner.get('/console'), await desk.owner.get(`/console/${made}`)]) {
    assert.ok(!page.body.includes('<img src=x'))
    assert.ok(page.body.includes('&lt;img src=x onerror=alert(1)&gt; &amp; Sons'))
  }
  await send(desk.owner, `/console/${made}`, { name: 'Sons' })
  assert.equal((await send(desk.owner, `/console/${made}/leave`, {})).status, 422)
})

test('a sixth organization is more than the limit, which is said with whom to ask', async () => {
  for (const name of ['Third', 'Fourth', 'Fifth'])
    assert.equal((await send(desk.owner, '/console', { name: `${name} one` })).status, 303)
  const page = await send(desk.owner, '/console', { name: 'Sixth one' })
  assert.equal(page.status, 422)
  assert.match(
    page.body,
    /The limit is 5 organizations\. If you need more, ask the operator of this gateway\./,
  )
})

test('an invitation is accepted once, by whoever has its address verified, and makes a member', async () => {
  const invited = await send(desk.owner, path('/members/invite'), {
    email: 'Amina@example.test',
    role: 'developer',
  })
  assert.equal(invited.location, `${path('/members')}?note=invited`)
  const members = await desk.owner.get(path('/members'))
  const link = /<code>[^<]*(\/console\/invitations\/[^<]+)<\/code>/.exec(members.body)?.[1] ?? ''
  assert.ok(link !== '')

  const other = await desk.owner.get(link)
  assert.match(other.body, /for another e-mail address/)
  assert.ok(!other.body.includes('amina@'), 'nobody else is told whose invitation it is')
  assert.equal((await send(desk.owner, link, {})).status, 403)

  assert.ok(textOf(await desk.stranger.get('/console')).includes('asks you to join as developer'))
  assert.equal((await send(desk.stranger, link, {})).location, `${path()}?note=joined`)
  assert.equal((await desk.stranger.get(path())).status, 200)
  assert.equal((await send(desk.stranger, link, {})).status, 404)
})

test('a role is changed by an owner alone, and the last owner can neither step down nor leave', async () => {
  const { id } = desk.strangerAccount
  const byDeveloper = await send(desk.stranger, path('/members/role'), { account: id, role: 'owner' })
  assert.equal(byDeveloper.status, 403)
  assert.match(byDeveloper.body, /Your role here, developer, does not allow it\./)

  const own = { account: desk.ownerAccount.id, role: 'viewer' }
  const stepped = await send(desk.owner, path('/members/role'), own)
  assert.equal(stepped.status, 422)
  assert.match(stepped.body, /An organization needs an owner/)
  assert.equal((await send(desk.owner, path('/leave'), {})).status, 422)

  assert.equal((await send(desk.owner, path('/members/role'), { account: id, role: 'finance' })).status, 303)
  assert.equal((await send(desk.owner, path('/members/role'), { account: id, role: 'god' })).status, 422)
})

test('a member may leave by herself, and her rights end at once', async () => {
  assert.equal((await send(desk.stranger, path('/leave'), {})).location, '/console?note=left')
  assert.equal((await desk.stranger.get(path())).status, 404)
})

test('an invitation that waited a week is none any more, and one that is withdrawn neither', async () => {
  await send(desk.owner, path('/members/invite'), { email: 'amina@example.test', role: 'viewer' })
  const before = await desk.owner.get(path('/members'))
  const id = /name="invitation" value="([^"]+)"/.exec(before.body)?.[1] ?? ''
  assert.equal((await send(desk.owner, path('/members/withdraw'), { invitation: id })).status, 303)
  assert.equal((await desk.stranger.get(`/console/invitations/${desk.organization}/${id}`)).status, 404)

  await send(desk.owner, path('/members/invite'), { email: 'amina@example.test', role: 'viewer' })
  const link = /<code>[^<]*(\/console\/invitations\/[^<]+)<\/code>/.exec(
    (await desk.owner.get(path('/members'))).body,
  )?.[1]
  desk.pass(days(7))
  await desk.stranger.signIn('00000022', 'amina opens the gate')
  assert.equal((await desk.stranger.get(link ?? '')).status, 404)
})
