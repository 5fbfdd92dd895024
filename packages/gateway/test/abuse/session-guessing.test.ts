import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { Overloaded } from '../../src/base/batch.ts'
import { hours, minutes, seconds } from '../../src/base/time.ts'
import type { Database, Tx } from '../../src/base/db.ts'
import type { Deps } from '../../src/core/deps.ts'
import type { Passwords } from '../../src/core/ports.ts'
import { forgetSessions } from '../../src/core/session/forget-sessions.ts'
import { signIn, type SignIn } from '../../src/core/session/sign-in.ts'
import { readIdentifiers } from '../../src/sites/signin/identifiers.ts'
import { amina, openTown, register, wanjiku, type Town } from '../journeys/account/town.ts'

/** Counts hashes without computing them: what is tested here is how many are allowed. */
let verifications = 0
let overloaded = false
const counting: Passwords = {
  hash: (password) => Promise.resolve(`hash of ${password}`),
  verify: (hash, password) => {
    verifications += 1
    if (overloaded) return Promise.reject(new Overloaded('full'))
    return Promise.resolve(hash === `hash of ${password}`)
  },
  isCurrent: () => true,
  isStolen: () => Promise.resolve(false),
  pretend: () => {
    verifications += 1
    return overloaded ? Promise.reject(new Overloaded('full')) : Promise.resolve(false)
  },
}

let town: Town
/** The town's own ports, with passwords that are counted and statements that are noted. */
let deps: Deps
const statements: string[] = []

before(async () => {
  town = await openTown()
  deps = { ...town.deps, passwords: counting, db: noting(town.deps.db) }
  await register(deps, wanjiku)
  await register(deps, amina)
})
after(async () => {
  await town.close()
})
beforeEach(async () => {
  town.pass(hours(24 * 7))
  await forgetSessions(deps)
  verifications = 0
})

const right = 'wanjiku opens the gate'

/** The device cookie of a sign-in that needed one step. */
async function deviceOf(command: SignIn): Promise<string> {
  const first = await signIn(deps, command)
  assert.ok(first.ok && first.value.kind === 'signed-in')
  return first.value.deviceCookie
}

function noting(db: Database): Database {
  const noted = (tx: Tx): Tx => ({
    query: async (statement, values) => {
      statements.push(statement.name)
      return await tx.query(statement, values)
    },
  })
  return {
    ...noted(db),
    transaction: async (work) => await db.transaction(async (tx) => await work(noted(tx))),
  }
}

function attempt(password: string, more: Partial<SignIn> = {}): SignIn {
  return {
    identifiers: [{ kind: 'id_number', value: '00000011' }],
    password,
    address: '203.0.113.7',
    userAgent: null,
    sessionCookie: undefined,
    deviceCookie: undefined,
    ...more,
  }
}

async function outcome(command: SignIn): Promise<string> {
  const answer = await signIn(deps, command)
  return answer.ok ? 'signed in' : answer.refusal.code
}

async function many(count: number, command: (at: number) => SignIn): Promise<ReadonlyMap<string, number>> {
  const outcomes = await Promise.all(
    Array.from({ length: count }, async (_, at) => await outcome(command(at))),
  )
  return new Map(
    [...new Set(outcomes)].sort().map((each) => [each, outcomes.filter((one) => one === each).length]),
  )
}

test('[identity 107] of 100 parallel guesses from one place six are looked at', async () => {
  const outcomes = await many(100, (at) => attempt(`guess ${at}`))
  assert.deepEqual(outcomes, new Map([['sign_in_failed', 6], ['too_many_tries', 94]])) // prettier-ignore
  assert.equal(verifications, 6)
})

test('[identity 107] of 200 parallel guesses from 200 places sixty are looked at', async () => {
  const outcomes = await many(200, (at) => attempt(`guess ${at}`, { address: `198.51.100.${at}` }))
  assert.deepEqual(outcomes, new Map([['sign_in_failed', 60], ['too_many_tries', 140]])) // prettier-ignore
  assert.equal(verifications, 60)
})

