import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openStolenPasswords } from './stolen-passwords.ts'

const folder = mkdtempSync(join(tmpdir(), 'lango-stolen-'))
after(() => rmSync(folder, { recursive: true }))

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()

function list(
  name: string,
  passwords: readonly string[],
  line: (hash: string, at: number) => string,
): string {
  const path = join(folder, name)
  writeFileSync(path, passwords.map(sha1).sort().map(line).join(''))
  return path
}

const many = Array.from({ length: 400 }, (_, at) => `stolen ${at}`)

for (const [how, line] of [
  ['with counts and Windows line ends', (hash: string, at: number) => `${hash}:${at ** 3}\r\n`],
  ['with counts', (hash: string, at: number) => `${hash}:${at}\n`],
  ['bare', (hash: string) => `${hash}\n`],
  ['in small letters', (hash: string) => `${hash.toLowerCase()}\n`],
] as const) {
  test(`[identity 109] every password of a list ${how} is found, and no other`, async () => {
    const isStolen = openStolenPasswords(list(how, many, line))
    for (const password of many) assert.equal(await isStolen(password), true, password)
    for (let at = 0; at < 100; at += 1) assert.equal(await isStolen(`safe ${at}`), false)
  })
}

test('lists of no, one and two lines, and one whose last line has no end', async () => {
  for (const length of [0, 1, 2, 3]) {
    const passwords = many.slice(0, length)
    const isStolen = openStolenPasswords(
      list(`short-${length}`, passwords, (hash, at) => (at === length - 1 ? hash : `${hash}\n`)),
    )
    for (const password of many.slice(0, 5))
      assert.equal(await isStolen(password), passwords.includes(password))
  }
})

test('a file that is no such list is searched to an end', async () => {
  const path = join(folder, 'noise')
  writeFileSync(path, 'not a list '.repeat(10_000))
  assert.equal(await openStolenPasswords(path)('anything'), false)
})

test('a list that is gone is a fault, and not a password that is safe', async () => {
  await assert.rejects(openStolenPasswords(join(folder, 'gone'))('anything'))
})
