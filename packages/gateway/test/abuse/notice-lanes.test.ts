import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement, type Row } from '../../src/base/db.ts'
import { hours, seconds, toDate } from '../../src/base/time.ts'
import type { Answered, Outgoing } from '../../src/core/ports.ts'
import { claimNotices } from '../../src/core/notice/claim-notices.ts'
import { deliverNotices } from '../../src/core/notice/deliver-notices.ts'
import { releaseNotices } from '../../src/core/notice/release-notices.ts'
import { saveTries } from '../../src/core/notice/save-tries.ts'
import { sendNotice } from '../../src/core/notice/send-notice.ts'
import { openDesk, organization, status, type Desk } from './notice-desk.ts'

const timeout: Answered = { kind: 'no-answer', because: 'timeout' }
const dead = 'https://dead.example/ipn'
const alive = 'https://alive.example/ipn'

const writeMany = statement<Row>(
  'test_write_many_notices',
  `insert into notice (organization_id, id, invoice_id, sequence, dialect, event, endpoint, next_at, created_at)
   select $1, gen_random_uuid(), gen_random_uuid(), 1, 'plain', '{}', $2 || '?order=' || n, $4, $4
   from generate_series(1, $3) n`,
)

async function writeWaiting(desk: Desk, endpoint: string, count: number): Promise<void> {
  await desk.db.query(writeMany, [organization, endpoint, count, toDate(desk.now())])
}

function to(endpoint: string, sent: readonly Outgoing[]): number {
  return sent.filter(({ url }) => url.startsWith(endpoint)).length
}

test('a dead merchant with a hundred thousand waiting notices delays nobody [money 58]', async (t) => {
  const desk = await openDesk(t)
  await writeWaiting(desk, dead, 100_000)
  desk.answerWith(({ url }) => (url.startsWith(dead) ? timeout : status(200)))
  await deliverNotices(desk)
  const spent: number[] = []
  for (let count = 0; count < 10; count += 1) {
    await desk.write({ endpoint: `${alive}/${count}` })
    const started = performance.now()
    await deliverNotices(desk)
    spent.push(performance.now() - started)
    assert.equal(to(alive, desk.sent), count + 1)
    desk.pass(seconds(10))
  }
  const median = spent.toSorted((a, b) => a - b)[5] ?? 0
  assert.ok(median < 100, `a fresh notice took ${median.toFixed(1)} ms: ${spent.map(Math.round).join(' ')}`)
  assert.ok(to(dead, desk.sent) < 60, `the dead host was knocked at ${to(dead, desk.sent)} times`)
})

test('a host that comes back gets all that waited for it', async (t) => {
  const desk = await openDesk(t)
  await writeWaiting(desk, dead, 300)
  desk.answerWith(() => timeout)
  for (let count = 0; count < 6; count += 1) {
    await deliverNotices(desk)
    desk.pass(seconds(30))
  }
  desk.answerWith(() => status(200))
  desk.pass(hours(1))
  const { delivered } = await deliverNotices(desk)
  assert.equal(delivered, 300)
})

test('one host has at most sixteen notices abreast, across all processes [money 58]', async (t) => {
  const desk = await openDesk(t)
  const processes = [desk, desk.secondProcess(), desk.secondProcess()]
  // The lane is known, and each process has its connections: nothing but the lock keeps the claimers apart.
  await desk.write({ endpoint: alive })
  for (const ports of processes) await deliverNotices(ports)
  await writeWaiting(desk, alive, 200)
  const claims = await Promise.all(
    processes.flatMap((ports) => [claimNotices(ports, 100, null), claimNotices(ports, 100, null)]),
  )
  const again = await Promise.all(processes.map(async (ports) => await claimNotices(ports, 100, null)))
  const claimed = [...claims, ...again].flatMap(({ notices }) => notices.map(({ id }) => id))
  assert.equal(claimed.length, 16)
  assert.equal(new Set(claimed).size, 16)
})

test('several processes deliver each notice exactly once', async (t) => {
  const desk = await openDesk(t)
  const processes = [desk, desk.secondProcess(), desk.secondProcess()]
  for (let host = 0; host < 20; host += 1) await writeWaiting(desk, `https://shop${host}.example/ipn`, 20)
  for (let round = 0; round < 20; round += 1) {
    await Promise.all(processes.map(async (ports) => await deliverNotices(ports)))
  }
  const ids = desk.sent.map(({ headers }) => headers['webhook-id'])
  assert.equal(ids.length, 400)
  assert.equal(new Set(ids).size, 400)
})

