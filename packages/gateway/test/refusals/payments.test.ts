import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { pesaflow as wire } from '@lango/wire'
import { toDate } from '../../src/base/time.ts'
import { openWorld, type World } from '../world.ts'
import { nairobi, stage, type Answer, type Stage } from './payment-cases.ts'

let world: World
let at: Stage
before(async () => {
  world = await openWorld()
  at = await stage(world)
})
after(async () => {
  await world.close()
})

const day = 86_400_000
const dated = (days: number) => nairobi(new Date(toDate(world.deps.clock.now()).getTime() + days * day))
const broken = (said: Readonly<Record<string, string>>) => ({ ...said, secure_hash: `${'A'.repeat(87)}=` })
const without = (said: Readonly<Record<string, string>>, name: string) =>
  Object.fromEntries(Object.entries(said).filter(([field]) => field !== name))

/** How each line of the table in docs/payments.md comes about. */
const cases: Readonly<Record<string, () => Promise<Answer>>> = {
  'validate: an unpaid bill': async () => await at.validate({ ref_no: await at.bill() }),
  'validate: a partly paid bill': async () => {
    const answer = await at.validate({ ref_no: await at.paid('40.00') })
    assert.deepEqual(answer.body['data'], { amount: '65.00', name: 'Wanjiku Kamau', currency: 'KES' })
    return answer
  },
  'validate: another amount than is owed': async () =>
    await at.validate({ ref_no: await at.bill(), amount: '1' }),
  'validate: an unknown reference': async () => await at.validate({ ref_no: 'NWQTYU' }),
  'validate: a bill of an organization that the bank is not linked to': async () =>
    await at.validate({ ref_no: await at.bill() }, at.stranger.bank),
  'validate: a paid bill': async () => await at.validate({ ref_no: await at.paid() }),
  'validate: a cancelled bill': async () => await at.validate({ ref_no: await at.cancelled() }),
  'validate: an expired bill': async () => await at.validate({ ref_no: await at.bill({ expired: true }) }),
  "validate: another currency than the bill's": async () =>
    await at.validate({ ref_no: await at.bill(), currency: 'USD' }),
  'validate: a wrong hash': async () =>
    await at.send(wire.paths.validate, broken(at.validating({ ref_no: await at.bill() }))),
  'validate: an unknown client': async () =>
    await at.validate({ ref_no: 'NWQTYU' }, { ...at.town.bank, apiClientId: 'nobody' }),
  "validate: a merchant's key": async () => await at.validate({ ref_no: 'NWQTYU' }, at.town.merchant),
  'validate: a missing field': async () =>
    await at.send(wire.paths.validate, without(at.validating({ ref_no: 'NWQTYU' }), 'amount')),
  'validate: an amount with a leading zero': async () =>
    await at.validate({ ref_no: 'NWQTYU', amount: '0105.00' }),
  'validate: a body that is not JSON': async () => await at.send(wire.paths.validate, '{"api_client_id":'),
  'confirm: the whole amount of a bill': async () => await at.confirm({ ref_no: await at.bill() }),
  'confirm: a part of it': async () => await at.confirm({ ref_no: await at.bill(), amount: '40.00' }),
  'confirm: more than is owed': async () => await at.confirm({ ref_no: await at.bill(), amount: '500.00' }),
  'confirm: the same again': async () => {
    const said = at.confirming({ ref_no: await at.bill() })
    await at.send(wire.paths.confirm, said)
    return await at.send(wire.paths.confirm, said)
  },
  'confirm: the same again with the amount written otherwise': async () => {
    const said = {
      ref_no: await at.bill(),
      gateway_transaction_id: 'OTHERWISE-1',
      gateway_transaction_date: dated(0),
    }
    await at.confirm({ ...said, amount: '105.00' })
    return await at.confirm({ ...said, amount: '105' })
  },
  'confirm: without a validate before it': async () => await at.confirm({ ref_no: await at.bill() }),
  'confirm: a paid bill': async () => await at.confirm({ ref_no: await at.paid() }),
  'confirm: a cancelled bill': async () => await at.confirm({ ref_no: await at.cancelled() }),
  'confirm: an expired bill': async () => await at.confirm({ ref_no: await at.bill({ expired: true }) }),
  'confirm: an unknown reference': async () => await at.confirm({ ref_no: 'NWQTYU' }),
  "confirm: another currency than the bill's": async () =>
    await at.confirm({ ref_no: await at.bill(), currency: 'USD' }),
  'confirm: a bill of an organization that the bank is not linked to': async () =>
    await at.confirm({ ref_no: await at.bill() }, at.stranger.bank),
  'confirm: the same transaction id from another bank': async () => {
    await at.confirm({ ref_no: await at.bill(), gateway_transaction_id: 'SHARED-1' })
    return await at.confirm({ ref_no: await at.bill(), gateway_transaction_id: 'SHARED-1' }, at.other.bank)
  },
  'confirm: the same transaction id with another amount': async () => {
    const said = { ref_no: await at.bill(), gateway_transaction_id: 'CLASH-1' }
    await at.confirm({ ...said, amount: '10.00' })
    return await at.confirm({ ...said, amount: '20.00' })
  },
  'confirm: the same transaction id for another bill': async () => {
    await at.confirm({ ref_no: await at.bill(), gateway_transaction_id: 'CLASH-2' })
    return await at.confirm({ ref_no: await at.bill(), gateway_transaction_id: 'CLASH-2' })
  },
  'confirm: the same transaction id with another date': async () => {
    const said = { ref_no: await at.bill(), gateway_transaction_id: 'CLASH-3' }
    await at.confirm({ ...said, gateway_transaction_date: dated(-1) })
    return await at.confirm({ ...said, gateway_transaction_date: dated(-2) })
  },
  'confirm: a wrong hash': async () =>
    await at.send(wire.paths.confirm, broken(at.confirming({ ref_no: await at.bill() }))),
  'confirm: an unknown client': async () =>
    await at.confirm({ ref_no: 'NWQTYU' }, { ...at.town.bank, apiClientId: 'nobody' }),
  "confirm: a merchant's key": async () => await at.confirm({ ref_no: await at.bill() }, at.town.merchant),
  'confirm: a missing field': async () =>
    await at.send(wire.paths.confirm, without(at.confirming({ ref_no: 'NWQTYU' }), 'customer_name')),
  'confirm: an amount of nothing': async () => await at.confirm({ ref_no: await at.bill(), amount: '0.00' }),
  'confirm: a negative amount': async () => await at.confirm({ ref_no: await at.bill(), amount: '-1' }),
  'confirm: an amount with three decimals': async () =>
    await at.confirm({ ref_no: await at.bill(), amount: '10.005' }),
  'confirm: a currency that is not served': async () =>
    await at.confirm({ ref_no: 'NWQTYU', currency: 'XYZ' }),
  'confirm: a day that does not exist': async () =>
    await at.confirm({ ref_no: 'NWQTYU', gateway_transaction_date: '2026-02-30 10:00:00' }),
  'confirm: a date without its time': async () =>
    await at.confirm({ ref_no: 'NWQTYU', gateway_transaction_date: '2026-02-20' }),
  'confirm: a date that lies ahead': async () =>
    await at.confirm({ ref_no: 'NWQTYU', gateway_transaction_date: dated(2) }),
  'confirm: a date of long ago': async () =>
    await at.confirm({ ref_no: 'NWQTYU', gateway_transaction_date: dated(-400) }),
  'confirm: a member that stands twice': async () => {
    const said = JSON.stringify(at.confirming({ ref_no: await at.bill() }))
    return await at.send(wire.paths.confirm, said.replace('{', '{"amount":"1",'))
  },
}

/** The rows of the table: call, case, status, description. */
const rows = readFileSync(new URL('../../../../docs/payments.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, call, , status]) => (call === 'validate' || call === 'confirm') && /^\d{3}$/.test(status ?? ''))

/** Shown by a test of its own: the switch closes the whole house. */
const elsewhere = new Set(['confirm: during maintenance'])

for (const [, call = '', name = '', status = '', description = ''] of rows) {
  const key = `${call}: ${name}`
  if (elsewhere.has(key)) continue
  test(`docs/payments.md: ${key} answers ${status} ${description}`, async () => {
    const run = cases[key]
    assert.ok(run, `the table has a line that no test executes: ${key}`)
    const answer = await run()
    assert.equal(answer.status, Number(status))
    assert.equal(answer.body['status'], Number(status))
    const said = String(answer.body['description'])
    if (description.endsWith('…')) assert.ok(said.startsWith(description.slice(0, -1).trim()), said)
    else assert.equal(said, description)
  })
}

test('docs/payments.md lists every case that is tested', () => {
  const listed = rows.map(([, call, name]) => `${call ?? ''}: ${name ?? ''}`)
  assert.deepEqual(
    Object.keys(cases).filter((name) => !listed.includes(name)),
    [],
  )
})
