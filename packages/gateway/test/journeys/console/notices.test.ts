// A merchant's developer looks why a notice did not arrive, mends her endpoint, and has it sent again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { days, minutes } from '../../../src/base/time.ts'
import { forgetDeliveries } from '../../../src/core/notice/forget-deliveries.ts'
import { addOrigin } from '../../../src/core/organization/add-origin.ts'
import { freePort, must } from '../../world.ts'
import { textOf } from '../account/town.ts'
import { openDesk, organizationOf, send, type Desk } from './desk.ts'
import { openReceiver, services, type Receiver } from './receiver.ts'

let desk: Desk
let receiver: Receiver
let path = ''
before(async () => {
  desk = await openDesk()
  receiver = await openReceiver(desk)
  path = `/console/${desk.organization}/notices`
})
after(async () => {
  receiver.close()
  await desk.close()
})

const list = async (query = ''): Promise<string> => textOf(await desk.owner.get(path + query))
const look = async (id: string, query = ''): Promise<string> =>
  textOf(await desk.owner.get(`${path}/${id}${query}`))
const resend = async (id: string, browser = desk.owner) =>
  await send(browser, `${path}/${id}/resend`, {}, `${path}/${id}`)

test('before the first payment the list says what will stand there', async () => {
  assert.match(await list(), /No notice yet\. The first is written when the first payment arrives\./)
})

test('a notice that arrived shows what was sent, byte for byte, and what came back; a cookie is not kept', async () => {
  receiver.answerWith({
    status: 200,
    headers: { server: 'shop/1', 'set-cookie': 'session=secret-of-the-shop', 'content-type': 'text/plain' },
    body: 'thanks & <b>bye</b>',
  })
  const { id, number } = await receiver.pay('ARRIVED')
  assert.match(await list(), /waits/)
  await receiver.deliver()
  assert.match(await list(), new RegExp(`${number} #1 ARRIVED Land rates .* delivered`))
  const page = await desk.owner.get(`${path}/${id}`)
  const [got] = receiver.received
  assert.ok(page.body.includes(`<code>${escaped(got?.body ?? 'none')}</code>`))
  assert.ok(page.body.includes(`webhook-timestamp: ${String(got?.headers['webhook-timestamp'])}`))
  const text = textOf(page)
  assert.match(text, /POST http:\/\/127\.0\.0\.1:\d+\/ipn/)
  assert.ok(text.includes(`msg_${id}`) && text.includes('KES 105.00 of KES 105.00 are paid: paid in full'))
  assert.match(text, /HTTP 200 Received\..*content-type: text\/plain.*server: shop\/1/)
  assert.ok(page.body.includes('<code>thanks &amp; &lt;b&gt;bye&lt;/b&gt;</code>'))
  assert.ok(!page.body.includes('secret-of-the-shop'))
})

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

test('a failure says in plain words what to mend, and when the next try comes', async () => {
  receiver.answerWith({ status: 500, body: 'PHP Fatal error: ' + 'x'.repeat(3000) })
  const { id } = await receiver.pay('BROKEN')
  await receiver.deliver()
  const text = await look(id)
  assert.match(text, /HTTP 500 The receiver broke down over it\..*PHP Fatal error/)
  assert.match(text, /At most the first 2,048 bytes are kept\./)
  assert.match(text, /failed once next try 22 Nov 2026/)
  assert.match(await list('?state=waiting'), /BROKEN.*failed once/)
  receiver.answerWith({ status: 302, headers: { location: 'https://elsewhere.example/' } })
  desk.pass(minutes(1))
  await receiver.deliver()
  assert.match(
    await look(id),
    /Try 2 302 .*A redirect\. .*location: https:\/\/elsewhere\.example\/.*Try 1 500/,
  )
  receiver.answerWith({ status: 200 })
  desk.pass(minutes(10))
  await receiver.deliver()
  assert.match(await look(id), /Try 3 200 .*The body was empty\./)
})

test('a host where nobody listens is told apart from a name that nobody knows', async () => {
  const dead = `http://127.0.0.1:${await freePort()}`
  await addOriginOf(dead)
  const refused = await receiver.pay('DEAD', { origin: dead })
  await addOriginOf('http://no-such-host.invalid')
  const unknown = await receiver.pay('NAMELESS', { origin: 'http://no-such-host.invalid' })
  await receiver.deliver()
  assert.match(await look(refused.id), /Try 1 refused .*nobody listens at this port\./)
  assert.match(await look(unknown.id), /Try 1 name-unknown .*The name system \(DNS\) knows no such host\./)
  const waiting = await list('?state=waiting')
  assert.ok(waiting.includes('DEAD') && waiting.includes('NAMELESS') && !waiting.includes('ARRIVED'))
})

