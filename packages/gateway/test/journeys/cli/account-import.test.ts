import assert from 'node:assert/strict'
import { pbkdf2Sync, scryptSync } from 'node:crypto'
import { createWriteStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { findAccount, findAccountId } from '../../../src/core/account/account.sql.ts'
import type { Account } from '../../../src/core/account/account.ts'
import { findPassword } from '../../../src/core/account/credential.sql.ts'
import { openCommandLine, type CommandLine, type Ran } from '../../command-line.ts'
import { openOutbox } from '../../outbox.ts'
import { Browser } from '../account/town.ts'

const outbox = openOutbox()
let line: CommandLine
before(async () => {
  line = await openCommandLine({ messages: outbox.messages })
})
after(async () => {
  await line.close()
})

const salt = Buffer.from('salt of elsewhere')
const bare = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
const scrypt = (password: string): string =>
  `$scrypt$ln=14,r=8,p=1$${bare(salt)}$${bare(scryptSync(password, salt, 32, { N: 16_384, r: 8, p: 1 }))}`
const django = (password: string): string =>
  `pbkdf2_sha256$20000$pepper$${pbkdf2Sync(password, 'pepper', 20_000, 32, 'sha256').toString('base64')}`

function file(name: string, text: string): string {
  const path = join(line.folder, name)
  writeFileSync(path, text)
  return path
}

const rows = (...all: readonly object[]): string => all.map((one) => `${JSON.stringify(one)}\n`).join('')

async function bring(path: string, ...more: readonly string[]): Promise<Ran> {
  return await line.run(['account', 'import', path, ...more])
}

async function accountOf(email: string): Promise<Account | null> {
  const id = await findAccountId(line.world.deps.db, [{ kind: 'email', value: email }])
  return id === null ? null : await findAccount(line.world.deps.db, id)
}

async function hashOf(email: string): Promise<string> {
  const account = await accountOf(email)
  return (await findPassword(line.world.deps.db, account?.id ?? ''))?.hash ?? ''
}

const browser = (): Browser => new Browser(line.world.url, {})
const signsIn = async (identifier: string, password: string): Promise<boolean> =>
  (await browser().signIn(identifier, password)).status === 303

const neema = {
  number: 1_326_766_783,
  first_name: 'Neema',
  last_name: 'Wafula',
  id_number: '20 000 001',
  email: 'Neema@Example.test',
  email_verified: true,
  phone: '0722 000 101',
  gender: 'F',
  born_on: '1990-04-12',
  verified: ['names', 'born_on'],
  locale: 'sw',
}

test('people come with their hashes, sign in by the passwords that they have, and are hashed our way from then on', async () => {
  const path = file(
    'people.ndjson',
    rows(
      { ...neema, password_hash: scrypt('nyumba ya zamani') },
      { first_name: 'Baraka', email: 'baraka@example.test', password_hash: django('ﬁsh and chips ½') },
    ),
  )
  const dry = await bring(path, '--dry-run')
  assert.equal(dry.code, 0, dry.err)
  assert.match(
    dry.out,
    /^2 would be made, 0 there already, 0 refused\.\nNothing was changed: this was a dry run\.\n$/,
  )
  assert.equal(await accountOf('neema@example.test'), null)

  const done = await bring(path)
  assert.equal(done.out, '2 made, 0 there already, 0 refused.\n')
  assert.equal(done.code, 0)
  const account = await accountOf('neema@example.test')
  assert.ok(account !== null)
  const { id: _id, createdAt: _at, ...rest } = account
  assert.deepEqual(rest, {
    number: 1_326_766_783,
    kind: 'citizen',
    active: true,
    demo: false,
    firstName: 'Neema',
    lastName: 'Wafula',
    surname: null,
    idNumber: '20000001',
    email: 'neema@example.test',
    emailVerified: true,
    phone: '254722000101',
    phoneVerified: false,
    gender: 'f',
    kraPin: null,
    bornOn: '1990-04-12',
    vouched: ['names', 'born_on'],
    locale: 'sw',
  })

  assert.match(await hashOf('neema@example.test'), /^\$scrypt\$ln=14,r=8,p=1\$/)
  assert.equal(await signsIn('20000001', 'nyumba ya zamanj'), false)
  assert.match(await hashOf('neema@example.test'), /^\$scrypt/)
  const hers = browser()
  assert.equal((await hers.signIn('20000001', 'nyumba ya zamani')).status, 303)
  assert.match(await hashOf('neema@example.test'), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await signsIn('neema@example.test', 'nyumba ya zamani'), true)
  assert.equal((await hers.get('/account')).status, 200, 'the session from before is good still')
  // Elsewhere the letters were hashed as typed, here in one form of each.
  assert.equal(await signsIn('baraka@example.test', 'ﬁsh and chips ½'), true)
  assert.match(await hashOf('baraka@example.test'), /^\$argon2id/)
  assert.equal(await signsIn('baraka@example.test', 'fish and chips 1⁄2'), true)
})

test('five first sign-ins at once are five sessions and one new hash', async () => {
  const row = { first_name: 'Five', email: 'five@example.test', password_hash: scrypt('five at the door') }
  await bring(file('five.ndjson', rows(row)))
  const all = await Promise.all(
    Array.from({ length: 5 }, async () => await signsIn('five@example.test', 'five at the door')),
  )
  assert.deepEqual(all, [true, true, true, true, true])
  assert.match(await hashOf('five@example.test'), /^\$argon2id/)
})

test('importing again changes nothing, also after people changed what is theirs; one act tells of the file', async () => {
  const path = file(
    'again.csv',
    'id_number,first_name,email,password_hash\n30000001,Asha,asha@example.test,\n30000002,Juma,juma@example.test,\n',
  )
  const text = `select details from act where what = 'accounts.imported' and by_kind = 'operator' order by id`
  const acts = async () =>
    await line.world.deps.db.query<{ readonly details: object }>({ name: 'test_imports', text }, [])
  const before = (await acts()).length
  const first = await bring(path)
  assert.equal(
    first.out,
    '2 made, 0 there already, 0 refused.\n2 of them without a password: they choose one by recovery.\n',
  )
  assert.deepEqual((await acts()).at(-1)?.details, { made: 2, there: 0, refused: 0 })
  const asha = await accountOf('asha@example.test')
  assert.equal((await bring(path)).out, '0 made, 2 there already, 0 refused.\n')
  assert.deepEqual(await accountOf('asha@example.test'), asha)
  assert.equal((await acts()).length, before + 1, 'what changed nothing is no act')
})

test('whoever comes without a hash cannot sign in, and comes in by recovery', async () => {
  await bring(file('bare.ndjson', rows({ first_name: 'Rehema', email: 'rehema@example.test' })))
  assert.equal(await signsIn('rehema@example.test', ''), false)
  const hers = browser()
  const { token } = await hers.get('/recover')
  await hers.post('/recover', { token, next: '/account', identifier: 'rehema@example.test' })
  const { text } = await outbox.newest(line.world.deps, 'rehema@example.test')
  const key = /key=([^\s&]+)/.exec(text)?.[1] ?? ''
  const fresh = await hers.get('/recover')
  const password = 'a quiet river at noon'
  await hers.post('/recover/password', { token: fresh.token, next: '/account', key, password })
  assert.equal(await signsIn('rehema@example.test', password), true)
})

test('each row that is refused is named with its line and what to mend, and the others go in', async () => {
  await bring(
    file(
      'first.ndjson',
      rows({ ...neema, number: 77, id_number: 'TAKEN-1', email: 'one@example.test', phone: '' }),
    ),
  )
  const path = file(
    'mixed.ndjson',
    rows(
      { first_name: 'Good', email: 'good@example.test' },
      { first_name: 'Nobody' },
      { email: 'nameless@example.test' },
      { first_name: 'Far', phone: '12' },
      {
        first_name: 'Bomb',
        email: 'bomb@example.test',
        password_hash: '$scrypt$ln=30,r=8,p=1$c29tZXNhbHQ$a2V5a2V5a2V5a2V5a2V5a2V5',
      },
      { first_name: 'Crypt', email: 'crypt@example.test', password_hash: `$2b$12$${'a'.repeat(53)}` },
      { first_name: 'Plain', email: 'plain@example.test', password: 'secret' },
      { first_name: 'Other', email: 'one@example.test', id_number: 'TAKEN-2' },
      { first_name: 'Two', email: 'one@example.test', phone: '+254722000101' },
      { first_name: 'Number', email: 'number@example.test', number: 77 },
      { first_name: 'Same', email: 'good@example.test' },
    ) + 'not json\n',
  )
  const ran = await bring(path)
  assert.equal(ran.code, 1)
  assert.deepEqual(ran.out.split('\n'), [
    'line 2: email: give an id number, an e-mail address or a phone number: nobody could sign in',
    'line 3: first_name: give one, of at most 100 characters',
    'line 4: phone: no phone number: give it with its country code, as +254700000001',
    'line 5: password_hash: scrypt: N times r times p is at most 1048576.',
    'line 6: password_hash: bcrypt cannot be verified here: leave the hash out, and the person chooses a new password by recovery.',
    'line 7: password: a file holds no passwords: bring password_hash, or nothing',
    'line 8: id_number: The account with this e-mail address has another: compare the two.',
    'line 9: phone: This leads to another account than the e-mail address of this row.',
    'line 10: number: Another account has this number: leave it out.',
    'line 12: is no JSON: one object on each line',
    '1 made, 1 there already, 10 refused.',
    '1 of them without a password: they choose one by recovery.',
    '',
  ])
  assert.ok((await accountOf('good@example.test')) !== null)
  const json = await bring(path, '--json')
  const printed = json.out
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as object)
  assert.deepEqual(printed[0], {
    line: 2,
    field: 'email',
    because: 'give an id number, an e-mail address or a phone number: nobody could sign in',
  })
  assert.deepEqual(printed.at(-1), { dryRun: false, made: 0, there: 2, refused: 10, withoutPassword: 0 })
})

