// Logins by the dozen, at the door: what hashing costs is paid by logins alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Passwords } from '../../src/core/ports.ts'
import { openPasswords } from '../../src/outside/passwords.ts'
import { textOf, type Page } from '../journeys/account/town.ts'
import { introspected, openGate, tokensFor, type Application, type Gate } from '../journeys/standard/gate.ts'

/** The house's own hashing behind a queue so short that dozens of logins overflow it; what it does is noted. */
const hashing = openPasswords({ atOnce: 1, waiting: 4 })
const hashTimes: number[] = []
async function noted<T>(work: Promise<T>): Promise<T> {
  const from = performance.now()
  const value = await work
  hashTimes.push(performance.now() - from)
  return value
}
const passwords: Passwords = {
  ...hashing,
  verify: async (hash, password) => await noted(hashing.verify(hash, password)),
  pretend: async (password) => await noted(hashing.pretend(password)),
}

let gate: Gate
let shop: Application
let token: string

before(async () => {
  gate = await openGate({ passwords, trustedProxies: ['127.0.0.1'] })
  shop = await gate.application()
  token = (await tokensFor(gate, shop)).access
})
after(async () => {
  await gate.close()
})

const stormers = 24
const loginsEach = 3

/** Each from a network of its own, so that no budget of tries stands before the hashing; half of them know an account. */
async function storm(): Promise<readonly Page[]> {
  const pages = await Promise.all(
    Array.from({ length: stormers }, async (_, place) => {
      const browser = gate.browser({ 'x-forwarded-for': `198.51.100.${place}`, accept: 'text/html' })
      const seen: Page[] = []
      for (let at = 0; at < loginsEach; at += 1)
        seen.push(await browser.signIn(place % 2 === 0 ? '00000011' : `9900${place}`, 'wrong'))
      return seen
    }),
  )
  return pages.flat()
}

async function introspections(goesOn: () => boolean): Promise<readonly number[]> {
  const times: number[] = []
  while (goesOn()) {
    const from = performance.now()
    assert.equal((await introspected(gate, shop, token))['active'], true)
    times.push(performance.now() - from)
  }
  return times
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN

test('[identity 108] of dozens of logins at once a few are hashed, the rest hear 503 and when to come back; introspection goes on', async () => {
  hashTimes.length = 0
  let storms = true
  const introspecting = introspections(() => storms)
  const pages = await storm()
  storms = false
  const times = await introspecting
  const of = (status: number): readonly Page[] => pages.filter((page) => page.status === status)
  const [hashed, turnedAway] = [of(403), of(503)]
  assert.equal(hashed.length + turnedAway.length, stormers * loginsEach)
  assert.equal(hashTimes.length, hashed.length, 'whoever was turned away cost no hash')
  assert.ok(hashed.length >= 5 && turnedAway.length >= 5, `${hashed.length} hashed`)
  for (const page of turnedAway) {
    assert.ok(Number(page.headers.get('retry-after')) > 0)
    assert.match(textOf(page), /Very many are here at once .* Try again in a few seconds/)
  }
  // Both are measured on the same machine at the same time: whoever waits for the hashing takes as long as a login does.
  assert.ok(
    median(times) < median(hashTimes) / 4,
    `introspection ${median(times)} ms, hashing ${median(hashTimes)} ms`,
  )
})

test('[identity 108] when the storm is over everybody gets in as before', async () => {
  const browser = gate.browser({ 'x-forwarded-for': '198.51.100.0' })
  assert.equal((await browser.signIn('00000011', 'wanjiku opens the gate')).status, 303)
})
