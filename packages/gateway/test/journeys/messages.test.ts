// The outbox: messages are written with what causes them, and leave by a job.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { after as later, days, minutes, seconds } from '../../src/base/time.ts'
import type { Log } from '../../src/core/ports.ts'
import { forgetMessages } from '../../src/core/message/forget-messages.ts'
import { listMessages } from '../../src/core/message/list-messages.ts'
import { queueMessage } from '../../src/core/message/queue-message.ts'
import { sendMessages } from '../../src/core/message/send-messages.ts'
import { openOutbox } from '../outbox.ts'
import { openTown, type Town } from './account/town.ts'

const outbox = openOutbox()
const logged: unknown[] = []
const note = (...entry: readonly unknown[]): void => {
  logged.push(entry)
}
const log: Log = { info: note, warn: note, error: note }
let town: Town
let people = 0

before(async () => {
  town = await openTown({ messages: outbox.messages, log, publicUrl: 'https://gate.example', mode: 'live' })
})
after(async () => {
  await town.close()
})
beforeEach(() => {
  people += 1
})

const address = () => `person-${people}@example.test`

async function queue(expires = minutes(10)): Promise<void> {
  const { deps } = town
  await deps.db.transaction(async (tx) => {
    const letter = { subject: 'Greetings', text: 'the secret is 424242' }
    const expiresAt = later(deps.clock.now(), expires)
    await queueMessage(tx, { medium: 'email', address: address(), letter, expiresAt }, deps)
  })
}

async function row(): Promise<Readonly<Record<string, unknown>>> {
  const text = 'select sealed, tries, sent_at, due_at, because from message where address = $1'
  const [found] = await town.deps.db.query({ name: `test_message_${people}_${logged.length}`, text }, [
    address(),
  ])
  return found ?? {}
}

const sentTo = () => outbox.delivered.filter(({ to }) => to === address()).length
const busy = { kind: 'failed', because: 'smtp 451', final: false } as const

test('[identity 111] a message leaves once, its text is sealed until then and gone afterwards', async () => {
  await queue()
  const { sealed } = await row()
  assert.ok(sealed instanceof Uint8Array && !Buffer.from(sealed).includes('424242'))
  await Promise.all([sendMessages(town.deps, 'email'), sendMessages(town.deps, 'email')])
  assert.equal(sentTo(), 1)
  assert.equal((await outbox.newest(town.deps, address())).text, 'the secret is 424242')
  const { sealed: gone, sent_at: sentAt, due_at: dueAt } = await row()
  assert.deepEqual([gone, dueAt, sentAt instanceof Date], [null, null, true])
})

test('a message that is rolled back was never written', async () => {
  await assert.rejects(
    town.deps.db.transaction(async (tx) => {
      const letter = { subject: 'Greetings', text: 'x' }
      const expiresAt = later(town.deps.clock.now(), minutes(1))
      await queueMessage(tx, { medium: 'email', address: address(), letter, expiresAt }, town.deps)
      throw new Error('changed her mind')
    }),
  )
  assert.deepEqual(await row(), {})
})

test('what fails is tried again later, and the log tells why without the text or the address', async () => {
  await queue()
  outbox.fail(busy, busy)
  await sendMessages(town.deps, 'email')
  await sendMessages(town.deps, 'email')
  assert.equal((await row())['tries'], 1, 'not before its time')
  town.pass(seconds(4))
  await sendMessages(town.deps, 'email')
  town.pass(seconds(11))
  await sendMessages(town.deps, 'email')
  assert.equal(sentTo(), 1)
  assert.equal((await row())['tries'], 3)
  const told = JSON.stringify(logged)
  assert.match(told, /message not sent.*smtp 451/)
  assert.ok(!told.includes(address()) && !told.includes('424242'))
})

test('[identity 111] a code that expired is not sent, and its text is gone', async () => {
  await queue(seconds(30))
  town.pass(seconds(31))
  await sendMessages(town.deps, 'email')
  assert.equal(sentTo(), 0)
  assert.deepEqual(await row(), { sealed: null, tries: 1, sent_at: null, due_at: null, because: 'expired' })
})

test('a process that died with a message in hand leaves it to the next', async () => {
  await queue()
  await town.deps.db.query(
    {
      name: 'test_lease',
      text: `update message set tries = 1, due_at = due_at + interval '60 s' where address = $1`,
    },
    [address()],
  )
  await sendMessages(town.deps, 'email')
  assert.equal(sentTo(), 0)
  town.pass(seconds(61))
  await sendMessages(town.deps, 'email')
  assert.equal(sentTo(), 1)
})

test('what the other side will never take is given up at once', async () => {
  await queue()
  outbox.fail({ ...busy, final: true })
  await sendMessages(town.deps, 'email')
  assert.deepEqual(await row(), { sealed: null, tries: 1, sent_at: null, due_at: null, because: 'smtp 451' })
})

test('in live mode nobody reads what others were written', async () => {
  await queue()
  assert.deepEqual(await listMessages(town.deps, null), [])
  assert.equal((await town.browser({ accept: 'application/json' }).get('/sandbox/messages')).status, 404)
})

test('whether somebody was written to is forgotten after a month', async () => {
  await queue()
  town.pass(days(31))
  while (await forgetMessages(town.deps));
  assert.deepEqual(await row(), {})
})
