/** Lists in the documents that come from the code are the lists of the code. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { magicNumbers } from '@lango/simulators'
import { acts } from '../../src/core/audit/act.ts'
import { checks } from '../../src/cli/doctor-checks.ts'
import { commands } from '../../src/cli/commands.ts'
import { bank, legacy, password, people, shop } from '../../src/cli/demo-town.ts'
import { explainConfig } from '../../src/config.ts'
import { allowances } from '../../src/core/application/allowance.ts'
import { schedule } from '../../src/core/notice/notice.ts'
import { checkoutForm } from '../../src/dialects/pesaflow/forms.ts'
import { read, tableRows } from './documents.ts'

test('operations.md names every setting with its default and meaning', () => {
  const rows = tableRows(read('docs/operations.md'), ['setting', 'default', 'meaning'])
  const { settings } = explainConfig({})
  assert.deepEqual(
    rows,
    settings.map(({ name, default: fallback, meaning }) => [name, fallback, meaning]),
  )
})

test('operations.md names every command', () => {
  const rows = tableRows(read('docs/operations.md'), ['command', 'does'])
  assert.deepEqual(
    rows,
    commands.map(({ name, summary }) => [`lango ${name}`, summary]),
  )
})

test('operations.md names every check of the doctor', () => {
  const rows = tableRows(read('docs/operations.md'), ['check', 'asks'])
  assert.deepEqual(
    rows.map(([name]) => name),
    checks.map(({ name }) => name),
  )
})

test('audit.md names every act that is recorded', () => {
  const rows = tableRows(read('docs/audit.md'), ['act', 'when'])
  assert.deepEqual(Object.fromEntries(rows), acts)
})

test('sandbox.md tells what every magic number does', () => {
  const rows = tableRows(read('docs/sandbox.md'), ['number', 'what happens'])
  assert.deepEqual(
    rows,
    magicNumbers.map(({ msisdn, story }) => [msisdn, story]),
  )
})

test('sign-in.md names every allowance with its risk', () => {
  const rows = tableRows(read('docs/sign-in.md'), ['allowance', 'permits', 'risk'])
  assert.deepEqual(
    rows.map(([name, , risk]) => [name, risk]),
    Object.entries(allowances),
  )
})

test('checkout.md has every field with its rule, and says which must be there', () => {
  const rows = tableRows(read('docs/checkout.md'), ['field', 'must', 'hashed', 'rule'])
  const { properties, required } = checkoutForm.schema
  assert.deepEqual(new Set(rows.map(([name]) => name)), new Set(Object.keys(properties)))
  assert.equal(rows.length, Object.keys(properties).length)
  for (const [name = '', must, , rule = ''] of rows) {
    assert.equal(must === 'yes', (required as readonly string[]).includes(name), name)
    const { rule: own } = properties[name as keyof typeof properties] as unknown as { readonly rule: string }
    assert.ok(rule.startsWith(name === 'format' ? 'html, iframe or json' : own), `${name}: ${own}`)
  }
})

test('notices.md tells the waits between tries', () => {
  const waits = schedule.map(({ seconds }) => seconds)
  assert.deepEqual(waits, [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400])
  assert.match(
    read('docs/notices.md').replaceAll(/\s+/g, ' '),
    /5 seconds, 5 minutes, 30 minutes, then 2, 5, 10, 14, 20 and 24 hours/,
  )
})

test('getting-started.md has the demo keys and people as they are', () => {
  const text = read('docs/getting-started.md')
  const { apiClientId, key, secret, serviceCode, webhookSecret, clientId, clientSecret } = shop
  const ofShop = [apiClientId, key, secret, serviceCode, webhookSecret, clientId, clientSecret]
  const ofOthers = [legacy.clientId, legacy.clientSecret, bank.apiClientId, bank.key, bank.secret, password]
  const values = [...ofShop, ...ofOthers, ...people.map(({ idNumber }) => idNumber)]
  for (const value of values) assert.ok(text.includes(`\`${value}\``), value)
})
