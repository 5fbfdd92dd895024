import assert from 'node:assert/strict'
import { pbkdf2Sync, scryptSync } from 'node:crypto'
import { test } from 'node:test'
import { hash as argon2 } from '@node-rs/argon2'
import { openPasswords } from './passwords.ts'

const passwords = openPasswords()
const bare = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
const password = 'nyumba kubwa ya mama'
const salt = Buffer.from('a salt of theirs')

/** What their own systems would have written, by the library of the platform. */
const kept: Readonly<Record<string, () => string | Promise<string>>> = {
  'argon2id of dearer parameters': async () =>
    await argon2(password, { memoryCost: 65_536, timeCost: 3, parallelism: 4 }),
  argon2i: async () =>
    await argon2(password, { algorithm: 1, memoryCost: 4096, timeCost: 3, parallelism: 1 }),
  'scrypt as PHC': () =>
    `$scrypt$ln=14,r=8,p=1$${bare(salt)}$${bare(scryptSync(password, salt, 32, { N: 16_384, r: 8, p: 1 }))}`,
  'the dearest scrypt that is let in': () =>
    `$scrypt$ln=17,r=8,p=1$${bare(salt)}$${bare(scryptSync(password, salt, 64, { N: 131_072, r: 8, p: 1, maxmem: 256 << 20 }))}`,
  'PBKDF2 with SHA-256 as PHC': () =>
    `$pbkdf2-sha256$i=29000$${bare(salt)}$${bare(pbkdf2Sync(password, salt, 29_000, 32, 'sha256'))}`,
  'PBKDF2 with SHA-512': () =>
    `$pbkdf2-sha512$i=25000$${bare(salt)}$${bare(pbkdf2Sync(password, salt, 25_000, 64, 'sha512'))}`,
  'PBKDF2 with SHA-1': () =>
    `$pbkdf2-sha1$i=131000$${bare(salt)}$${bare(pbkdf2Sync(password, salt, 131_000, 20, 'sha1'))}`,
}

for (const [name, make] of Object.entries(kept)) {
  test(`${name}: its own password is right, any other is not, and it is not how we hash today`, async () => {
    const hash = await make()
    assert.equal(await passwords.verify(hash, password), true)
    assert.equal(await passwords.verify(hash, `${password} `), false)
    assert.equal(await passwords.verify(hash, ''), false)
    assert.equal(passwords.isCurrent(hash), false)
  })
}

test('what we hash today is current', async () => {
  assert.equal(passwords.isCurrent(await passwords.hash(password)), true)
})

test('a stored hash that nothing reads is a fault, never a wrong password', async () => {
  await assert.rejects(passwords.verify('plain', 'plain'), /a stored password hash cannot be read/)
})
