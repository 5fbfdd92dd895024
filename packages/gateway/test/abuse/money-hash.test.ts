import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  dataString,
  matchingEncoding,
  pesaflow as wire,
  secureHash,
  type Keys,
  type Recipe,
} from '@lango/wire'
import { toDate } from '../../src/base/time.ts'
import { rotateApiKey } from '../../src/core/organization/create-api-client.ts'
import {
  ask,
  encodings,
  hashOf,
  mac,
  merchantDesk,
  type Heard,
  type MerchantDesk,
  type Said,
} from '../merchant-desk.ts'
import { nairobi } from '../refusals/payment-cases.ts'
import { buildTown, must, openWorld, type Town, type World } from '../world.ts'

let world: World
let town: Town
let desk: MerchantDesk
let number: string

before(async () => {
  world = await openWorld({ mode: 'live' })
  town = await buildTown(world.deps)
  desk = merchantDesk(world, town)
  number = String((await desk.checkout({ billRefNumber: 'HASHED-1' })).body['invoice_number'])
})
after(async () => {
  await world.close()
})

/** The four signed messages: what they say, who signs them, where they go, how they are refused. */
type Signed = {
  readonly recipe: Recipe
  readonly path: string
  readonly hashField: string
  readonly keys: () => Keys
  readonly said: (keys?: Keys) => Said
  readonly isRefused: (heard: Heard) => boolean
}

let count = 0
const error = ({ status, body }: Heard) => status === 401 && body['error'] === 'Invalid Hash'
const described = ({ status, body }: Heard) => status === 401 && body['description'] === 'Invalid Hash'
const fromBank = (more: Said): Said => ({
  api_client_id: town.bank.apiClientId,
  ref_no: number,
  amount: '1.00',
  currency: 'KES',
  ...more,
})

function confirming(): Said {
  count += 1
  return fromBank({
    gateway_transaction_id: `HASH-TX-${count}`,
    gateway_transaction_date: nairobi(toDate(world.deps.clock.now())),
    customer_name: 'Wanjiku Kamau',
    customer_account_number: '254700000001',
  })
}

const messages: Readonly<Record<string, Signed>> = {
  checkout: {
    recipe: wire.recipes.checkout,
    path: wire.paths.checkout[0],
    hashField: 'secureHash',
    keys: () => town.merchant.keys,
    said: () => desk.order(),
    isRefused: error,
  },
  status: {
    recipe: wire.recipes.status,
    path: wire.paths.status[0],
    hashField: 'secure_hash',
    keys: () => town.merchant.keys,
    said: () => ({ api_client_id: town.merchant.apiClientId, ref_no: 'HASHED-1' }),
    isRefused: error,
  },
  validate: {
    recipe: wire.recipes.validate,
    path: wire.paths.validate,
    hashField: 'secure_hash',
    keys: () => town.bank.keys,
    said: () => fromBank({}),
    isRefused: described,
  },
  confirm: {
    recipe: wire.recipes.confirm,
    path: wire.paths.confirm,
    hashField: 'secure_hash',
    keys: () => town.bank.keys,
    said: confirming,
    isRefused: described,
  },
}

const send = async ({ path, hashField }: Signed, said: Said, hash: string): Promise<Heard> =>
  await ask(desk.url(path), encodings.form({ ...said, [hashField]: hash }))

/** Other spellings of the right digest, and things that are no digest. */
function wrongHashes(recipe: Recipe, said: Said, keys: Keys): Readonly<Record<string, string>> {
  const right = hashOf(recipe, said, keys)
  const text = dataString(recipe, said, keys.secret)
  const digest = createHmac('sha256', keys.key).update(text).digest()
  const hex = digest.toString('hex')
  return {
    'plain hex': hex,
    'upper-case hex': hex.toUpperCase(),
    'base64 of upper-case hex': Buffer.from(hex.toUpperCase()).toString('base64'),
    'base64 of the raw digest': digest.toString('base64'),
    'lower-cased base64': right.toLowerCase(),
    'base64url without padding': Buffer.from(hex).toString('base64url'),
    'one character short': right.slice(0, -1),
    'one character long': `${right}=`,
    'a blank behind': `${right} `,
    'a line break behind, percent-encoded': `${right}\u00a0`,
    'one bit off': right.slice(0, 20) + (right.charAt(20) === 'A' ? 'B' : 'A') + right.slice(21),
    'base64 of something else': Buffer.from('x'.repeat(64)).toString('base64'),
    'no base64 at all': '!'.repeat(88),
    'a word': 'abc',
    'the key as a plain hash': createHmac('md5', keys.key).update(text).digest('hex'),
    'the hash under the secret': secureHash(recipe, said, { ...keys, key: keys.secret }, mac),
    'the hash without the secret': hashOf(
      { ...recipe, secret: recipe.secret === 'none' ? 'appended' : 'none' },
      said,
      keys,
    ),
  }
}

