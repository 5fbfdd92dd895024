import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findAccount } from '../../../src/core/account/account.sql.ts'
import { accountKinds } from '../../../src/core/account/account.ts'
import { createAccount, type CreateAccount } from '../../../src/core/account/create-account.ts'
import { openTown, register, wanjiku, type Town } from './town.ts'

let town: Town

before(async () => {
  town = await openTown()
  await register(town.deps, wanjiku)
})
after(async () => {
  await town.close()
})

const bare: CreateAccount = {
  ...wanjiku,
  idNumber: '1',
  email: null,
  phone: null,
  kraPin: null,
  password: null,
}

async function refused(wanted: CreateAccount): Promise<string> {
  const made = await createAccount(town.deps, wanted)
  return made.ok ? 'made' : `${made.refusal.code} ${made.refusal.field ?? ''}`
}

test('an account is stored as it was given, identifiers normalised', async () => {
  const made = await register(town.deps, {
    ...bare,
    idNumber: ' p 00 7 ',
    email: 'Achieng@Example.TEST',
    phone: '254700000077',
    kraPin: 'a000000077b',
    bornOn: '1951-05-28',
  })
  assert.deepEqual(await findAccount(town.deps.db, made.id), made)
  assert.deepEqual(
    [made.idNumber, made.email, made.phone, made.kraPin, made.bornOn],
    ['P007', 'achieng@example.test', '254700000077', 'A000000077B', '1951-05-28'],
  )
  assert.ok(made.number > 0 && made.number < 2 ** 31)
})

test('every kind of account can be made, and numbers tell nothing', async () => {
  const made = []
  for (const [at, kind] of accountKinds.entries())
    made.push(await register(town.deps, { ...bare, kind, idNumber: `KIND-${at}` }))
  assert.deepEqual(
    made.map(({ kind }) => kind),
    accountKinds,
  )
  const rising = made.map(({ number }) => number)
  assert.equal(new Set(rising).size, rising.length)
  assert.notDeepEqual(
    rising,
    Array.from({ length: rising.length }, (_, at) => (rising[0] ?? 0) + at),
  )
})

test('an account that moves in keeps its id and number', async () => {
  const id = '00000000-0000-4000-8000-000000000042'
  const made = await register(town.deps, { ...bare, idNumber: 'MOVED-1', id, number: 2147483647 })
  assert.deepEqual([made.id, made.number], [id, 2147483647])
  assert.equal(await refused({ ...bare, idNumber: 'MOVED-2', number: 2147483647 }), 'identifier_taken number')
  assert.equal(await refused({ ...bare, idNumber: 'MOVED-2', id }), 'identifier_taken id')
  // What was refused left nothing behind.
  assert.equal(await refused({ ...bare, idNumber: 'MOVED-2' }), 'made')
})

const taken = [
  ['id_number', { idNumber: '0000 0011' }],
  ['email', { idNumber: 'NEW-1', email: 'WANJIKU@example.test' }],
  ['phone', { idNumber: 'NEW-1', phone: '254700000011' }],
] as const

for (const [field, same] of taken) {
  test(`a second account with the same ${field} is refused and leaves nothing behind`, async () => {
    assert.equal(await refused({ ...bare, ...same }), `identifier_taken ${field}`)
    if (field !== 'id_number') assert.equal(await refused({ ...bare, idNumber: same.idNumber }), 'made')
    await town.deps.db.query(
      { name: 'test_forget', text: `delete from account_identifier where value = 'NEW-1'` },
      [],
    )
  })
}

test('of twenty accounts with one e-mail address made at once one stays', async () => {
  const outcomes = await Promise.all(
    Array.from(
      { length: 20 },
      async (_, at) => await refused({ ...bare, idNumber: `RACE-${at}`, email: 'race@example.test' }),
    ),
  )
  assert.equal(outcomes.filter((outcome) => outcome === 'made').length, 1)
  assert.equal(outcomes.filter((outcome) => outcome === 'identifier_taken email').length, 19)
})

const broken: readonly (readonly [field: string, change: Partial<CreateAccount>])[] = [
  ['first_name', { firstName: ' ' }],
  ['last_name', { lastName: 'x'.repeat(101) }],
  ['surname', { surname: 'a\0b' }],
  ['id_number', { idNumber: '1;' }],
  ['email', { email: 'nobody' }],
  ['phone', { phone: '+254700000088' }],
  ['kra_pin', { kraPin: 'A-1' }],
  ['born_on', { bornOn: '1990-02-30' }],
  ['number', { number: 2 ** 31 }],
  ['id', { id: 'me' }],
]

for (const [field, change] of broken) {
  test(`a broken ${field} is refused by name`, async () => {
    assert.equal(await refused({ ...bare, idNumber: 'BROKEN-1', ...change }), `field_invalid ${field}`)
  })
}

test('a weak password makes no account', async () => {
  assert.equal(await refused({ ...bare, idNumber: 'WEAK-1', password: '12345678' }), 'password_weak password')
  assert.equal(await refused({ ...bare, idNumber: 'WEAK-1' }), 'made')
})

test('an account without a password does not sign in, whatever is typed', async () => {
  await register(town.deps, { ...bare, idNumber: 'NOPASS-1' })
  assert.equal((await town.browser().signIn('NOPASS-1', 'null')).status, 403)
})
