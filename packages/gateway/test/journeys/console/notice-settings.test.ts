// Where notices go and what signs them is seen and changed in the console.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { addOrigin } from '../../../src/core/organization/add-origin.ts'
import { hours } from '../../../src/base/time.ts'
import { must } from '../../world.ts'
import { textOf, type Browser, type Page } from '../account/town.ts'
import { openDesk, organizationOf, send, type Desk } from './desk.ts'
import { openReceiver, type Received, type Receiver } from './receiver.ts'

let desk: Desk
let receiver: Receiver
let path = ''
before(async () => {
  desk = await openDesk()
  receiver = await openReceiver(desk)
  path = `/console/${desk.organization}/notices/settings`
})
after(async () => {
  receiver.close()
  await desk.close()
})

const look = async (browser = desk.owner): Promise<string> => textOf(await browser.get(path))
const setAddress = async (address: string, browser: Browser = desk.owner): Promise<Page> =>
  await send(browser, `${path}/address`, { address }, path)
const rotate = async (overlap: string, browser: Browser = desk.owner): Promise<Page> =>
  await send(browser, `${path}/secret`, { overlap }, path)

function secretOf(page: Page): string {
  const secret = /id="secret">(whsec_[^<]+)</.exec(page.body)?.[1]
  assert.ok(secret !== undefined, String(page.status))
  return secret
}

/** Whether one of its signatures is this secret's, as the library makes it; how old it may be is judged elsewhere. */
function isSignedBy(secret: string, { body, headers }: Received): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000)
  const expected = new Webhook(secret).sign(String(headers['webhook-id']), at, body)
  return String(headers['webhook-signature']).split(' ').includes(expected)
}

async function told(reference: string): Promise<readonly Received[]> {
  const before = receiver.received.length
  await receiver.pay(reference)
  await receiver.deliver()
  return receiver.received.slice(before)
}

test('an address is taken on a registered origin, gets every notice beside the order’s, and is taken out again', async () => {
  assert.match(
    await look(),
    /Where notices go.*An address for all of them.*On a registered origin: http:\/\/127/,
  )
  const saved = await setAddress(`${receiver.url}/books?key=of-the-receiver`)
  assert.equal(saved.location, `${path}?note=address-changed`)
  assert.ok((await desk.owner.get(path)).body.includes(`value="${receiver.url}/books?key=of-the-receiver"`))
  assert.equal((await told('BOTH')).length, 2)
  const acts = textOf(
    await desk.owner.get(`/console/${desk.organization}/activity?what=notice-address.changed`),
  )
  assert.ok(acts.includes(`${receiver.url}/books`) && !acts.includes('of-the-receiver'), acts)
  assert.equal((await setAddress('')).location, `${path}?note=address-removed`)
  assert.equal((await told('ONE')).length, 1)
})

test('what is no address on a registered origin is refused with what to mend, and the form keeps what was typed', async () => {
  for (const [address, why] of [
    ['https://elsewhere.example/ipn', /It has to lie on a registered origin; registered are http:\/\/127/],
    ['http://169.254.169.254/latest', /It has to lie on a registered origin/],
    [receiver.url.replace('127.0.0.1', '0x7f.1'), /Write its host as it is read: http:\/\/127\.0\.0\.1/],
    [receiver.url.replace('//', '//user:secret@'), /without a user name/],
    ['not an address', /Write one http or https address/],
  ] as const) {
    const page = await setAddress(address)
    assert.equal(page.status, 422, address)
    assert.match(textOf(page), why)
    assert.ok(page.body.includes(`value="${address}"`), address)
  }
  assert.equal((await told('STILL-ONE')).length, 1)
})

