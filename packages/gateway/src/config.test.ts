import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ConfigFault, explainConfig, loadConfig } from './config.ts'
import type { Environment } from './config.ts'
import { families } from './http/limits.ts'
import { masterKeyFile } from './outside/master-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'lango-config-'))
after(() => rmSync(folder, { recursive: true }))

const key = 'ab'.repeat(32)
const good: Environment = { LANGO_DATA: folder, LANGO_MASTER_KEY: key }

function faultsOf(env: Environment): readonly string[] {
  try {
    loadConfig(env)
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigFault, String(error))
    return error.faults
  }
}

test('without a setting the sandbox is served on localhost:4000 from the embedded database', () => {
  const config = loadConfig(good)
  const { masterKeys, messages, limits, ...rest } = config
  assert.deepEqual([messages.smtp, messages.sms], [null, null])
  assert.equal(limits, families)
  assert.deepEqual(masterKeys, [new Uint8Array(Buffer.from(key, 'hex'))])
  assert.deepEqual(rest, {
    port: 4000,
    host: '127.0.0.1',
    dataFolder: folder,
    databaseUrl: null,
    publicUrl: 'http://localhost:4000',
    mode: 'sandbox',
    hosts: {},
    metricsToken: null,
    trustedProxies: [],
    stolenPasswords: null,
    logLevel: 'warn',
  })
  assert.ok(Object.isFrozen(config))
})

test('every fault is told at once, each with its setting, and no value is repeated', () => {
  const faults = faultsOf({
    PORT: '70000',
    HOST: 'two words',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    LANGO_PUBLIC_URL: 'https://pay.example.org/path',
    LANGO_MODE: 'production',
    LANGO_MASTER_KEY: 'hunter2',
    LANGO_HOSTS: 'one=a.example,two=a.example',
    LANGO_TRUSTED_PROXIES: '10.0.0.0/33',
    LANGO_LOG: 'loud',
    LANGO_PUBLICURL: 'https://pay.example.org',
  })
  const named = faults.map((fault) => fault.slice(0, fault.indexOf(':')))
  assert.deepEqual(named.sort(), [
    'DATABASE_URL',
    'HOST',
    'LANGO_HOSTS',
    'LANGO_LOG',
    'LANGO_MASTER_KEY',
    'LANGO_MODE',
    'LANGO_PUBLICURL',
    'LANGO_PUBLIC_URL',
    'LANGO_TRUSTED_PROXIES',
    'PORT',
  ])
  assert.ok(!faults.join().includes('hunter2'))
})

test('live refuses an http public URL and, on a server of the operator, a missing master key', () => {
  const live: Environment = {
    LANGO_MODE: 'live',
    LANGO_DATA: folder,
    DATABASE_URL: 'postgres://u@db.example/lango',
  }
  const faults = faultsOf(live)
  assert.equal(faults.length, 2)
  assert.match(faults.join('\n'), /LANGO_PUBLIC_URL: live needs an https origin\nLANGO_MASTER_KEY: live/)
  assert.deepEqual(
    faultsOf({ ...live, LANGO_PUBLIC_URL: 'https://pay.example.org', LANGO_MASTER_KEY: key }),
    [],
  )
})

test('an empty setting is none', () => {
  assert.equal(loadConfig({ ...good, PORT: '', DATABASE_URL: '' }).port, 4000)
})

test('lists are read: hosts by dialect, networks, master keys newest first', () => {
  const config = loadConfig({
    ...good,
    LANGO_HOSTS: 'one=Accounts.example.org, two=pay.example.org:8443',
    LANGO_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    LANGO_MASTER_KEY: `${'cd'.repeat(32)},${key}`,
  })
  assert.deepEqual(config.hosts, { one: 'accounts.example.org', two: 'pay.example.org:8443' })
  assert.deepEqual(config.trustedProxies, ['10.0.0.0/8', '::1'])
  assert.equal(config.masterKeys.length, 2)
})

test('the master key is made once, for its owner only, and found again', () => {
  const data = join(folder, 'kept')
  const first = loadConfig({ LANGO_DATA: data })
  assert.equal(statSync(masterKeyFile(data)).mode & 0o777, 0o600)
  assert.deepEqual(loadConfig({ LANGO_DATA: data }).masterKeys, first.masterKeys)
  assert.deepEqual(
    Buffer.from(readFileSync(masterKeyFile(data), 'utf8').trim(), 'hex'),
    Buffer.from(first.masterKeys[0]),
  )
})

