import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { hours, minutes, seconds } from '../../src/base/time.ts'
import { checkCode } from '../../src/core/one-time-code/check-code.ts'
import { forgetSessions } from '../../src/core/session/forget-sessions.ts'
import { useProof } from '../../src/core/one-time-code/one-time-code.sql.ts'
import { sendCode, type SendCode } from '../../src/core/one-time-code/send-code.ts'
import { viewCode } from '../../src/core/one-time-code/view-code.ts'
import type { Log } from '../../src/core/ports.ts'
import { openTown, type Town } from '../journeys/account/town.ts'
import { openOutbox } from '../outbox.ts'
import { must } from '../world.ts'

const outbox = openOutbox()
const logged: unknown[] = []
const note = (...entry: readonly unknown[]): void => {
  logged.push(entry)
}
const log: Log = { info: note, warn: note, error: note }
let town: Town
let people = 0

before(async () => {
  const smsCountries = new Map([
    ['KE', 1000],
    ['UG', 4],
  ])
  town = await openTown({ messages: outbox.messages, log, smsCountries })
})
after(async () => {
  await town.close()
})
beforeEach(() => {
  people += 1
  town.pass(hours(24 * 7))
})

const phone = () => `2547000${String(people).padStart(5, '0')}`
const browser = 'b'.repeat(43)

function wanted(more: Partial<SendCode> = {}): SendCode {
  return {
    purpose: 'register',
    to: { medium: 'sms', address: phone() },
    browser,
    address: '192.0.2.1',
    locale: 'en',
    accountId: null,
    ...more,
  }
}

async function sent(more: Partial<SendCode> = {}): Promise<{ readonly id: string; readonly code: string }> {
  const command = wanted(more)
  const { id } = must(await sendCode(town.deps, command))
  return { id, code: await outbox.code(town.deps, command.to.address) }
}

async function check(
  id: string,
  typed: string,
  more: Partial<Parameters<typeof checkCode>[1]> = {},
): Promise<string> {
  const checked = await checkCode(town.deps, { id, purpose: 'register', browser, typed, ...more })
  return checked.ok ? 'right' : checked.refusal.code
}

async function ask(more: Partial<SendCode> = {}): Promise<string> {
  const answer = await sendCode(town.deps, wanted(more))
  if (answer.ok) return 'sent'
  const { code, retryAfterSeconds } = answer.refusal
  return retryAfterSeconds === undefined ? code : `${code} ${retryAfterSeconds}`
}

function other(code: string, by = 1): string {
  return String((Number(code) + by) % 1_000_000).padStart(6, '0')
}

test('[identity 111] a right code is right once, in the browser that asked, for what it was asked for', async () => {
  const { id, code } = await sent()
  assert.equal(await check(id, code, { browser: 'c'.repeat(43) }), 'code_gone')
  assert.equal(await check(id, code, { purpose: 'recover' }), 'code_gone')
  assert.equal(await check('01900000-0000-7000-8000-000000000000', code), 'code_gone')
  assert.equal(await check(id, `${code.slice(0, 3)} ${code.slice(3)}`), 'right')
  assert.equal(await check(id, code), 'code_gone')
})

test('[identity 111] five wrong tries end a code, and what cannot be one costs no try', async () => {
  const { id, code } = await sent()
  for (const slip of ['', '12345', 'abcdef']) assert.equal(await check(id, slip), 'code_wrong')
  const answers: string[] = []
  for (let by = 1; by <= 6; by += 1) answers.push(await check(id, other(code, by)))
  assert.deepEqual(answers, [...Array<string>(4).fill('code_wrong'), 'code_gone', 'code_gone'])
  assert.equal(await check(id, code), 'code_gone')
})

test('[identity 111] [identity 107] fifty guesses at once are five tries', async () => {
  const { id, code } = await sent()
  const guesses = await Promise.all(
    Array.from({ length: 50 }, async (_, by) => await check(id, other(code, by + 1))),
  )
  assert.equal(guesses.filter((answer) => answer === 'code_wrong').length, 4)
  assert.equal(guesses.filter((answer) => answer === 'code_gone').length, 46)
  assert.equal(await check(id, code), 'code_gone')
})

test('[identity 111] the right code twice at once is right once, and its proof is used once', async () => {
  const { id, code } = await sent()
  const checks = await Promise.all(Array.from({ length: 10 }, async () => await check(id, code)))
  assert.equal(checks.filter((answer) => answer === 'right').length, 1)
  const key = { id, purpose: 'register', browserHash: town.deps.digests.sha256(browser) } as const
  const now = town.deps.clock.now()
  const uses = await Promise.all(
    Array.from({ length: 10 }, async () => await useProof(town.deps.db, key, now)),
  )
  assert.deepEqual(
    uses.filter((proof) => proof !== null),
    [{ medium: 'sms', address: phone(), accountId: null }],
  )
})

test('[identity 111] nothing is proved before the right code came, nor half an hour after it', async () => {
  const { id, code } = await sent()
  const key = { id, purpose: 'register', browserHash: town.deps.digests.sha256(browser) } as const
  const use = async () => await useProof(town.deps.db, key, town.deps.clock.now())
  assert.equal(await use(), null)
  assert.equal(await check(id, code), 'right')
  town.pass(minutes(31))
  assert.equal(await use(), null)
})