test('[identity 106] one password tried on a hundred people from one address stops at sixty', async () => {
  const outcomes = await many(100, (at) =>
    attempt('Karibu2026', { identifiers: [{ kind: 'id_number', value: `9${at}9${at}9` }] }),
  )
  assert.deepEqual(outcomes, new Map([['sign_in_failed', 60], ['too_many_tries', 40]])) // prettier-ignore
})

test('[identity 106] writing a name in another way buys no further tries', () => {
  const name = (typed: string) => readIdentifiers(deps, typed)?.[0]
  for (const typed of ['0700000011', '0700 000 011', '+254 700 000 011', '254700000011', '+254-700-000011']) {
    assert.deepEqual(name(typed), { kind: 'phone', value: '254700000011' }, typed)
  }
  for (const typed of ['a 123 456', 'A123456'])
    assert.deepEqual(name(typed), { kind: 'id_number', value: 'A123456' })
  assert.deepEqual(name(' Wanjiku@Example.TEST'), { kind: 'email', value: 'wanjiku@example.test' })
  assert.equal(name(' '), undefined)
})

test('[identity 106] a whole IPv6 subscriber is one attacker', async () => {
  const outcomes = await many(20, (at) =>
    attempt(`guess ${at}`, { address: `2001:db8:1:2::${at.toString(16)}` }),
  )
  assert.equal(outcomes.get('sign_in_failed'), 6)
})

test('[identity 106] the wait is told, is short, and what is refused does not lengthen it', async () => {
  await many(50, (at) => attempt(`guess ${at}`))
  const refused = await signIn(deps, attempt(right))
  assert.ok(!refused.ok && refused.refusal.retryAfterSeconds === 600)
  for (let minute = 0; minute < 9; minute += 1) {
    town.pass(minutes(1))
    assert.equal(await outcome(attempt('again')), 'too_many_tries')
  }
  town.pass(seconds(59))
  assert.equal(await outcome(attempt(right)), 'too_many_tries')
  town.pass(seconds(1))
  assert.equal(await outcome(attempt(right)), 'signed in')
})

test('[identity 106] an attacker at one address never uses up the tries of others, however long', async () => {
  for (let round = 0; round < 200; round += 1) {
    await outcome(attempt(`guess ${round}`))
    town.pass(minutes(2))
  }
  const elsewhere = await many(20, (at) => attempt('typo', { address: `192.0.2.${at}` }))
  assert.deepEqual(elsewhere, new Map([['sign_in_failed', 20]]))
})

test('[identity 106] a browser where the owner signed in before gets in while a botnet knocks', async () => {
  const deviceCookie = await deviceOf(attempt(right, { address: '192.0.2.1' }))
  await many(200, (at) => attempt(`guess ${at}`, { address: `198.51.100.${at}` }))
  assert.equal(await outcome(attempt(right, { address: '192.0.2.2' })), 'too_many_tries')
  assert.equal(await outcome(attempt(right, { address: '192.0.2.2', deviceCookie })), 'signed in')
})

test("[identity 106] a known device has a budget of its own, and is known for its owner's account alone", async () => {
  const deviceCookie = await deviceOf(attempt(right))
  const stolen = await many(100, (at) => attempt(`guess ${at}`, { deviceCookie }))
  assert.equal(stolen.get('sign_in_failed'), 10)
  const aminas = { identifiers: [{ kind: 'id_number', value: '00000022' }] as const, deviceCookie }
  const other = await many(100, (at) => attempt(`guess ${at}`, aminas))
  assert.equal(other.get('sign_in_failed'), 6)
  const forged = deviceCookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
  town.pass(hours(48))
  assert.equal(
    (await many(100, (at) => attempt(`guess ${at}`, { deviceCookie: forged }))).get('sign_in_failed'),
    6,
  )
})

test('[identity 106] signing in gives back its own tries and nobody else’s', async () => {
  for (let tries = 0; tries < 20; tries += 1) assert.equal(await outcome(attempt(right)), 'signed in')
  assert.equal((await many(10, () => attempt('wrong'))).get('sign_in_failed'), 6)
  assert.equal(
    await outcome(
      attempt('amina opens the gate', { identifiers: [{ kind: 'id_number', value: '00000022' }] }),
    ),
    'signed in',
  )
  assert.equal(await outcome(attempt(right)), 'too_many_tries')
})

