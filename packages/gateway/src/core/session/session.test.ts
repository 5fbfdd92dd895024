import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { base64url } from '../../base/bytes.ts'
import { after, instant, seconds } from '../../base/time.ts'
import { isAlive, printSessionKey, readSessionKey, sessionIdles, sessionLives } from './session.ts'

const secret = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(base64url)

test('every session key reads as it was printed, in 87 characters that a cookie may hold', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), secret, (accountId, id, own) => {
      const key = { accountId, id, secret: own }
      const printed = printSessionKey(key)
      assert.match(printed, /^[\w-]{87}$/)
      assert.deepEqual(readSessionKey(printed), key)
    }),
  )
})

test('a text that we would not have printed is no session key', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ minLength: 87, maxLength: 87 })), (text) => {
      const key = readSessionKey(text)
      if (key !== null) assert.equal(printSessionKey(key), text)
    }),
  )
  const printed = printSessionKey({ accountId: '01a20a6c-4f00-77d8-a291-24f361241098', id: '01a20a6c-4f00-77d8-a291-24f361241099', secret: 'A'.repeat(43) }) // prettier-ignore
  // The last letter of a UUID carries two bits; another letter with the same two bits is another text for the same id.
  const loose = `${printed.slice(0, 21)}${printed.charAt(21) === 'A' ? 'B' : 'h'}${printed.slice(22)}`
  for (const other of [undefined, '', loose, `${printed}A`, `${printed}\n`, printed.replace(/.$/, '=')]) {
    assert.equal(readSessionKey(other), null)
  }
})

test('[identity 114] a session lives while it is used, and not beyond its absolute end', () => {
  const start = instant(1_000_000)
  const session = { seenAt: start, expiresAt: after(start, sessionLives), endedAt: null }
  const just = (limit: typeof sessionIdles) => after(start, seconds(limit.seconds - 0.001))
  assert.equal(isAlive(session, just(sessionIdles)), true)
  assert.equal(isAlive(session, after(start, sessionIdles)), false)
  const busy = { ...session, seenAt: just(sessionLives) }
  assert.equal(isAlive(busy, just(sessionLives)), true)
  assert.equal(isAlive(busy, after(start, sessionLives)), false)
  assert.equal(isAlive({ ...session, endedAt: start }, start), false)
})
