import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { base64 } from '../../base/bytes.ts'
import { printKeptHash, readKeptHash } from './kept-hash.ts'

const key = 'Yjg0OWE4YjVkOTFkNmVkNWE5ZDRkODYyZDY5NTgyNWI'
const salt = 'c29tZXNhbHQ'

const refusal = (text: string): string => {
  const read = readKeptHash(text)
  assert.equal(read.ok, false, text)
  return read.ok ? '' : read.refusal
}

test('forms of PHC, Django, passlib and Werkzeug are read, and printed as PHC', () => {
  const printed = (text: string): string => {
    const read = readKeptHash(text)
    assert.ok(read.ok, read.ok ? '' : `${text}: ${read.refusal}`)
    return printKeptHash(read.value)
  }
  const argon = `$argon2id$v=19$m=65536,t=3,p=4$${salt}$${key}`
  assert.equal(printed(argon), argon)
  assert.equal(printed(`argon2${argon}`), argon)
  assert.equal(printed(`$scrypt$ln=15,r=8,p=1$${salt}$${key}`), `$scrypt$ln=15,r=8,p=1$${salt}$${key}`)
  assert.equal(printed(`scrypt$somesalt$32768$8$1$${key}=`), `$scrypt$ln=15,r=8,p=1$${salt}$${key}`)
  assert.equal(
    printed(`scrypt:32768:8:1$somesalt$${'ab'.repeat(64)}`).startsWith('$scrypt$ln=15,r=8,p=1$'),
    true,
  )
  const pbkdf2 = `$pbkdf2-sha256$i=600000$${salt}$${key}`
  assert.equal(printed(`pbkdf2_sha256$600000$somesalt$${key}=`), pbkdf2)
  assert.equal(printed(`$pbkdf2-sha256$600000$${salt}$${key}`), pbkdf2)
  assert.equal(printed(`$pbkdf2-sha256$i=600000,l=32$${salt}$${key}`), pbkdf2)
  assert.equal(
    printed(`pbkdf2:sha512:210000$somesalt$${'cd'.repeat(64)}`).startsWith(
      `$pbkdf2-sha512$i=210000$${salt}$`,
    ),
    true,
  )
})

test('a hash that costs too much is refused at the door, however it is written', () => {
  for (const dear of [
    `$argon2id$v=19$m=2097152,t=1,p=1$${salt}$${key}`,
    `$argon2id$v=19$m=65536,t=4294967295,p=1$${salt}$${key}`,
    `$argon2id$v=19$m=131072,t=5,p=1$${salt}$${key}`,
    `$argon2id$v=19$m=65536,t=1,p=255$${salt}$${key}`,
    `$scrypt$ln=30,r=8,p=1$${salt}$${key}`,
    `$scrypt$ln=17,r=9,p=1$${salt}$${key}`,
    `$scrypt$ln=14,r=8,p=9$${salt}$${key}`,
    `scrypt:1073741824:8:1$somesalt$${'ab'.repeat(32)}`,
    `scrypt$somesalt$4$999999999$1$${key}`,
    `$pbkdf2-sha256$i=1500001$${salt}$${key}`,
    `$pbkdf2-sha1$i=1000000$${salt}$${key}`,
    `pbkdf2_sha256$9999999999$somesalt$${key}`,
  ]) {
    assert.match(refusal(dear), /at most/, dear)
  }
})

test('what cannot be verified here is refused with what to do instead', () => {
  assert.equal(
    refusal(`$2b$12$${'a'.repeat(53)}`),
    'bcrypt cannot be verified here: leave the hash out, and the person chooses a new password by recovery.',
  )
  assert.match(refusal('5f4dcc3b5aa765d61d8327deb882cf99'), /^This is no hash that can be verified here/)
  assert.match(refusal('correct horse battery staple'), /^This is no hash that can be verified here/)
  assert.match(refusal(`$argon2id$v=18$m=65536,t=3,p=4$${salt}$${key}`), /^This is no hash/)
  assert.equal(
    refusal(`$pbkdf2-sha256$i=999$${salt}$${key}`),
    'pbkdf2: at least 1000 rounds; fewer protect nobody.',
  )
  assert.equal(refusal(`$pbkdf2-sha256$i=2000$${salt}$c2hvcnQ`), 'pbkdf2: a key has 16 to 64 bytes.')
  assert.equal(refusal(`$pbkdf2-sha256$i=2000$YWI$${key}`), 'pbkdf2: a salt has 4 to 128 bytes.')
  assert.equal(refusal(`scrypt$somesalt$1000$8$1$${key}`), 'scrypt: N is a power of two.')
  assert.equal(
    refusal(`$pbkdf2-sha256$i=2000$${salt}$${key.slice(0, -1)}J`),
    'pbkdf2: salt and key are base64, without stray bits.',
  )
  assert.equal(refusal('$'.repeat(513)), 'A hash has at most 512 characters.')
})

test('whatever the text, reading it never throws, and what was read is printed and read again as the same', () => {
  const bytes = (least: number, most: number) =>
    fc.uint8Array({ minLength: least, maxLength: most }).map((all) => base64(all).replace(/=+$/, ''))
  const numbers = fc.integer({ min: 0, max: 2 ** 33 })
  const near = fc.oneof(
    fc
      .tuple(fc.integer({ min: 0, max: 32 }), numbers, numbers, bytes(0, 130), bytes(0, 70))
      .map(([ln, r, p, s, k]) => `$scrypt$ln=${ln},r=${r % 40},p=${p % 20}$${s}$${k}`),
    fc
      .tuple(fc.constantFrom('sha1', 'sha256', 'sha512', 'md5'), numbers, bytes(0, 130), bytes(0, 70))
      .map(([digest, rounds, s, k]) => `$pbkdf2-${digest}$i=${rounds}$${s}$${k}`),
    fc
      .tuple(numbers, numbers, numbers, bytes(4, 60), bytes(16, 64))
      .map(([m, t, p, s, k]) => `$argon2id$v=19$m=${m % 200_000},t=${t % 20},p=${p % 20}$${s}$${k}`),
    fc.string({ maxLength: 600, unit: 'binary' }),
  )
  let read = 0
  fc.assert(
    fc.property(near, (text) => {
      const one = readKeptHash(text)
      if (!one.ok) return
      read += 1
      const again = readKeptHash(printKeptHash(one.value))
      assert.deepEqual(again, one)
    }),
    { numRuns: 5000 },
  )
  assert.ok(read > 100, `only ${read} of the texts were hashes`)
})
