import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow as wire } from '@lango/wire'
import {
  ask,
  encodings,
  merchantDesk,
  type Heard,
  type MerchantDesk,
  type Said,
} from '../../merchant-desk.ts'
import { buildTown, openWorld, type World } from '../../world.ts'

let world: World
let desk: MerchantDesk

before(async () => {
  world = await openWorld()
  desk = merchantDesk(world, await buildTown(world.deps))
})
after(async () => {
  await world.close()
})

const tokenUrl = () => desk.url(wire.paths.token)
const tokenOf = async (keys: Said = desk.town.merchant.keys): Promise<string> =>
  String((await ask(tokenUrl(), encodings.json(keys))).body['token'])

for (const [name, encode] of Object.entries(encodings)) {
  test(`key and secret as ${name} buy a token for 3599 seconds, under the names of both worlds`, async () => {
    const { status, body } = await ask(tokenUrl(), encode(desk.town.merchant.keys))
    assert.equal(status, 200)
    const { token } = body
    assert.match(String(token), /^[\w-]+\.[\w-]+\.[\w-]+$/)
    assert.deepEqual(body, {
      token,
      expiry: 3599,
      access_token: token,
      expires_in: 3599,
      token_type: 'Bearer',
    })
  })
}

test('wrong credentials answer 422, whichever half is wrong, and tell nothing apart', async () => {
  const { key, secret } = desk.town.merchant.keys
  const stranger = desk.town.bank.keys
  for (const keys of [
    { key, secret: 'wrong' },
    { key: 'wrong', secret },
    { key, secret: stranger.secret },
    { key: stranger.key, secret },
    { key: secret, secret: key },
    { key: `${key} `.trim().toUpperCase(), secret },
  ]) {
    const { status, body } = await ask(tokenUrl(), encodings.json(keys))
    assert.deepEqual([status, body], [422, { error: 'the key or the secret is wrong' }])
  }
})

test('a missing or broken half answers 422 and names it', async () => {
  const { key, secret } = desk.town.merchant.keys
  for (const [keys, field] of [
    [{ key }, 'secret'],
    [{ secret }, 'key'],
    [{ key: '', secret }, 'key'],
    [{ key, secret: 'with a blank' }, 'secret'],
  ] as const) {
    const { status, body } = await ask(tokenUrl(), encodings.json(keys))
    assert.deepEqual([status, body['field']], [422, field])
  }
})

const withBearer = async (authorization: string, more: Said = {}): Promise<Heard> => {
  const request = encodings.form(desk.sign(desk.order(more)))
  return await ask(desk.checkoutUrl, { ...request, headers: { ...request.headers, authorization } })
}

test('a valid Bearer beside the hash is welcome, in any case of its scheme', async () => {
  const token = await tokenOf()
  for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
    assert.equal((await withBearer(`${scheme} ${token}`)).status, 200)
  }
})

test('a Bearer that is sent must be valid, and never replaces the hash', async () => {
  const token = await tokenOf()
  const [head = '', payload = '', signature = ''] = token.split('.')
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
  const forever = Buffer.from(`{"id":"${desk.town.merchant.apiClientId}","exp":9999999999}`).toString(
    'base64url',
  )
  const wrong = {
    'nothing behind the scheme': 'Bearer ',
    'no scheme': token,
    'another scheme': `Basic ${Buffer.from('a:b').toString('base64')}`,
    'no token': 'Bearer x',
    'a token cut short': `Bearer ${token.slice(0, -1)}`,
    'another header': `Bearer ${none}.${payload}.${signature}`,
    'no signature': `Bearer ${none}.${payload}.`,
    'another payload': `Bearer ${head}.${forever}.${signature}`,
    'a fourth part': `Bearer ${token}.x`,
    'the bank’s token': `Bearer ${await tokenOf(desk.town.bank.keys)}`,
  }
  for (const [what, authorization] of Object.entries(wrong)) {
    const { status, body } = await withBearer(authorization)
    assert.deepEqual([status, body], [401, { error: 'the Bearer token is not valid' }], what)
  }
  const request = encodings.form({ ...desk.sign(desk.order()), secureHash: 'A'.repeat(88) })
  const unsigned = await ask(desk.checkoutUrl, {
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${token}` },
  })
  assert.deepEqual([unsigned.status, unsigned.body['error']], [401, 'Invalid Hash'])
})

test('a token ends after its hour', async () => {
  const token = await tokenOf()
  world.clock.advance(3598)
  assert.equal((await withBearer(`Bearer ${token}`)).status, 200)
  world.clock.advance(2)
  assert.equal((await withBearer(`Bearer ${token}`)).status, 401)
})

test('a client that guesses at secrets is slowed down', async () => {
  const statuses: number[] = []
  for (let tries = 0; tries < 70; tries += 1) {
    const { status } = await ask(
      tokenUrl(),
      encodings.json({ key: desk.town.merchant.keys.key, secret: `guess${tries}` }),
    )
    statuses.push(status)
  }
  assert.ok(statuses.includes(429))
})
