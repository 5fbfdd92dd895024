import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pesaflow } from '@lango/sdk'
import { findAccount } from '../../../src/core/account/account.sql.ts'
import { stage } from '../../refusals/payment-cases.ts'
import { openCommandLine, type CommandLine, type Ran } from '../../command-line.ts'

let line: CommandLine
before(async () => {
  line = await openCommandLine()
})
after(async () => {
  await line.close()
})

const cli = async (...words: readonly string[]): Promise<Ran> => await line.run(words)

const json = async (...words: readonly string[]): Promise<Record<string, unknown>> => {
  const { code, out, err } = await cli(...words, '--json')
  assert.equal(code, 0, err)
  return JSON.parse(out) as Record<string, unknown>
}

const words = (line: string): readonly string[] => line.split(' ')

const first = (answer: Record<string, unknown>): Record<string, string> =>
  (answer['created'] as Record<string, string>[])[0] ?? {}

test('an organization that moves in keeps its ids and keys, and its clients work unchanged', async () => {
  const org = first(
    await json(
      ...words(
        'org create --origin https://old.example --api-client-id 1 --key my-key --secret my-secret --name Moved',
      ),
    ),
  )
  assert.equal(org['apiClientId'], '1')
  assert.match(String(org['warnings']), /shorter than 16 characters/)
  const service = first(
    await json('service', 'create', '--org', org['organization'] ?? '', '--name', 'Fees', '--code', '124'),
  )
  assert.match(String(service['warnings']), /no check digit/)
  const client = pesaflow({
    baseUrl: line.world.url,
    apiClientId: '1',
    keys: { key: 'my-key', secret: 'my-secret' },
    serviceId: '124',
  })
  const invoice = await client.checkout({
    reference: 'OLD-1',
    description: 'Fees',
    amount: '100.00',
    payer: { name: 'Amina Hassan', idNumber: '10000002', phone: '254700000002', email: 'amina@example.com' },
    successUrl: 'https://old.example/paid',
    notificationUrl: 'https://old.example/notices',
  })
  assert.equal((await client.status('OLD-1')).invoiceNumber, invoice.invoiceNumber)
})

test('a dry run of a file checks everything and changes nothing; then the file is taken', async () => {
  const file = join(line.folder, 'orgs.csv')
  writeFileSync(
    file,
    'name,origin,api-client-id,key,secret\n"Ministry, of Water",https://water.example,water-1,k1,s1\n',
  )
  const dry = await json('org', 'create', '--file', file, '--dry-run')
  assert.equal(dry['dryRun'], true)
  assert.equal(first(dry)['apiClientId'], 'water-1')
  assert.equal(await line.world.deps.findApiClient('water-1'), null)
  await json('org', 'create', '--file', file)
  const [pair, ...more] = (await line.world.deps.findApiClient('water-1'))?.keys ?? []
  assert.deepEqual([pair?.key, pair?.secret, more], ['k1', 's1', []])
  const again = await cli('org', 'create', '--file', file)
  assert.equal(again.code, 1)
  assert.match(again.err, /water-1 exists already/)
})

test('an application and an account are made with given ids and shown once', async () => {
  const org = first(await json('org', 'create', '--name', 'Registry'))
  const app = first(
    await json(
      ...words(
        'app create --name Portal --redirect-uri https://p.example/cb --client-id old-id --allow no-pkce',
      ),
      ...words(`--org ${org['organization'] ?? ''} --client-secret an-old-secret-of-24-letters`),
    ),
  )
  assert.equal(app['clientId'], 'old-id')
  assert.match(String(app['warnings']), /no-pkce/)
  const account = first(
    await json(
      'account',
      'create',
      '--first-name',
      'Achieng',
      '--last-name',
      'Otieno',
      '--id-number',
      '30000001',
      '--number',
      '77',
      '--locale',
      'fr',
    ),
  )
  assert.equal(account['number'], 77)
  const kept = await findAccount(line.world.deps.db, account['account'] ?? '')
  assert.equal(kept?.locale, 'fr')
})

