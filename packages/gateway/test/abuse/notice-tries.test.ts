import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { hours, seconds } from '../../src/base/time.ts'
import { addWebhookSecret } from '../../src/core/notice/add-webhook-secret.ts'
import { readRequest } from '../../src/core/notice/delivery.ts'
import { deliverNotices } from '../../src/core/notice/deliver-notices.ts'
import { schedule } from '../../src/core/notice/notice.ts'
import { resendNotice } from '../../src/core/notice/resend-notice.ts'
import { openDesk, organization, status, wellBeyond } from './notice-desk.ts'

const nothing = { delivered: 0, waiting: 0, givenUp: 0 }

test('a notice that is received once is sent once', async (t) => {
  const desk = await openDesk(t)
  await desk.write({})
  assert.deepEqual(await deliverNotices(desk), { ...nothing, delivered: 1 })
  assert.deepEqual(await deliverNotices(desk), nothing)
  assert.equal(desk.sent.length, 1)
  const [notice] = await desk.listed(organization)
  assert.equal(notice?.state, 'delivered')
  assert.deepEqual(notice?.deliveredAt, desk.now())
})

test('an endpoint that fails again and again and then works gets the notice with one id throughout [money 46]', async (t) => {
  const desk = await openDesk(t)
  await desk.write({})
  desk.answerWith(() => status(500, {}, 'PHP Fatal error'))
  for (const wait of schedule.slice(0, 4)) {
    assert.deepEqual(await deliverNotices(desk), { ...nothing, waiting: 1 })
    assert.deepEqual(await deliverNotices(desk), nothing, 'not before its time')
    desk.pass(wellBeyond(wait))
  }
  desk.answerWith(() => status(200))
  assert.deepEqual(await deliverNotices(desk), { ...nothing, delivered: 1 })
  const ids = new Set(desk.sent.map(({ headers }) => headers['webhook-id']))
  const times = new Set(desk.sent.map(({ headers }) => headers['webhook-timestamp']))
  assert.deepEqual([desk.sent.length, ids.size, times.size], [5, 1, 5])
  const [notice] = await desk.listed(organization)
  assert.deepEqual(
    notice?.deliveries.map((delivery) => [delivery.place, delivery.status, delivery.answer]),
    [1, 2, 3, 4].map((place) => [place, 500, 'PHP Fatal error'] as const).concat([[5, 200, '']] as never),
  )
})

test('after three days of failures it is given up, said so in the log, and can be sent by hand [money 46]', async (t) => {
  const desk = await openDesk(t)
  const written = await desk.write({})
  desk.answerWith(() => ({ kind: 'no-answer', because: 'timeout' }))
  for (const wait of schedule) {
    await deliverNotices(desk)
    desk.pass(wellBeyond(wait))
  }
  assert.deepEqual(await deliverNotices(desk), { ...nothing, givenUp: 1 })
  assert.deepEqual(desk.logged, ['notice.given-up'])
  desk.pass(hours(1000))
  assert.deepEqual(await deliverNotices(desk), nothing)
  desk.answerWith(() => status(204))
  const asked = { organizationId: organization, noticeId: written.id }
  assert.equal((await resendNotice(desk, asked)).ok, true)
  assert.deepEqual(await deliverNotices(desk), { ...nothing, delivered: 1 })
  assert.equal(new Set(desk.sent.map(({ headers }) => headers['webhook-id'])).size, 1)
  // Delivered ones too: a merchant who lost her own record asks for it again.
  await resendNotice(desk, asked)
  assert.deepEqual(await deliverNotices(desk), { ...nothing, delivered: 1 })
})

test('a notice of another organization cannot be sent by hand', async (t) => {
  const desk = await openDesk(t)
  const { id } = await desk.write({})
  await deliverNotices(desk)
  const other = '00000000-0000-7000-8000-000000000002'
  const answer = await resendNotice(desk, { organizationId: other, noticeId: id })
  assert.ok(!answer.ok && answer.refusal.code === 'not_found')
  assert.deepEqual(await deliverNotices(desk), nothing)
})

test('410 closes the address whatever its query, other addresses stay open, a resend by hand opens it again [money 56]', async (t) => {
  const desk = await openDesk(t)
  const first = await desk.write({ endpoint: 'https://shop.example/old?order=1' })
  desk.answerWith(() => status(410))
  assert.deepEqual(await deliverNotices(desk), { ...nothing, givenUp: 1 })
  desk.answerWith(() => status(200))
  await desk.write({ endpoint: 'https://shop.example/old?order=2' })
  await desk.write({ endpoint: 'https://shop.example/new' })
  assert.deepEqual(await deliverNotices(desk), { ...nothing, delivered: 1, givenUp: 1 })
  assert.deepEqual(
    desk.sent.map(({ url }) => url),
    ['https://shop.example/old?order=1', 'https://shop.example/new'],
  )
  await resendNotice(desk, { organizationId: organization, noticeId: first.id })
  await desk.write({ endpoint: 'https://shop.example/old?order=3' })
  assert.deepEqual(await deliverNotices(desk), { ...nothing, delivered: 2 })
})

