// Signed statements that are good once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { after as later, minutes } from '../../src/base/time.ts'
import { forgetSessions } from '../../src/core/session/forget-sessions.ts'
import { spendJti, type SpendJti } from '../../src/core/client/spend-jti.ts'
import { openWorld, type World } from '../world.ts'

let one: World
let two: World

before(async () => {
  one = await openWorld()
  two = await openWorld({ databaseUrl: one.databaseUrl })
})
after(async () => {
  await two.close()
  await one.close()
})

function statement(changed: Partial<SpendJti>): SpendJti {
  const expiresAt = later(one.deps.clock.now(), minutes(1))
  return { purpose: 'client-assertion', holder: 'shop', jti: 'a', expiresAt, ...changed }
}

test('[identity 65] of forty equal names that reach two processes at once one is the first', async () => {
  const spent = statement({ jti: 'parallel' })
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, place) => await spendJti(place % 2 ? one.deps : two.deps, spent)),
  )
  assert.equal(answers.filter(Boolean).length, 1)
  assert.equal(await spendJti(two.deps, spent), false)
})

test('[identity 65] a name is spent for its holder and purpose alone, whatever stands in it', async () => {
  const odd = 'x", "y\0 \u{1f600}'.repeat(500)
  for (const fresh of [
    statement({ jti: 'own' }),
    statement({ jti: 'own', holder: 'bank' }),
    statement({ jti: 'own', purpose: 'dpop-proof' }),
    statement({ jti: odd }),
    statement({ holder: 'shop","own', jti: '' }),
    statement({ holder: 'shop', jti: '","own' }),
  ]) {
    assert.equal(await spendJti(one.deps, fresh), true, JSON.stringify(fresh).slice(0, 100))
    assert.equal(await spendJti(one.deps, fresh), false)
  }
})

test('names are forgotten when their statements are too old to be believed, and not before', async () => {
  const known = async () =>
    (await one.deps.db.query({ name: 'test_count_jti', text: 'select from seen_jti' }, [])).length
  const spent = statement({ jti: 'kept' })
  assert.equal(await spendJti(one.deps, spent), true)
  one.clock.advance(119)
  await forgetSessions(one.deps)
  assert.equal(await spendJti(one.deps, spent), false)
  one.clock.advance(2)
  while (await forgetSessions(one.deps));
  assert.equal(await known(), 0)
})