test('a rotated key lives beside the old one for the overlap [money 44]', async () => {
  const org = first(await json('org', 'create', '--name', 'Rotating', '--api-client-id', 'rotating'))
  const made = await json('key', 'rotate', '--api-client', 'rotating', '--overlap-hours', '1')
  const keys = (await line.world.deps.findApiClient('rotating'))?.keys ?? []
  assert.deepEqual(
    keys.map(({ key }) => key),
    [made['key'], org['key']],
  )
  line.world.clock.advance(3601)
  assert.deepEqual(
    (await line.world.deps.findApiClient('rotating'))?.keys.map(({ key }) => key),
    [made['key']],
  )
})

test('`lango hash` computes a hash and says why another does not match', async () => {
  const said = words('hash status --key my-key --secret my-secret api_client_id=1 ref_no=GWLQKD')
  const made = await json(...said)
  assert.equal(made['hex'], '7f8a4335c259b599a22a889073ec09189c42783f8b00333f8afa3f5659da93ca')
  const explained = await json(...said, '--given', String(made['hex']))
  assert.match(String(explained['mend']), /hexadecimal/)
})

test('a missing option, an unknown word and a bad file each exit with 2 and say what to mend', async () => {
  for (const [said, says] of [
    [['org', 'create'], /--name is missing/],
    [['app', 'create', '--org', 'x', '--name', 'y', '--allow', 'everything'], /--allow everything: one of/],
    [
      ['account', 'create', '--first-name', 'A', '--id-number', '123456', '--phone', 'abc'],
      /no phone number/,
    ],
    [
      ['account', 'create', '--first-name', 'A', '--id-number', '123456', '--locale', 'de'],
      /--locale: one of en, sw, fr/,
    ],
    [['maintenance', 'maybe'], /on or off/],
    [['hash', 'status', '--key', 'k', 'api_client_id=1'], /still missing: ref_no/],
  ] as const) {
    const { code, err } = await cli(...said)
    assert.equal(code, 2, `${said.join(' ')}: ${err}`)
    assert.match(err, says)
  }
})

test('a channel is set with its own settings, and a wrong one says what is missing', async () => {
  const org = first(await json('org', 'create', '--name', 'Channelled'))['organization'] ?? ''
  const file = join(line.folder, 'stk.json')
  writeFileSync(file, JSON.stringify({ shortCode: '174379' }))
  const bad = await cli('channel', 'set', 'mpesa', '--org', org, '--settings', file)
  assert.equal(bad.code, 1)
  assert.match(bad.err, /consumerKey|baseUrl/)
  assert.deepEqual(await json('channel', 'set', 'bank', '--org', org), {
    organization: org,
    channel: 'bank',
    place: 0,
  })
})

test('an unpaid invoice is cancelled by its number, once', async () => {
  const { bill } = await stage(line.world)
  const number = await bill()
  assert.deepEqual(await json('invoice', 'cancel', number.toLowerCase()), { cancelled: number })
  const again = await cli('invoice', 'cancel', number)
  assert.match(again.err, /cancelled before/)
  assert.match((await cli('invoice', 'cancel', 'ABCDEFGH')).err, /there is no invoice ABCDEFGH/)
})

test('an origin is added later, and a bank is linked to the organizations that it serves', async () => {
  const org = first(await json('org', 'create', '--name', 'Growing'))['organization'] ?? ''
  await json('org', 'origin', 'add', 'https://new.example', '--org', org)
  assert.match(
    (await cli('org', 'origin', 'add', 'https://new.example/path', '--org', org)).err,
    /scheme:\/\/host/,
  )
  const bank = first(
    await json('org', 'create', '--name', 'Linked bank', '--bank', '--api-client-id', 'linked-bank'),
  )
  await json('bank', 'link', 'linked-bank', '--org', org)
  assert.deepEqual(
    [...((await line.world.deps.findApiClient(String(bank['apiClientId'])))?.serves ?? [])],
    [org],
  )
  assert.match((await cli('bank', 'link', 'nobody', '--org', org)).err, /nobody is no aggregator/)
})