test('a secret is rotated with an overlap: both sign, then the new one alone, and a third has to wait', async () => {
  assert.match(await look(), /None: notices carry no Standard Webhooks signature/)
  const first = secretOf(await rotate('a day'))
  assert.ok(!(await desk.owner.get(path)).body.includes(first), 'shown once')
  const second = secretOf(await rotate('an hour'))
  assert.match(await look(), /Made .*, no end set.*Made .*, ends 22 Nov 2026/)
  const [both] = await told('OVERLAP')
  assert.ok(both !== undefined)
  assert.deepEqual([isSignedBy(first, both), isSignedBy(second, both)], [true, true])

  const third = await rotate('a week')
  assert.equal(third.status, 422)
  assert.match(
    textOf(third),
    /Two secrets sign already\. Wait until the older one ends, or let all of them end at once\./,
  )

  desk.pass(hours(1.1))
  const [late] = await told('LATER')
  assert.ok(late !== undefined)
  assert.deepEqual([isSignedBy(first, late), isSignedBy(second, late)], [false, true])

  const leaked = secretOf(await rotate('at once'))
  const [now] = await told('AT-ONCE')
  assert.ok(now !== undefined)
  assert.deepEqual([isSignedBy(second, now), isSignedBy(leaked, now)], [false, true])
  const acts = textOf(
    await desk.owner.get(`/console/${desk.organization}/activity?what=webhook-secret.added`),
  )
  assert.ok(acts.includes('webhook-secret.added') && !acts.includes(leaked))
  assert.equal((await rotate('for ever')).status, 422)
})

test('two who rotate at the same moment do not leave three secrets alive', async () => {
  const { token } = await desk.owner.get(path)
  const answers = await Promise.all(
    Array.from(
      { length: 4 },
      async () => await desk.owner.post(`${path}/secret`, { token, overlap: 'a day' }),
    ),
  )
  assert.deepEqual(answers.map(({ status }) => String(status)).sort(), ['200', '422', '422', '422'])
})

test('hosts that fail and addresses that want no more are shown with what follows', async () => {
  receiver.answerWith({ status: 500 })
  for (const reference of ['ILL-1', 'ILL-2', 'ILL-3']) {
    await receiver.pay(reference)
    await receiver.deliver()
    desk.pass({ seconds: 3 })
  }
  assert.match(await look(), /http:\/\/127\.0\.0\.1:\d+ \s*failed (2|3) times in a row/)
  receiver.answerWith({ status: 410 })
  desk.pass(hours(1))
  await receiver.deliver()
  assert.match(
    await look(),
    /Addresses that want no more.*http:\/\/127\.0\.0\.1:\d+\/ipn , since 22 Nov 2026/,
  )
})

test('an address whose origin is no longer registered is warned of', async () => {
  const origin = 'https://old.example'
  must(await addOrigin(desk.deps, { organizationId: desk.organization, origin }))
  await setAddress(`${origin}/ipn`)
  assert.doesNotMatch(await look(), /Its origin is not registered/)
  await desk.deps.db.query(
    { name: 'test_forget_origin', text: 'delete from organization_origin where origin = $1' },
    [origin],
  )
  assert.match(await look(), /Its origin is not registered/)
  await setAddress('')
})

test('finance sees all of it and changes nothing; a viewer and a stranger see nothing [identity 70]', async () => {
  await desk.stranger.signIn('00000022', 'amina opens the gate')
  assert.equal((await desk.stranger.get(path)).status, 404)
  const theirs = `/console/${organizationOf(await send(desk.stranger, '/console', { name: 'Jengo la Amina' }))}`
  for (const [form, fields] of [
    ['address', { address: `${receiver.url}/stolen` }],
    ['secret', { overlap: 'at once' }],
  ] as const) {
    const asked = async () => (await send(desk.stranger, `${path}/${form}`, fields, theirs)).status
    assert.equal(await asked(), 404, form)
  }
  await desk.join('finance')
  const page = await desk.stranger.get(path)
  assert.equal(page.status, 200)
  assert.ok(!page.body.includes('<form method="post"'), 'no form that would be refused')
  assert.match(textOf(page), /Owners and developers give new ones\./)
  for (const [form, fields] of [
    ['address', { address: `${receiver.url}/stolen` }],
    ['secret', { overlap: 'at once' }],
  ] as const)
    assert.equal((await send(desk.stranger, `${path}/${form}`, fields, theirs)).status, 403, form)
  const role = { account: desk.strangerAccount.id, role: 'viewer' }
  await send(desk.owner, `/console/${desk.organization}/members/role`, role, '/members')
  assert.equal((await desk.stranger.get(path)).status, 403)
  assert.ok(!(await look()).includes('stolen'))
})

test('the pages speak Swahili and French', async () => {
  assert.match(textOf(await desk.owner.get(`${path}?lang=sw`)), /Arifa zinakokwenda.*Siri zinazotia sahihi/)
  assert.match(textOf(await desk.owner.get(`${path}?lang=fr`)), /Où vont les avis.*Secrets qui signent/)
})