test('[identity 105] an account that does not exist costs the same reads, tries and hashes as a wrong password', async () => {
  const trace = async (command: SignIn) => {
    statements.length = 0
    verifications = 0
    const answers = []
    for (let tries = 0; tries < 8; tries += 1) answers.push(await signIn(deps, command))
    return { statements: [...statements], verifications, answers }
  }
  const known = await trace(attempt('wrong', { address: '192.0.2.1' }))
  const unknown = await trace(
    attempt('wrong', { address: '192.0.2.2', identifiers: [{ kind: 'id_number', value: '77777777' }] }),
  )
  assert.deepEqual(unknown, known)
  assert.equal(known.verifications, 6)
  assert.ok(known.statements.includes('credential_find'))
})

test('[identity 105] the answers do not tell a known account from an unknown one', async () => {
  await register(town.deps, { ...amina, idNumber: '00000033', email: null, phone: null })
  const browser = town.browser()
  const known = await browser.signIn('00000033', 'wrong password')
  const unknown = await browser.signIn('00000099', 'wrong password')
  const bare = (body: string) =>
    body.replaceAll(/nonce="[^"]*"|value="(?:browser\.[^"]*|000000\d\d)"|[\w-]{70}/g, '')
  assert.equal(unknown.status, known.status)
  assert.equal(bare(unknown.body), bare(known.body))
  assert.deepEqual([...unknown.headers.keys()].sort(), [...known.headers.keys()].sort())
})

test('[identity 108] a try that found the hashing full is not counted', async () => {
  overloaded = true
  const stormed = await Promise.allSettled(
    Array.from({ length: 6 }, async () => await outcome(attempt(right))),
  )
  overloaded = false
  assert.ok(stormed.every((each) => each.status === 'rejected' && each.reason instanceof Overloaded))
  assert.equal((await many(10, () => attempt('wrong'))).get('sign_in_failed'), 6)
})

test('a password that is changed while it is being verified opens no session', async () => {
  const made = await register(deps, { ...wanjiku, idNumber: '00000044', email: null, phone: null })
  const change = `update credential set hash = 'hash of another' where account_id = $1`
  const racing: Deps = {
    ...deps,
    passwords: {
      ...counting,
      verify: async (hash, password) => {
        await deps.db.query({ name: 'test_change', text: change }, [made.id])
        return await counting.verify(hash, password)
      },
    },
  }
  const answer = await signIn(
    racing,
    attempt(right, { identifiers: [{ kind: 'id_number', value: '00000044' }] }),
  )
  assert.ok(!answer.ok && answer.refusal.code === 'sign_in_failed')
})

test('[identity 109] a password of 60 kB is looked at like any other, one of a megabyte is not even read', async () => {
  const browser = town.browser()
  assert.equal((await browser.signIn('00000077', 'x'.repeat(60_000))).status, 403)
  assert.equal((await browser.signIn('00000077', 'x'.repeat(1_000_000))).status, 413)
  assert.equal((await browser.signIn('00000077', 'a\0b\ud800')).status, 403)
})

for (const [proxies, reaches] of [
  [[], 6],
  [['127.0.0.1'], 30],
] as const) {
  test(`[identity 115] with ${proxies.length === 0 ? 'no' : 'a'} trusted proxy, changing X-Forwarded-For buys ${reaches} of 30 tries`, async () => {
    const own = await openTown({ trustedProxies: proxies })
    try {
      const statuses: number[] = []
      for (let at = 0; at < 30; at += 1) {
        statuses.push(
          (await own.browser({ 'x-forwarded-for': `198.51.100.${at}` }).signIn('00000011', 'wrong')).status,
        )
      }
      assert.equal(statuses.filter((status) => status === 403).length, reaches)
      assert.ok(statuses.every((status) => status === 403 || status === 429))
    } finally {
      await own.close()
    }
  })
}
