// What operators do to others asks for a second factor, given lately; who has none is told to add one.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { minutes } from '../../../src/base/time.ts'
import { addApp, answer, codeOf } from '../account/factors.ts'
import { textOf, type Browser } from '../account/town.ts'
import { openDesk, openOperator, send, type Desk } from './desk.ts'

let desk: Desk
let operator: Browser
before(async () => {
  desk = await openDesk({ mode: 'live', publicUrl: 'https://lango.example' })
  operator = (await openOperator(desk)).browser
})
after(async () => {
  await desk.close()
})

const because = 'Ticket 4711: their lawyer asked for it'
const house = (): string => `/admin/organizations/${desk.organization}`
const kept = (path: string): string => `${path}?${new URLSearchParams({ because }).toString()}`
const confirm = (next: string, acr?: string): string =>
  `/signin/confirm?${new URLSearchParams({ next, ...(acr === undefined ? {} : { acr }) }).toString()}`

async function approve() {
  const { token } = await operator.get(house())
  return await operator.post(house(), { token, verdict: 'approve', because })
}

test('an operator without a second factor is told to add one, and until then touches nobody [identity 116]', async () => {
  assert.match(textOf(await operator.get('/admin')), /Add a second factor .*a password that leaks is enough/)
  const person = `/admin/accounts/${desk.strangerAccount.id}`
  for (const path of ['/admin/accounts', kept(person), '/admin/acts.csv', '/admin/acts.jsonl']) {
    const page = await operator.get(path)
    assert.deepEqual([page.status, page.location], [303, confirm(path, 'aal2')], path)
  }
  const { token } = await operator.get(house())
  for (const [path, fields, back] of [
    [house(), { verdict: 'approve' }, house()],
    [`${house()}/application`, { client: 'x', on: 'no' }, house()],
    [person, { deed: 'disable' }, person],
    [person, { deed: 'sign-out' }, person],
  ] as const) {
    const page = await operator.post(path, { token, because, ...fields })
    assert.deepEqual([page.status, page.location], [303, confirm(kept(back), 'aal2')], path)
  }
  const search = await operator.post('/admin/accounts', { token, because, who: 'amina@example.test' })
  assert.deepEqual([search.status, search.location], [303, confirm(kept('/admin/accounts'), 'aal2')])
  assert.match((await desk.owner.get(`/console/${desk.organization}`)).body, /An operator has yet to approve/)
  assert.equal((await desk.stranger.get('/console')).status, 200)
  assert.match(textOf(await operator.get(confirm('/admin', 'aal2'))), /second (factor|step)/i)
})

test('who is no operator is asked to prove nothing: there is no such desk [identity 116]', async () => {
  assert.equal((await desk.owner.get('/admin/accounts')).status, 404)
  const page = await send(desk.owner, house(), { verdict: 'approve', because }, '/console')
  assert.equal(page.status, 404)
})

test('with a second factor she proves herself once, comes back to her reason, and acts for a quarter of an hour', async () => {
  const { secret } = await addApp(desk, operator)
  assert.doesNotMatch((await operator.get('/admin')).body, /Add a second factor/)
  desk.pass(minutes(20))
  const sent = await approve()
  assert.deepEqual([sent.status, sent.location], [303, confirm(kept(house()))])
  const proved = await answer(operator, await operator.get(sent.location ?? ''), {
    way: 'code',
    code: codeOf(desk, secret),
  })
  assert.equal(proved.location, `/signin/continue?${new URLSearchParams({ next: kept(house()) }).toString()}`)
  assert.match((await operator.get(kept(house()))).body, /<textarea[^>]*>\s*Ticket 4711: their lawyer/)
  assert.equal((await approve()).location, `${house()}?note=decided`)

  desk.pass(minutes(14))
  assert.equal((await operator.get('/admin/accounts')).status, 200)
  desk.pass(minutes(2))
  assert.equal((await operator.get('/admin/accounts')).location, confirm('/admin/accounts'))
})

test('in the sandbox a password given lately will do, and the page says that it would not elsewhere', async (t) => {
  const sandbox = await openDesk()
  t.after(sandbox.close)
  const { browser } = await openOperator(sandbox)
  assert.match(
    textOf(await browser.get('/admin/accounts')),
    /Add a second factor .*id number\. The search is recorded/,
  )
  sandbox.pass(minutes(16))
  assert.equal((await browser.get('/admin/accounts')).location, confirm('/admin/accounts'))
})