test('a file that is not there, in no UTF-8, or under a strange header changes nothing and says so', async () => {
  const missing = await bring(join(line.folder, 'nowhere.csv'))
  assert.equal(missing.code, 2)
  assert.match(missing.err, /^lango: there is no file .*nowhere\.csv that can be read\n$/)
  const latin = join(line.folder, 'latin.csv')
  writeFileSync(latin, Buffer.from('first_name,email\nJos\xe9,jose@example.test\n', 'latin1'))
  const undecoded = await bring(latin)
  assert.equal(undecoded.code, 1)
  assert.match(undecoded.err, /latin\.csv is not UTF-8: save it as UTF-8\n$/)
  const strange = await bring(file('strange.csv', 'frist_name,email\nAnna,anna@example.test\n'))
  assert.equal(strange.code, 2)
  assert.match(strange.err, /^lango: line 1: there is no column frist_name: id, number, kind, first_name/)
  assert.equal(await accountOf('anna@example.test'), null)
  const format = await bring(latin, '--format', 'xlsx')
  assert.deepEqual([format.code, format.err], [2, 'lango: --format: one of csv, ndjson\n'])
})

test('twenty thousand rows go through little memory', async () => {
  const path = join(line.folder, 'many.csv')
  function* lines(): Generator<string> {
    yield 'first_name,last_name,email,verified\n'
    for (let at = 0; at < 20_000; at += 1) yield `Mtu,"Nambari, ${at}",mtu-${at}@example.test,names\n`
  }
  await pipeline(Readable.from(lines()), createWriteStream(path))
  const dry = await line.run(['account', 'import', path, '--dry-run'], {
    NODE_OPTIONS: '--max-old-space-size=40',
  })
  assert.equal(dry.code, 0, dry.err)
  assert.match(dry.out, /^20000 would be made, 0 there already, 0 refused\./)
})
