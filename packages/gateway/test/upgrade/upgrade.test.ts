// The upgrade that operators do: the previous release serves, its database is migrated under it, the new release starts
// beside it on the same database, and in the end the previous one stops. Nobody who is served may notice.
import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { emptyDatabase } from '../cluster.ts'
import { releaseIn, unpackPrevious, type Gateway, type Release } from './release.ts'
import {
  desk,
  Doors,
  mustBeGood,
  obtain,
  renew,
  signIn,
  startTraffic,
  Visitor,
  type Cast,
  type Traffic,
} from './traffic.ts'

let previous: Release
let next: Release
let old: Gateway
let young: Gateway
let cast: Cast
let traffic: Traffic
const visitor = new Visitor()
const doors = new Doors()
const undo: (() => unknown)[] = []

/** Every answer of any process, and how long the longest was waited for. */
const heard = { answers: 0, faults: [] as string[], longestMs: 0 }
const began = new WeakMap<object, number>()

type Message = {
  readonly request: { readonly method: string; readonly origin: string; readonly path: string }
  readonly response: { readonly statusCode: number }
}
function sent(message: unknown): void {
  began.set((message as Message).request, performance.now())
}
function answered(message: unknown): void {
  const { request, response } = message as Message
  if (request.path === '/readyz') return
  heard.answers += 1
  heard.longestMs = Math.max(heard.longestMs, performance.now() - (began.get(request) ?? 0))
  if (response.statusCode >= 500)
    heard.faults.push(`${response.statusCode} ${request.method} ${request.path}`)
}

before(async () => {
  subscribe('undici:request:create', sent)
  subscribe('undici:request:headers', answered)
  const database = await emptyDatabase()
  undo.push(database.drop)
  const data = mkdtempSync(join(tmpdir(), 'lango-upgrade-'))
  undo.push(() => rmSync(data, { recursive: true, force: true }))
  const unpacked = await unpackPrevious()
  undo.push(unpacked.remove)
  const env = {
    DATABASE_URL: database.url,
    LANGO_DATA: data,
    LANGO_MASTER_KEY: Buffer.alloc(32, 'an upgrade').toString('hex'),
  }
  previous = releaseIn(unpacked.folder, env)
  next = releaseIn(fileURLToPath(new URL('../../../..', import.meta.url)), env)
})
after(async () => {
  unsubscribe('undici:request:create', sent)
  unsubscribe('undici:request:headers', answered)
  await traffic?.stop().catch(() => undefined)
  for (const each of undo.reverse()) await each()
})

async function start(release: Release): Promise<Gateway> {
  const gateway = await release.start()
  undo.push(gateway.stop)
  return gateway
}

/** With the commands of the previous release, as its operator did long ago. */
async function settle(): Promise<Cast> {
  const { make } = previous
  const shop = 'https://shop.example'
  const [merchant, bank] = await Promise.all([
    make('org', 'create', '--name', 'Ministry of Gates', '--origin', shop),
    make('org', 'create', '--name', 'Gate Bank', '--bank', '--serves-all'),
  ])
  const org = ['--org', merchant['organization'] ?? ''] as const
  const fee = JSON.stringify({ kind: 'flat', fee: '500' })
  const back = `${shop}/back`
  const person = [
    '--first-name',
    'Wanjiku',
    '--last-name',
    'Kamau',
    '--email',
    'wanjiku@example.test',
  ] as const
  const [identifier, password] = ['00000011', 'wanjiku opens the gate']
  const [service, application] = await Promise.all([
    make('service', 'create', ...org, '--name', 'Land rates', '--fee', fee),
    make('app', 'create', ...org, '--name', 'Land Search', '--redirect-uri', back),
    make('account', 'create', ...person, '--id-number', identifier, '--password', password),
  ])
  const caller = (made: typeof bank) => ({
    organizationId: made['organization'] ?? '',
    apiClientId: made['apiClientId'] ?? '',
    keys: { key: made['key'] ?? '', secret: made['secret'] ?? '' },
  })
  return {
    application: {
      clientId: application['clientId'] ?? '',
      secret: application['clientSecret'] ?? '',
      redirectUri: back,
    },
    town: { merchant: caller(merchant), bank: caller(bank), serviceCode: service['service'] ?? '', shop },
    identifier,
    password,
  }
}

test('the previous release serves on a database that it made', async () => {
  old = await start(previous)
  cast = await settle()
  doors.set(old.url)
  await signIn(visitor, old.url, cast)
  traffic = startTraffic(doors, cast, visitor)
  await traffic.wholeRounds(2)
})

test('the migrations run while it serves, and the new release starts beside it', async () => {
  const before = {
    tokens: await obtain(visitor, cast, [old.url, old.url]),
    bill: await desk(cast).bill(old.url),
  }
  await next.lango('migrate')
  await traffic.wholeRounds(3)
  young = await start(next)
  await mustBeGood(before.tokens, cast, young.url)
  const renewed = await renew(before.tokens, cast, young.url)
  await mustBeGood(renewed, cast, old.url)
  const { payment, confirm, mustBe } = desk(cast)
  await confirm(young.url, payment(before.bill, 'whole', '105.00'))
  await mustBe('settled', before.bill, old.url)
})

test('sessions, codes, tokens, bills and payments of either work at the other', async () => {
  const { bill, payment, confirm, mustBe } = desk(cast)
  const guest = new Visitor()
  await signIn(guest, young.url, cast)
  for (const [here, there] of [
    [old.url, young.url],
    [young.url, old.url],
  ] as const) {
    // The session of the visitor began at the previous release, that of the guest at the new one.
    for (const one of [visitor, guest]) {
      const tokens = await obtain(one, cast, [here, there])
      await mustBeGood(tokens, cast, here)
      const renewed = await renew(tokens, cast, here)
      await mustBeGood(renewed, cast, there)
      await mustBeGood(await renew(renewed, cast, there), cast, here)
    }
    const number = await bill(here)
    const money = payment(number, 'whole', '105.00')
    await confirm(there, money)
    await mustBe('settled', number, here)
    await confirm(here, money)
  }
  doors.set(old.url, young.url)
  await traffic.wholeRounds(3)
})

test('the previous release stops, and all goes on with the new one', async () => {
  doors.set(young.url)
  await traffic.wholeRounds(1)
  assert.equal(await old.stop(), 0)
  await traffic.wholeRounds(2)
  await traffic.stop()
  assert.deepEqual(await next.wrong(), [])
})

test('through all of it no request was answered by 5xx, and none waited long', () => {
  assert.ok(heard.answers > 100, `${heard.answers} answers were heard`)
  assert.deepEqual(heard.faults, [])
  assert.ok(heard.longestMs < 5000, `the longest answer took ${heard.longestMs} ms`)
})