for (const [name, message] of Object.entries(messages)) {
  test(`[money 34] ${name}: every other spelling of the hash, and every wrong one, answers 401 Invalid Hash`, async () => {
    const said = message.said()
    for (const [what, hash] of Object.entries(wrongHashes(message.recipe, said, message.keys()))) {
      const heard = await send(message, said, hash)
      assert.ok(message.isRefused(heard), `${what}: ${heard.status} ${heard.text}`)
      assert.equal('mend' in heard.body, false, 'a live house explains no wrong hash')
    }
    const heard = await send(message, said, hashOf(message.recipe, said, message.keys()))
    assert.equal(heard.status, 200, heard.text)
  })

  test(`[money 36] ${name}: every hashed field changed by one character answers 401`, async () => {
    const said = message.said()
    const hash = hashOf(message.recipe, said, message.keys())
    for (const field of message.recipe.fields) {
      const value = said[field] ?? ''
      const changed = /[0-9]/.test(value)
        ? value.replace(/[1-9](?=[^1-9]*$)/, (digit) => String((Number(digit) % 9) + 1))
        : `${value}x`
      if (changed === value || field === 'currency') continue
      const heard = await send(message, { ...said, [field]: changed }, hash)
      assert.ok([401, 400, 422].includes(heard.status), `${field}=${changed}: ${heard.status} ${heard.text}`)
    }
  })

  test(`[money 45] ${name}: another client's key, and an unknown client, answer as a wrong hash does`, async () => {
    const other = await buildTown(world.deps, { name: `other-${name}` })
    const said = message.said()
    const foreign = message.keys() === town.bank.keys ? other.bank : other.merchant
    assert.ok(message.isRefused(await send(message, said, hashOf(message.recipe, said, foreign.keys))))
    const idField = message.recipe.fields[0] ?? ''
    const unknown = { ...said, [idField]: 'nobody' }
    assert.ok(
      message.isRefused(await send(message, unknown, hashOf(message.recipe, unknown, message.keys()))),
    )
  })
}

test('[money 45] a disabled client is gone at once', async () => {
  const closing = merchantDesk(world, await buildTown(world.deps, { name: 'closing' }))
  assert.equal((await closing.checkout()).status, 200)
  await world.deps.db.query(
    { name: 'disable_for_test', text: 'update api_client set disabled_at = now() where id = $1' },
    [closing.town.merchant.apiClientId],
  )
  assert.ok(error(await closing.checkout()))
})

test('[money 44] while a key is rotated both are live; when the overlap ends only the new one is', async () => {
  const rotating = merchantDesk(world, await buildTown(world.deps, { name: 'rotating' }))
  const { apiClientId, keys: old } = rotating.town.merchant
  const fresh = must(await rotateApiKey(world.deps, { apiClientId, overlap: { seconds: 60 } }))
  assert.equal((await rotating.post(rotating.sign(rotating.order(), old))).status, 200)
  assert.equal((await rotating.post(rotating.sign(rotating.order(), fresh))).status, 200)
  const mixed = { key: fresh.key, secret: old.secret }
  assert.ok(
    error(await rotating.post(rotating.sign(rotating.order(), mixed))),
    'halves of two pairs are no pair',
  )
  world.clock.advance(61)
  assert.ok(error(await rotating.post(rotating.sign(rotating.order(), old))))
  assert.equal((await rotating.post(rotating.sign(rotating.order(), fresh))).status, 200)
  world.clock.advance(-61)
})

test('[money 34] a client with the lenient switch may spell the digest in three ways, and no others', async () => {
  const lenient = merchantDesk(world, await buildTown(world.deps, { name: 'lenient', lenientHash: true }))
  const accepted = new Set(['plain hex', 'upper-case hex', 'base64 of the raw digest'])
  const said = lenient.order()
  const spellings = wrongHashes(wire.recipes.checkout, said, lenient.town.merchant.keys)
  for (const [what, hash] of Object.entries(spellings)) {
    const { status } = await lenient.post({ ...said, secureHash: hash })
    assert.equal(status, accepted.has(what) ? 200 : 401, what)
  }
})

test('[money 35] the comparison reads as many bytes whether the first or the last one differs', () => {
  const right = mac('key', 'text')
  const readsOf = (given: Uint8Array): number => {
    let reads = 0
    const counted = new Proxy(right, {
      get: (target, name) => {
        if (typeof name === 'string' && /^\d+$/.test(name)) reads += 1
        return Reflect.get(target, name, target) as unknown
      },
    })
    const spelt = Buffer.from(Buffer.from(given).toString('hex')).toString('base64')
    const isRight = Buffer.from(given).equals(right)
    assert.equal(matchingEncoding(counted, spelt), isRight ? 'base64-of-hex' : null)
    return reads
  }
  const wrongAt = (place: number) => right.map((byte, at) => (at === place ? byte ^ 1 : byte))
  assert.equal(readsOf(right), 32)
  for (const place of [0, 1, 15, 31]) assert.equal(readsOf(wrongAt(place)), 32)
})
