import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow as wire } from '@lango/wire'
import type { Log } from '../../src/core/ports.ts'
import { ask, encodings, hashOf, merchantDesk, type MerchantDesk, type Said } from '../merchant-desk.ts'
import { stage, type Stage } from '../refusals/payment-cases.ts'
import { buildTown, openWorld, type World } from '../world.ts'

let world: World
let desk: MerchantDesk
let at: Stage
const logged: string[] = []
const note = (event: string, fields?: Readonly<Record<string, unknown>>) => {
  logged.push(`${event} ${JSON.stringify(fields ?? {})}`)
}
const log: Log = { info: note, warn: note, error: note }

before(async () => {
  world = await openWorld({ log })
  desk = merchantDesk(world, await buildTown(world.deps))
  at = await stage(world)
})
after(async () => {
  await world.close()
})

const formOf = (said: Said): string => new URLSearchParams(said).toString()
const sendText = async (body: string) => await ask(desk.checkoutUrl, { ...encodings.form({}), body })

test('[money 36] a blank may be a plus sign or %20; a plus sign must be %2B', async () => {
  const blanks = desk.sign(desk.order({ billDesc: 'Plot 7 rates' }))
  assert.ok(formOf(blanks).includes('Plot+7+rates'))
  assert.equal((await sendText(formOf(blanks))).status, 200)
  assert.equal((await sendText(formOf(blanks).replaceAll('+', '%20'))).status, 200)
  const plus = desk.sign(desk.order({ billDesc: 'Plot 7+8' }))
  assert.equal((await sendText(formOf(plus))).status, 200)
  assert.equal((await sendText(formOf(plus).replace('7%2B8', '7+8'))).status, 401)
})

test('[money 36] markup that was escaped on its way is another text than was hashed', async () => {
  const said = desk.sign(desk.order({ billDesc: 'Rates & fees <2026>' }))
  assert.equal((await desk.post(said)).status, 200)
  const escaped = { ...desk.sign(desk.order({ billDesc: 'Rates & fees' })), billDesc: 'Rates &amp; fees' }
  assert.equal((await desk.post(escaped)).status, 401)
})

test('[money 36] a composed name under the hash of a decomposed one answers 401', async () => {
  const said = desk.sign(desk.order({ clientName: 'José' }))
  assert.equal((await desk.post({ ...said, clientName: 'José'.normalize('NFD') })).status, 401)
})

test('[money 36] line ends in a description answer 422, whichever they are', async () => {
  for (const end of ['\r\n', '\n', '\r', '\u0085']) {
    const { status, body } = await desk.checkout({ billDesc: `two${end}lines` })
    assert.deepEqual([status, body['field']], [422, 'billDesc'])
  }
})

test('[money 37] a proxy that trims what was hashed is told so in the sandbox', async () => {
  const said = desk.sign(desk.order({ billDesc: ' Plot 7 ', clientName: 'Wanjiku Kamau ' }))
  assert.equal((await desk.post(said)).status, 200)
  const trimmed = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, value.trim()]))
  assert.equal(
    (await desk.post({ ...trimmed, billRefNumber: `${said['billRefNumber'] ?? ''}-2` })).status,
    401,
  )
  const hashedTrimmed = desk.sign(desk.order({ billDesc: 'Plot 7' }))
  const heard = await desk.post({ ...hashedTrimmed, billDesc: ' Plot 7 ' })
  assert.equal(heard.status, 401)
  const mend = heard.body['mend'] as Readonly<Record<string, string>>
  assert.match(mend['hint'] ?? '', /blank/i)
  assert.ok(!heard.text.includes(desk.town.merchant.keys.secret), 'the secret is blanked')
  assert.ok(!heard.text.includes(desk.town.merchant.keys.key))
})

test('[money 38] a repeated parameter is refused, first or last, even if it is the same', async () => {
  const said = desk.sign(desk.order())
  for (const extra of ['amountExpected=1', 'amountExpected=100.00', 'secureHash=x']) {
    const name = extra.slice(0, extra.indexOf('='))
    for (const body of [`${formOf(said)}&${extra}`, `${extra}&${formOf(said)}`]) {
      const { status, body: answer } = await sendText(body)
      assert.deepEqual([status, answer], [422, { error: `${name}: send it once`, field: name }])
    }
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(said)) form.append(name, value)
  form.append('amountExpected', '1')
  assert.equal((await ask(desk.checkoutUrl, { method: 'POST', body: form })).status, 422)
})