async function addOriginOf(origin: string): Promise<void> {
  must(await addOrigin(desk.deps, { organizationId: desk.organization, origin }))
}

test('one that was given up is found by its state, sent again by hand exactly once, and on record with who did it', async () => {
  receiver.answerWith({ status: 410 })
  const { id, number } = await receiver.pay('GONE', { path: '/old' })
  await receiver.deliver()
  assert.match(
    await look(id),
    /given up.*answered 410 Gone, so nothing is sent there until you send one again/,
  )
  const givenUp = await list('?state=given-up')
  assert.ok(givenUp.includes('GONE') && !givenUp.includes('BROKEN'))

  receiver.answerWith({ status: 200 })
  const before = receiver.received.length
  const asked = await resend(id)
  assert.equal(asked.location, `${path}/${id}?note=resent`)
  assert.match(await look(id, '?note=resent'), /It is on its way again\./)
  await resend(id)
  await receiver.deliver()
  await receiver.deliver()
  assert.equal(receiver.received.length, before + 1, 'two presses before it went are one delivery')
  assert.equal(receiver.received.at(-1)?.headers['webhook-id'], `msg_${id}`)
  assert.match(await look(id), /delivered.*Try 2 200 .*Try 1 410/)
  assert.ok((await list('?state=delivered')).includes('GONE'))
  assert.match(await list('?state=given-up'), /No notice here is as you asked\./)

  const acts = textOf(await desk.owner.get(`/console/${desk.organization}/activity?what=notice.resent`))
  assert.ok(acts.includes('notice.resent') && acts.includes(number), acts)
})

test('a delivered one may be sent again too', async () => {
  const { id } = await receiver.pay('TWICE')
  await receiver.deliver()
  await resend(id)
  const before = receiver.received.length
  await receiver.deliver()
  assert.equal(receiver.received.length, before + 1)
  assert.match(await look(id), /delivered.*Try 2 200 .*Try 1 200/)
})

test('many tries stand on pages of twenty, each page light, the answers in full', async () => {
  receiver.answerWith({ status: 503, body: 'x'.repeat(4000) })
  const { id } = await receiver.pay('STUBBORN')
  for (let count = 0; count < 23; count += 1) {
    await receiver.deliver()
    await resend(id)
  }
  receiver.answerWith({ status: 200 })
  await receiver.deliver()
  const first = await desk.owner.get(`${path}/${id}`)
  const older = /href="([^"]+)" rel="next">Earlier tries/.exec(first.body)?.[1] ?? 'none'
  const second = await desk.owner.get(older)
  const places = [first, second].map(({ body }) =>
    [...body.matchAll(/id="try-(\d+)"/g)].map(([, place]) => place),
  )
  assert.deepEqual(
    places.map((each) => [each.length, each[0], each.at(-1)]),
    [
      [20, '24', '5'],
      [4, '4', '1'],
    ],
  )
  assert.match(textOf(second), /Newest tries/)
  const bytes = gzipSync(first.body).length
  assert.ok(bytes <= 12_000, `${bytes} bytes`)
})

test('a form that waited too long, or came from elsewhere, sends nothing', async () => {
  const { id } = await receiver.pay('FORGED')
  await receiver.deliver()
  const before = receiver.received.length
  const answer = await desk.owner.post(`${path}/${id}/resend`, { token: 'made-up' })
  assert.equal(answer.location, `${path}/${id}?note=expired`)
  await receiver.deliver()
  assert.equal(receiver.received.length, before)
})

test('it is found by the number, the reference and the webhook-id of its notice, and by its service', async () => {
  const { id, number } = await receiver.pay('PERMIT-7', { service: services.permits })
  await receiver.deliver()
  for (const called of [number, number.toLowerCase(), 'PERMIT-7', `msg_${id}`, id]) {
    const found = await list(`?called=${called}`)
    assert.ok(found.includes('PERMIT-7') && !found.includes('TWICE'), called)
  }
  for (const called of ['PERMIT', 'permit-7', "' or 1=1 --", '%00', 'x'.repeat(500)])
    assert.match(await list(`?called=${encodeURIComponent(called)}`), /No notice here is as you asked\./)
  const permits = await list(`?service=${services.permits}`)
  assert.ok(permits.includes('PERMIT-7') && !permits.includes('TWICE'))
  assert.match(await list(`?service=${services.permits}&state=given-up`), /No notice here is as you asked\./)
})