test('[identity 111] a code lives for ten minutes', async () => {
  const [first, second] = [await sent(), await sent({ to: { medium: 'email', address: 'a@example.test' } })]
  town.pass(seconds(599))
  assert.equal(await check(first.id, first.code), 'right')
  town.pass(seconds(1))
  assert.equal(await check(second.id, second.code), 'code_gone')
  const view = { id: second.id, purpose: 'register', browser } as const
  assert.equal(await viewCode(town.deps, view), null)
})

test('[identity 111] one minute lies between two codes, and the refusal says how long to wait', async () => {
  assert.equal(await ask(), 'sent')
  town.pass(seconds(15))
  assert.equal(await ask(), 'too_many_tries 45')
  town.pass(seconds(45))
  assert.equal(await ask(), 'sent')
})

test('[identity 111] one network gets four codes for a number, then one every six hours; twenty at once get one', async () => {
  const flood = await Promise.all(Array.from({ length: 20 }, async () => await ask()))
  assert.equal(flood.filter((answer) => answer === 'sent').length, 1)
  const answers: string[] = []
  for (let round = 0; round < 5; round += 1) {
    town.pass(minutes(2))
    answers.push(await ask())
  }
  assert.deepEqual(answers.slice(0, 3), ['sent', 'sent', 'sent'])
  assert.match(answers[3] ?? '', /^too_many_tries 2\d{4}$/)
})

test('[identity 111] many networks together get twelve codes for a number, and its owner behind her password still gets hers', async () => {
  const flood = await Promise.all(
    Array.from({ length: 30 }, async (_, at) => await ask({ address: `198.51.100.${at}` })),
  )
  assert.equal(flood.filter((answer) => answer === 'sent').length, 12)
  assert.equal(await ask({ purpose: 'second-factor', accountId: town.deps.ids.next() }), 'sent')
})

test('[identity 111] one network cannot write to many numbers', async () => {
  const flood = await Promise.all(
    Array.from(
      { length: 60 },
      async (_, at) => await ask({ to: { medium: 'email', address: `p${at}-${people}@example.test` } }),
    ),
  )
  assert.equal(flood.filter((answer) => answer === 'sent').length, 30)
})

test('[identity 111] a country that is not listed gets no SMS, and a listed one no more than its number a day', async () => {
  const to = (address: string) => ({ to: { medium: 'sms', address } as const })
  assert.equal(await ask(to('33612345678')), 'country_closed')
  assert.equal(await ask(to('999999999999')), 'country_closed')
  const uganda: string[] = []
  for (let at = 0; at < 4; at += 1) uganda.push(await ask(to(`25677212345${at}`)))
  assert.deepEqual(uganda.slice(0, 2), ['sent', 'sent'])
  assert.match(uganda[2] ?? '', /^too_many_tries/)
  assert.equal(await ask(), 'sent', 'another country goes on')
})

test('[identity 111] the code is in no row and in no log', async () => {
  logged.length = 0
  const { id, code } = await sent()
  outbox.fail({ kind: 'failed', because: 'sms 500', final: false })
  await ask({ to: { medium: 'email', address: `log-${people}@example.test` } })
  await outbox.flush(town.deps)
  const rows = await town.deps.db.query(
    { name: 'test_code_row', text: 'select one_time_code::text as all from one_time_code where id = $1' },
    [id],
  )
  assert.equal(rows.length, 1)
  assert.ok(!JSON.stringify(rows).includes(code))
  assert.ok(!JSON.stringify(logged).includes(code))
  assert.notEqual(logged.length, 0)
})

test('[identity 105] who has an account is sent the same way, and no code is ever right', async () => {
  const { id } = must(await sendCode(town.deps, wanted({ gets: 'taken' })))
  assert.match((await outbox.newest(town.deps, phone())).text, /already belongs to an account/)
  const view = await viewCode(town.deps, { id, purpose: 'register', browser })
  assert.deepEqual(view, { id, medium: 'sms', address: phone(), proved: false, triesLeft: 5 })
  assert.equal(await check(id, '123456'), 'code_wrong')
})

test('[identity 105] for nobody the same is done, and nothing is sent', async () => {
  const count = outbox.delivered.length
  const { id } = must(await sendCode(town.deps, wanted({ gets: 'nothing' })))
  await outbox.flush(town.deps)
  assert.equal(outbox.delivered.length, count)
  assert.equal(await check(id, '123456'), 'code_wrong')
})

test('where no SMS leaves, asking for one says so', async () => {
  const mailOnly = openOutbox(['email'])
  const poor = await openTown({ messages: mailOnly.messages })
  const asked = await sendCode(poor.deps, wanted())
  await poor.close()
  assert.deepEqual(asked, { ok: false, refusal: { code: 'medium_unavailable' } })
})

test('codes whose time is over are deleted', async () => {
  const { id } = await sent()
  town.pass(hours(1))
  while (await forgetSessions(town.deps));
  const rows = await town.deps.db.query(
    { name: 'test_code_gone', text: 'select id from one_time_code where id = $1' },
    [id],
  )
  assert.deepEqual(rows, [])
})