test('a claim takes a fair share from each host', async (t) => {
  const desk = await openDesk(t)
  for (let host = 0; host < 10; host += 1) await writeWaiting(desk, `https://shop${host}.example/ipn`, 100)
  const { notices } = await claimNotices(desk, 20, null)
  const perHost = Object.values(Object.groupBy(notices, ({ origin }) => origin)).map((of) => of?.length)
  assert.deepEqual(
    perHost,
    Array.from({ length: 10 }, () => 2),
  )
})

test('more hosts than one claim has room for all get their turn', async (t) => {
  const desk = await openDesk(t)
  for (let host = 0; host < 250; host += 1) await writeWaiting(desk, `https://shop${host}.example/ipn`, 2)
  const { delivered } = await deliverNotices(desk)
  assert.equal(delivered, 500)
})

test('a process that is killed with a notice in hand loses it to the next, with the same webhook-id [money 60] [money 61]', async (t) => {
  const desk = await openDesk(t)
  await desk.write({})
  const { notices } = await claimNotices(desk, 100, null)
  // Sent, and killed before it could be marked.
  for (const notice of notices) await sendNotice(desk, notice)
  assert.equal(await releaseNotices(desk), 0)
  assert.deepEqual((await deliverNotices(desk)).delivered, 0)
  desk.pass(seconds(26))
  const other = desk.secondProcess()
  assert.equal(await releaseNotices(other), 1)
  assert.equal((await deliverNotices(other)).delivered, 1)
  assert.equal(desk.sent.length, 2)
  assert.equal(new Set(desk.sent.map(({ headers }) => headers['webhook-id'])).size, 1)
})

test('a slow process that comes back after its lease does not undo what the next one did', async (t) => {
  const desk = await openDesk(t)
  await desk.write({})
  const { notices } = await claimNotices(desk, 100, null)
  desk.answerWith(() => timeout)
  const late = await Promise.all(notices.map(async (notice) => await sendNotice(desk, notice)))
  desk.pass(seconds(26))
  await releaseNotices(desk)
  desk.answerWith(() => status(200))
  assert.equal((await deliverNotices(desk)).delivered, 1)
  await saveTries(desk, late)
  const [notice] = await desk.listed(organization)
  assert.equal(notice?.state, 'delivered')
  assert.deepEqual(
    notice?.deliveries.map((delivery) => [delivery.place, delivery.status]),
    [
      [1, null],
      [2, 200],
    ],
  )
})

test('a slow process that comes back does not take a notice out of the next one’s hands', async (t) => {
  const desk = await openDesk(t)
  await desk.write({})
  const { notices } = await claimNotices(desk, 100, null)
  desk.answerWith(() => status(410))
  const late = await Promise.all(notices.map(async (notice) => await sendNotice(desk, notice)))
  desk.pass(seconds(26))
  await releaseNotices(desk)
  assert.equal((await claimNotices(desk, 100, null)).notices.length, 1)
  await saveTries(desk, late)
  const [notice] = await desk.listed(organization)
  assert.equal(notice?.state, 'sending')
})

test('while a notice of an invoice is under way the next one of it waits [money 59]', async (t) => {
  const desk = await openDesk(t)
  const { invoiceId } = await desk.write({ sequence: 1 })
  await desk.write({ invoiceId, sequence: 2 })
  const elsewhere = await desk.write({ invoiceId, sequence: 2, endpoint: 'https://other.example/ipn' })
  const first = await claimNotices(desk, 100, null)
  assert.deepEqual(
    first.notices.map(({ sequence }) => sequence).toSorted((a, b) => a - b),
    [1, 2],
  )
  assert.ok(first.notices.some(({ id }) => id === elsewhere.id))
  assert.deepEqual((await claimNotices(desk, 100, null)).notices, [])
})

test('the network is never used inside a transaction', async (t) => {
  const desk = await openDesk(t)
  let open = 0
  const watched = {
    ...desk,
    db: {
      ...desk.db,
      transaction: async <T>(work: Parameters<typeof desk.db.transaction<T>>[0]): Promise<T> => {
        open += 1
        try {
          return await desk.db.transaction(work)
        } finally {
          open -= 1
        }
      },
    },
  }
  const during: number[] = []
  desk.answerWith(() => {
    during.push(open)
    return status(200)
  })
  await writeWaiting(desk, alive, 40)
  await deliverNotices(watched)
  assert.deepEqual(new Set(during), new Set([0]))
  assert.equal(during.length, 40)
})