test('the list and its filters are paged by key, nothing twice and nothing left out', async () => {
  for (let count = 0; count < 52; count += 1) {
    desk.pass({ seconds: 1 })
    await receiver.pay(`MANY-${count}`)
  }
  for (const state of ['', 'waiting', 'delivered']) {
    const first = await desk.owner.get(`${path}?state=${state}`)
    const next = /href="([^"]+)" rel="next"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&')
    const pages = [first, ...(next === undefined ? [] : [await desk.owner.get(next)])]
    assert.equal(pages.length, 2, state)
    const seen = pages.flatMap(({ body }) => [...body.matchAll(/MANY-\d+/g)].map(([name]) => name))
    assert.deepEqual([seen.length, new Set(seen).size], [52, 52], state)
    if (state === 'waiting') await receiver.deliver()
  }
  assert.match(await list('?before=rubbish'), /MANY-51/)
})

test('who may not see notices is refused, and another organization’s notice is not there [identity 70]', async () => {
  const { id } = await receiver.pay('OURS')
  await receiver.deliver()
  for (const at of [path, `${path}/${id}`]) assert.equal((await desk.stranger.get(at)).status, 404)
  const theirs = organizationOf(await send(desk.stranger, '/console', { name: 'Jengo la Amina' }))
  const through = `/console/${theirs}/notices/${id}`
  assert.equal((await desk.stranger.get(through)).status, 404)
  const before = receiver.received.length
  assert.equal(
    (await send(desk.stranger, `${through}/resend`, {}, `/console/${theirs}`)).status,
    404,
    'nor sent through one’s own',
  )
  assert.match(textOf(await desk.stranger.get(`/console/${theirs}/notices?called=OURS`)), /No notice here/)
  for (const made of ['not-a-uuid', desk.organization])
    assert.equal((await desk.owner.get(`${path}/${made}`)).status, 404)

  await desk.join('viewer')
  for (const at of [path, `${path}/${id}`]) assert.equal((await desk.stranger.get(at)).status, 403)
  assert.equal(
    (await send(desk.stranger, `${path}/${id}/resend`, {}, `/console/${desk.organization}`)).status,
    403,
  )
  await receiver.deliver()
  assert.equal(receiver.received.length, before)
  const overview = await desk.stranger.get(`/console/${desk.organization}`)
  assert.ok(!overview.body.includes(`${path}"`), 'no tab leads where she may not go')

  const role = { account: desk.strangerAccount.id, role: 'finance' }
  await send(desk.owner, `/console/${desk.organization}/members/role`, role, '/members')
  assert.equal((await resend(id, desk.stranger)).status, 303)
  await receiver.deliver()
  assert.equal(receiver.received.length, before + 1)
})

test('one organization has a hundred sent again at once, and is then told to wait', async () => {
  const { id } = await receiver.pay('AGAIN')
  await receiver.deliver()
  const { token } = await desk.owner.get(`${path}/${id}`)
  const answers = await Promise.all(
    Array.from({ length: 110 }, async () => await desk.owner.post(`${path}/${id}/resend`, { token })),
  )
  const refused = answers.filter(({ status }) => status === 429)
  assert.ok(refused.length >= 5 && refused.length <= 20, String(refused.length))
  assert.match(
    textOf(refused[0] ?? fail()),
    /At most 100 notices are sent again at once\. Try again in \d+ seconds\./,
  )
  const before = receiver.received.length
  await receiver.deliver()
  assert.equal(receiver.received.length, before + 1)
})

function fail(): never {
  throw new Error('nobody was refused')
}

test('the pages speak Swahili and French', async () => {
  const { id } = await receiver.pay('LUGHA')
  await receiver.deliver()
  assert.match(await look(id, '?lang=sw'), /Kilichotumwa, na kilichorudi.*Imepokelewa\./)
  assert.match(await look(id, '?lang=fr'), /Ce qui a été envoyé, et ce qui est revenu.*Reçu\./)
  await desk.owner.get(`${path}?lang=en`)
})

test('tries are forgotten after thirty days, in bounded batches; the notice stays and says so', async () => {
  const { id } = await receiver.pay('OLD')
  await receiver.deliver()
  desk.pass(days(29))
  assert.equal(await forgetDeliveries(desk.deps), false)
  await desk.owner.signIn('00000011', 'wanjiku opens the gate')
  assert.match(await look(id), /Try 1 200/)
  desk.pass(days(2))
  assert.equal(await forgetDeliveries(desk.deps), false)
  await desk.owner.signIn('00000011', 'wanjiku opens the gate')
  assert.match(await look(id), /delivered.*Tries are kept for 30 days; those of this notice are gone\./)
})
