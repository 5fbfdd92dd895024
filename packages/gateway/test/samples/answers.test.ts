/** What the documents say that a call answers is what it answers. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { documentCases, pressedBack, redirectCases, redirectedWith } from './document-cases.ts'
import { read, tableRows } from './documents.ts'
import { formIn } from './form.ts'
import { ask, encodings, hashOf } from '../merchant-desk.ts'
import { pesaflow as wire } from '@lango/wire'
import { openSampleTown, type SampleTown } from './sample-town.ts'

let town: SampleTown
before(async () => {
  town = await openSampleTown()
})
after(async () => {
  await town.close()
})

for (const [file, cases] of Object.entries(documentCases)) {
  const rows = tableRows(read(`docs/${file}`), ['case', 'status', 'body'])
  test(`${file} has a line for each case, and a case for each line`, () => {
    assert.deepEqual(new Set(rows.map(([name]) => name)), new Set(Object.keys(cases)))
    assert.equal(rows.length, Object.keys(cases).length)
  })
  for (const [name = '', status = '', body = ''] of rows) {
    test(`${file}, ${name}: ${status}`, async () => {
      const heard = await cases[name]?.(town)
      assert.equal(heard?.status, Number(status), heard?.text)
      assert.deepEqual(without('mend', heard.body, JSON.parse(body)), JSON.parse(body))
    })
  }
}

test('sign-in.md says with what the browser is sent back', async () => {
  const rows = tableRows(read('docs/sign-in.md'), ['sent back', 'when'])
  assert.equal(rows.length, Object.keys(redirectCases).length + 1)
  for (const [code = '', when = ''] of rows) {
    const changed = redirectCases[when]
    const came = changed === undefined ? await pressedBack(town) : await redirectedWith(town, changed)
    assert.ok(changed !== undefined || when === 'she pressed Back', when)
    assert.equal(came['error'], code, when)
    assert.equal(came['state'], 'a-state')
    assert.equal(came['iss'], town.world.url)
  }
})

test('the members of the example answers are those of real ones', async () => {
  const checkout = await town.desk.checkout()
  const number = String(checkout.body['invoice_number'])
  const token = await town.accessToken()
  const info = await ask(`${town.world.url}/api/userinfo?access_token=${token}`)
  const status = await town.desk.status(number)
  const { body } = await town.notice()
  const bearer = await ask(town.world.url + wire.paths.token, encodings.json(town.town.merchant.keys))
  const known = await ask(
    `${town.world.url}/api/oauth/token/introspect`,
    encodings.form({
      token,
      client_id: town.application.clientId,
      client_secret: town.application.secret,
    }),
  )
  const examples = [
    ['checkout.md', 'invoice_link', checkout.body],
    ['checkout.md', 'expiry', bearer.body],
    ['sign-in.md', 'first_name', info.body],
    ['sign-in.md', 'active": true,\n  "scope', known.body],
    ['status.md', 'ref_no', status.body],
    ['notices.md', 'secure_hash', JSON.parse(body)],
  ] as const
  for (const [file, mark, real] of examples) {
    assert.deepEqual(namesIn(exampleWith(file, mark)), namesIn(real), file)
  }
})

test('the form in HTML, filled in, opens the payment page', async () => {
  const settings = town.merchant()
  const said = Object.fromEntries(
    wire.recipes.checkout.fields.map((field) => [field, settings[settingOf[field]] ?? '']),
  )
  const hash = hashOf(wire.recipes.checkout, said, town.town.merchant.keys)
  const filled: Readonly<Record<string, string>> = { ...settings, SECURE_HASH: hash }
  const page = read('docs/samples/checkout-form/checkout-form.html').replaceAll(
    /\{\{([A-Z_]+)\}\}/g,
    (_, name: string) => escaped(filled[name] ?? assert.fail(name)),
  )
  const { action, fields } = formIn(page)
  const { status, type, text } = await ask(action, encodings.form(fields))
  assert.equal(status, 200, text)
  assert.match(type, /^text\/html/)
})

const settingOf = {
  apiClientID: 'API_CLIENT_ID',
  amountExpected: 'AMOUNT',
  serviceID: 'SERVICE_ID',
  clientIDNumber: 'CLIENT_ID_NUMBER',
  currency: 'CURRENCY',
  billRefNumber: 'BILL_REF',
  billDesc: 'BILL_DESC',
  clientName: 'CLIENT_NAME',
} as const

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** The answer without what only a sandbox adds, and with `…` where the document leaves a value open. */
function without(name: string, answer: Readonly<Record<string, unknown>>, said: unknown): unknown {
  const open = Object.entries(said as Readonly<Record<string, unknown>>).filter(([, value]) => value === '…')
  const { [name]: _gone, ...rest } = answer
  for (const [member] of open) assert.equal(typeof rest[member], 'string')
  return { ...rest, ...Object.fromEntries(open) }
}

/** The JSON block of a document in which a text stands. */
function exampleWith(file: string, mark: string): unknown {
  const blocks = [...read(`docs/${file}`).matchAll(/```json\n([\s\S]*?)```/g)].map(([, block = '']) => block)
  const found = blocks.find((block) => block.includes(`"${mark}`))
  assert.ok(found !== undefined, `${file} has an example with ${mark}`)
  return JSON.parse(found)
}

function namesIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(namesIn)
  if (typeof value !== 'object' || value === null) return null
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, namesIn(each)]))
}
