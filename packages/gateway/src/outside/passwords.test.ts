import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Overloaded } from '../base/batch.ts'
import { openPasswords } from './passwords.ts'
import { assertTakesAsLong, timed } from '../../test/timing.ts'

const passwords = openPasswords()

test('a hash is argon2id with 19 MiB and two passes, salted, and verifies its own password alone', async () => {
  const [one, two] = await Promise.all([passwords.hash('nyumba kubwa'), passwords.hash('nyumba kubwa')])
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.notEqual(one, two)
  assert.equal(await passwords.verify(one, 'nyumba kubwa'), true)
  assert.equal(await passwords.verify(one, 'nyumba kubwb'), false)
})

test('[identity 109] every byte of a long password counts, a NUL included', async () => {
  const long = 'a'.repeat(200)
  const hash = await passwords.hash(long)
  assert.equal(await passwords.verify(hash, long), true)
  assert.equal(await passwords.verify(hash, `${'a'.repeat(199)}b`), false)
  assert.equal(await passwords.verify(hash, 'a'.repeat(72)), false)
  const withNul = await passwords.hash('before\0behind')
  assert.equal(await passwords.verify(withNul, 'before'), false)
  assert.equal(await passwords.verify(withNul, 'before\0other'), false)
})

test('[identity 105] pretending computes what verifying computes', async () => {
  const hash = await passwords.hash('a real one')
  await assertTakesAsLong(
    async () => await timed(async () => await passwords.verify(hash, 'wrong')),
    async () => await timed(async () => await passwords.pretend('wrong')),
  )
  assert.equal(await passwords.pretend('an account that does not exist'), false)
})

test('[identity 108] of 1,000 hashes at once the queue takes what it can and refuses the rest at once', async () => {
  const small = openPasswords({ atOnce: 2, waiting: 10 })
  const hash = await small.hash('one of many')
  let longestGap = 0
  let last = performance.now()
  const beat = setInterval(() => {
    longestGap = Math.max(longestGap, performance.now() - last)
    last = performance.now()
  }, 5)
  const all = await Promise.allSettled(
    Array.from({ length: 1000 }, async () => await small.verify(hash, 'one of many')),
  )
  clearInterval(beat)
  assert.equal(all.filter((one) => one.status === 'fulfilled' && one.value).length, 12)
  assert.equal(all.filter((one) => one.status === 'rejected' && one.reason instanceof Overloaded).length, 988)
  assert.ok(longestGap < 250, `the event loop stood still for ${longestGap} ms`)
  assert.equal(await small.verify(hash, 'one of many'), true)
})

test('a hash that is broken fails without keeping its place in the queue', async () => {
  const single = openPasswords({ atOnce: 1, waiting: 1 })
  for (let round = 0; round < 3; round += 1) await assert.rejects(single.verify('no hash at all', 'x'))
  assert.match(await single.hash('still works'), /^\$argon2id/)
})