test('Retry-After lets the whole host rest, and then all goes out [money 57]', async (t) => {
  const desk = await openDesk(t)
  await desk.write({})
  desk.answerWith(() => status(429, { 'retry-after': '120' }))
  await deliverNotices(desk)
  desk.answerWith(() => status(200))
  await desk.write({})
  desk.pass(seconds(119))
  assert.deepEqual(await deliverNotices(desk), nothing)
  desk.pass(seconds(2))
  assert.deepEqual(await deliverNotices(desk), { ...nothing, delivered: 2 })
})

test('a partial notice never follows the settled one while both can be sent [money 59]', async (t) => {
  const desk = await openDesk(t)
  const first = await desk.write({ sequence: 1 })
  await desk.write({ invoiceId: first.invoiceId, sequence: 2 })
  await desk.write({ invoiceId: first.invoiceId, sequence: 3 })
  let failed = false
  desk.answerWith(() => {
    if (failed) return status(200)
    failed = true
    return status(400)
  })
  assert.deepEqual(await deliverNotices(desk), { ...nothing, waiting: 1 })
  desk.pass(seconds(6))
  assert.deepEqual(await deliverNotices(desk), { ...nothing, delivered: 3 })
  assert.deepEqual(sequences(desk.sent), [1, 1, 2, 3])
})

test('an old notice that keeps failing does not hold the newer state back for days [money 59]', async (t) => {
  const desk = await openDesk(t)
  const first = await desk.write({ sequence: 1 })
  await desk.write({ invoiceId: first.invoiceId, sequence: 2 })
  desk.answerWith(({ body }) =>
    status((JSON.parse(body ?? '') as { sequence: number }).sequence === 1 ? 400 : 200),
  )
  for (const wait of schedule.slice(0, 3)) {
    await deliverNotices(desk)
    desk.pass(wellBeyond(wait))
  }
  assert.deepEqual(sequences(desk.sent), [1, 1, 1, 2])
})

test('both live secrets sign, a retired one no more, and neither is kept in the record [money 62]', async (t) => {
  const desk = await openDesk(t)
  const old = await addWebhookSecret(desk, { organizationId: organization, overlap: hours(24) })
  const fresh = await addWebhookSecret(desk, { organizationId: organization, overlap: hours(24) })
  assert.ok(old.ok && fresh.ok)
  await desk.write({})
  await deliverNotices(desk)
  desk.pass(hours(25))
  await desk.write({})
  await deliverNotices(desk)
  const signatures = desk.sent.map(({ headers }) => headers['webhook-signature']?.split(' ').length)
  assert.deepEqual(signatures, [2, 1])
  for (const [secret, which] of [
    [old.value.secret, [true, false]],
    [fresh.value.secret, [true, true]],
  ] as const) {
    assert.deepEqual(
      desk.sent.map(({ headers, body }) => isSignedBy(secret, headers, body ?? '')),
      which,
    )
  }
  const kept = JSON.stringify((await desk.listed(organization)).map(({ deliveries }) => deliveries))
  for (const { value } of [old, fresh]) assert.equal(kept.includes(value.secret.slice(6)), false)
})

test('an endless answer is kept to its first two kilobytes, NUL and broken UTF-8 included', async (t) => {
  const desk = await openDesk(t)
  await desk.write({})
  desk.answerWith(({ maxBytes, bodyMayBeCut }) => {
    assert.deepEqual([maxBytes, bodyMayBeCut], [2048, true])
    return { kind: 'answer', status: 200, headers: {}, body: Uint8Array.of(0x61, 0x00, 0xff, 0x62) }
  })
  await deliverNotices(desk)
  const [notice] = await desk.listed(organization)
  assert.equal(notice?.deliveries[0]?.answer, 'a\ufffd\ufffdb')
})

test('a body is sent whole however long, and its beginning is kept with how long it was', async (t) => {
  const desk = await openDesk(t)
  await desk.write({ dialect: 'large' })
  await deliverNotices(desk)
  assert.equal(desk.sent[0]?.body, 'ĩ'.repeat(20_000))
  const [delivery] = (await desk.listed(organization))[0]?.deliveries ?? []
  assert.equal(delivery?.bodyBytes, 40_000)
  assert.equal(readRequest(delivery.request)?.body, 'ĩ'.repeat(16_384))
})

test('a notice that we cannot print harms no other and is tried again', async (t) => {
  const desk = await openDesk(t)
  await desk.write({ dialect: 'unknown' })
  await desk.write({})
  assert.deepEqual(await deliverNotices(desk), { ...nothing, delivered: 1, waiting: 1 })
  assert.ok(desk.logged.includes('notice.unprintable'))
})

function sequences(sent: readonly { readonly body?: string }[]): readonly number[] {
  return sent.map(({ body }) => (JSON.parse(body ?? '') as { readonly sequence: number }).sequence)
}

/** The library looks at the clock of the machine, so it is asked by signing the same content again. */
function isSignedBy(secret: string, headers: Readonly<Record<string, string>>, body: string): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000)
  const expected = new Webhook(secret).sign(headers['webhook-id'] ?? '', at, body)
  return headers['webhook-signature']?.split(' ').includes(expected) === true
}
