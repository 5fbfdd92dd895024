import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newMasterKey, openVault, parseMasterKeys, type MasterKeys } from './vault.ts'

const first = new Uint8Array(32).fill(1)
const second = new Uint8Array(32).fill(2)
const secret = 'clave · secreta · ñ'

test('what is sealed opens again, for its purpose only', () => {
  const vault = openVault([first])
  const sealed = vault.seal('api key', secret)
  assert.equal(vault.open('api key', sealed), secret)
  assert.throws(() => vault.open('webhook secret', sealed), /another purpose/)
})

test('sealing twice gives two texts that show neither the secret nor that they are equal', () => {
  const vault = openVault([first])
  const [a, b] = [vault.seal('p', secret), vault.seal('p', secret)]
  assert.notDeepEqual(a.slice(5), b.slice(5))
  assert.equal(Buffer.from(a).includes(Buffer.from(secret)), false)
})

test('a change of any byte is noticed', () => {
  const vault = openVault([first])
  const sealed = vault.seal('p', secret)
  for (let place = 0; place < sealed.length; place += 1) {
    const changed = Uint8Array.from(sealed, (byte, at) => (at === place ? byte ^ 1 : byte))
    assert.throws(() => vault.open('p', changed), `byte ${place} may be changed`)
  }
  assert.throws(() => vault.open('p', sealed.subarray(0, 20)), /form/)
})

test('after a rotation the old texts open, new ones are sealed under the new key, and the old key may go later', () => {
  const old = openVault([first]).seal('p', secret)
  const rotating = openVault([second, first])
  assert.equal(rotating.open('p', old), secret)
  const renewed = rotating.seal('p', secret)
  const rotated = openVault([second])
  assert.equal(rotated.open('p', renewed), secret)
  assert.throws(() => rotated.open('p', old), /master key that is not here/)
})

test('a master key is 32 bytes in hex or base64; two stand newest first', () => {
  const made = newMasterKey()
  assert.equal(parseMasterKeys(made)?.[0].length, 32)
  const both = parseMasterKeys(
    `${Buffer.from(second).toString('base64')}, ${Buffer.from(first).toString('hex')}`,
  )
  assert.deepEqual(both, [second, first])
  for (const wrong of ['', 'short', made.slice(2), `${made},`, `${made},short`]) {
    assert.equal(parseMasterKeys(wrong), null, wrong)
  }
  assert.throws(() => openVault([new Uint8Array(31)] satisfies MasterKeys), /32 bytes/)
})