test('a master key that was lost is not replaced by another one while a database lies beside it', () => {
  const data = join(folder, 'lost')
  mkdirSync(join(data, 'postgres'), { recursive: true })
  assert.match(faultsOf({ LANGO_DATA: data }).join(), /master\.key is gone/)
})

test('the explanation names every setting with its source and hides secrets', () => {
  const { settings, faults } = explainConfig({
    ...good,
    PORT: '4100',
    DATABASE_URL: 'postgres://u:hunter2@db/lango',
  })
  assert.deepEqual(faults, [])
  const byName = new Map(settings.map((setting) => [setting.name, setting]))
  assert.equal(byName.get('PORT')?.value, '4100')
  assert.equal(byName.get('PORT')?.source, 'environment')
  assert.equal(byName.get('LANGO_MODE')?.source, 'default')
  assert.equal(byName.get('DATABASE_URL')?.value, '(hidden)')
  assert.ok(settings.every(({ meaning }) => meaning.length > 0))
  assert.ok(!JSON.stringify(settings).includes(key))
})

test('limits are scaled by their names, each burst in its proportion, and the others stay', () => {
  const { limits } = loadConfig({
    ...good,
    LANGO_LIMITS: 'machine.network=25000, machine.caller = 10000,secret.network=0.5',
  })
  assert.deepEqual(limits, {
    ...families,
    machine: [
      { counts: 'network', burst: 50_000, perSecond: 25_000 },
      { counts: 'caller', burst: 20_000, perSecond: 10_000 },
    ],
    secret: [{ counts: 'network', burst: 30, perSecond: 0.5 }],
  })
  assert.deepEqual(
    families.secret,
    [{ counts: 'network', burst: 60, perSecond: 1 }],
    'nothing shared is changed',
  )
})

test('a limit that cannot be is refused with what to mend', () => {
  const stories = [
    [
      'machine.callers=10000',
      'there is no limit machine.callers; there are machine.network, machine.caller, page.network, secret.network',
    ],
    [
      'unlimited.network=5',
      'there is no limit unlimited.network; there are machine.network, machine.caller, page.network, secret.network',
    ],
    ['page.network=0', 'page.network must be from 1 to 2000 a second; by itself it is 20'],
    ['page.network=2001', 'page.network must be from 1 to 2000 a second; by itself it is 20'],
    ['secret.network=0.04', 'secret.network must be from 0.05 to 100 a second; by itself it is 1'],
    ['page.network=-20', '"page.network=-20" has to be like machine.caller=10000, requests a second'],
    ['page.network=2e3', '"page.network=2e3" has to be like machine.caller=10000, requests a second'],
    ['page.network', '"page.network" has to be like machine.caller=10000, requests a second'],
    ['page.network=40,', '"" has to be like machine.caller=10000, requests a second'],
    ['page.network=40,page.network=50', 'page.network is given twice'],
    [
      'machine.caller=20000',
      'machine.caller=20000 is more than machine.network=10000 lets through; raise that too',
    ],
    [
      'machine.network=4000',
      'machine.caller=5000 is more than machine.network=4000 lets through; raise that too',
    ],
  ] as const
  for (const [text, fault] of stories)
    assert.deepEqual(faultsOf({ ...good, LANGO_LIMITS: text }), [`LANGO_LIMITS: ${fault}`], text)
  assert.equal(faultsOf({ ...good, LANGO_LIMITS: 'page.network=0,what=1' }).length, 2, 'all at once')
})

test('the explanation shows all limits that are in force, the scaled one among them', () => {
  const of = (env: Environment) =>
    explainConfig({ ...good, ...env }).settings.find(({ name }) => name === 'LANGO_LIMITS')
  const ordinary = 'machine.network=10000,machine.caller=5000,page.network=20,secret.network=1'
  assert.deepEqual([of({})?.value, of({})?.default, of({})?.source], [ordinary, ordinary, 'default'])
  const given = of({ LANGO_LIMITS: 'page.network=40' })
  assert.equal(given?.value, 'machine.network=10000,machine.caller=5000,page.network=40,secret.network=1')
  assert.equal(given.source, 'environment')
})