test('[money 38] array parameters do not stand for their texts', async () => {
  const { amountExpected = '', ...rest } = desk.sign(desk.order())
  for (const name of ['amountExpected[]', 'amountExpected[0]', 'AMOUNTEXPECTED']) {
    const { status, body } = await desk.post({ ...rest, [name]: amountExpected })
    assert.deepEqual([status, body['error']], [422, 'amountExpected: it is required'])
  }
  const listed = await ask(desk.checkoutUrl, encodings.json({ ...rest, amountExpected: [amountExpected] }))
  assert.deepEqual([listed.status, listed.body['error']], [422, 'amountExpected: it is required'])
})

test('[money 39] an absent field is no empty one: a hash over nothing buys nothing', async () => {
  const said = at.confirming({ ref_no: await at.bill() })
  for (const field of wire.recipes.confirm.fields) {
    const { [field]: _left, ...rest } = said
    const hash = hashOf(wire.recipes.confirm, rest, at.town.bank.keys)
    const absent = await at.send(wire.paths.confirm, { ...rest, secure_hash: hash })
    assert.deepEqual([absent.status, absent.body['description']], [400, `${field}: it is required`])
    const empty = await at.send(wire.paths.confirm, { ...rest, [field]: '', secure_hash: hash })
    assert.equal(empty.status, 400)
    assert.match(String(empty.body['description']), new RegExp(`^${field}: `))
  }
})

test('[money 40] a notification address that the organization did not register is refused under a valid hash', async () => {
  const said = desk.sign(desk.order())
  const lookAlikes = [
    'https://attacker.example/notices',
    `${desk.town.shop}.attacker.example/notices`,
    desk.town.shop.replace('http:', 'https:') + '/notices',
    desk.town.shop.replace(':9', ':90') + '/notices',
    desk.town.shop.replace('//', '//user:word@') + '/notices',
    desk.town.shop.replace('//', `//${desk.town.shop.slice(7)}@attacker.example/`),
  ]
  for (const notificationURL of lookAlikes) {
    const { status, body } = await desk.post({ ...said, notificationURL })
    assert.deepEqual(
      [status, body['error']],
      [422, 'notificationURL: its origin is not registered'],
      notificationURL,
    )
    assert.equal(body['field'], 'notificationURL')
  }
})

test('[money 41] a return address that the organization did not register is refused: no open redirect', async () => {
  const said = desk.sign(desk.order())
  for (const address of [
    'https://attacker.example/paid',
    `${desk.town.shop}@attacker.example/`,
    'http://localhost:9/',
  ]) {
    const { status, body } = await desk.post({ ...said, callBackURLOnSuccess: address })
    assert.deepEqual(
      [status, body['error']],
      [422, 'callBackURLOnSuccess: its origin is not registered'],
      address,
    )
  }
})

test('an address on a registered origin may have any path and query, and hers stays as she wrote it', async () => {
  const { shop } = desk.town
  const said = desk.order({
    notificationURL: `${shop}/a/b?x=1&y=2`,
    callBackURLOnSuccess: `${shop}/ok?ref=%20&x=1`,
  })
  assert.equal((await desk.post(desk.sign(said))).status, 200)
})

test('[money 42] a status query leaves neither its hash nor its reference in the log, and sends no Referer on', async () => {
  const made = await desk.checkout({ billRefNumber: 'UNLOGGED-1' })
  assert.equal(made.status, 200)
  const said = desk.statusSaid('UNLOGGED-1')
  const answer = await fetch(`${desk.url(wire.paths.status[0])}?${formOf(said)}`)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('referrer-policy'), 'no-referrer')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  for (const secret of ['UNLOGGED-1', said['secure_hash'] ?? '']) {
    assert.deepEqual(
      logged.filter((line) => line.includes(secret)),
      [],
    )
  }
})

test('[money 91] a secret that a client sends along is neither echoed nor logged, whatever becomes of the request', async () => {
  const secretKey = 'sent-along-by-mistake-1'
  const said = { ...desk.sign(desk.order()), secretKey, secret: secretKey, key: secretKey }
  const heard = [
    await desk.post(said),
    await desk.post({ ...said, secureHash: 'x' }),
    await desk.post({ ...said, currency: 'x' }),
    await ask(desk.checkoutUrl, encodings.json({ ...said, format: 'html' })),
    await ask(`${desk.checkoutUrl}?secretKey=${secretKey}`, encodings.json('{')),
  ]
  assert.deepEqual(
    heard.map(({ status }) => status),
    [200, 401, 422, 200, 400],
  )
  assert.deepEqual(
    heard.filter(({ text }) => text.includes(secretKey)),
    [],
  )
  assert.deepEqual(
    logged.filter((line) => line.includes(secretKey)),
    [],
  )
})
