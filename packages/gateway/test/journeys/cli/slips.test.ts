import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openCommandLine, type CommandLine, type Ran } from '../../command-line.ts'

let line: CommandLine
before(async () => {
  line = await openCommandLine()
})
after(async () => {
  await line.close()
})

const cli = async (said: string, other: Readonly<Record<string, string | undefined>> = {}): Promise<Ran> =>
  await line.run(said.split(' '), other)

test('half a command names the whole ones, and an unknown option is told in one sentence', async () => {
  assert.match((await cli('org')).err, /no command "org"\. There is "lango org create"/)
  assert.match(
    (await cli('org create --bogus')).err,
    /^lango: Unknown option '--bogus'\. "lango org create --help"/,
  )
})

test('what is not there is told by its name, and nothing of a program’s inside is', async () => {
  for (const [said, says] of [
    ['key rotate --api-client nobody', 'lango: api-client-id: there is no API client nobody'],
    ['key rotate --client nobody', 'lango: client-id: there is no application nobody'],
    [`backup ${line.folder}/nowhere/file`, `lango: there is no folder ${line.folder}/nowhere`],
  ] as const) {
    const { code, err } = await cli(said)
    assert.deepEqual([code, err.trim()], [1, says])
  }
})

test('a data folder that cannot be used is told as a fault of LANGO_DATA', async () => {
  const file = join(line.folder, 'a-file')
  writeFileSync(file, '')
  const { code, err } = await cli('doctor', {
    DATABASE_URL: undefined,
    LANGO_MASTER_KEY: undefined,
    LANGO_DATA: file,
  })
  assert.equal(code, 2)
  assert.match(err, /LANGO_DATA: .*a-file cannot hold the data \(it is a file\)/)
})

test('a given client secret is the one that a rotation sets, and a key is refused there', async () => {
  const org = JSON.parse((await cli('org create --name Given --json')).out) as {
    created: [{ organization: string }]
  }
  const { organization } = org.created[0]
  await cli(
    `app create --org ${organization} --name App --redirect-uri https://a.example/cb --client-id given-app`,
  )
  const rotated = await cli('key rotate --client given-app --secret a-given-secret --json')
  assert.equal((JSON.parse(rotated.out) as Record<string, unknown>)['clientSecret'], 'a-given-secret')
  assert.match(rotated.out, /shorter than 32 characters/)
  assert.match((await cli('key rotate --client given-app --key k')).err, /--key belongs to --api-client/)
})

test('a new signing key says when it signs, and takes no overlap', async () => {
  assert.match((await cli('key rotate --signing ES256')).out, /signs: in a day/)
  const { code, err } = await cli('key rotate --signing ES256 --overlap-hours 1')
  assert.deepEqual([code, /--overlap-hours is for keys and secrets/.test(err)], [2, true])
})

test('maintenance without a word says how things stand', async () => {
  assert.equal((await cli('maintenance')).out, 'Maintenance is off.\n')
  await cli('maintenance on')
  assert.deepEqual(JSON.parse((await cli('maintenance --json')).out), { maintenance: true })
  await cli('maintenance off')
})

test('the configuration shows what a default comes to', async () => {
  const { out } = await cli('config', { PORT: '4321', LANGO_DATA: undefined })
  assert.match(out, /^LANGO_PUBLIC_URL = http:\/\/localhost:4321$/m)
  assert.match(out, /^LANGO_DATA = \/.*\.lango$/m)
  assert.match(out, /^LANGO_LOG = warn$/m)
})

test('an API is registered once, for an application with a secret, and applications may then ask for its tokens', async () => {
  const org = JSON.parse((await cli('org create --name Apis --json')).out) as {
    created: [{ organization: string }]
  }
  const { organization } = org.created[0]
  const app = `app create --org ${organization} --redirect-uri https://a.example/cb`
  const early = await cli(`${app} --name Early --resource https://pay.example/api`)
  assert.match(early.err, / resource: .*is not registered/)
  await cli(`app create --org ${organization} --name Api --kind machine --client-id the-api`)
  const api = 'api create --identifier https://pay.example/api --client-id the-api --name Payments'
  assert.match((await cli(`${api} --scope Payments`)).err, /--scope Payments: lower-case words/)
  assert.match((await cli(`${api} --scope payments:read`)).out, /identifier: https:\/\/pay\.example\/api/)
  assert.match((await cli(api)).err, /exists already/)
  assert.match((await cli(api.replace('the-api', 'nobody'))).err, /client-id: nobody is no application/)
  assert.match((await cli(api.replace('/api ', '/#f '))).err, /identifier: A resource has no fragment/)
  assert.equal((await cli(`${app} --name Late --resource https://pay.example/api`)).code, 0)
})

test('an application of any kind is registered from the command line, and each slip says what to mend', async () => {
  const org = JSON.parse((await cli('org create --name Kinds --json')).out) as {
    created: [{ organization: string }]
  }
  const app = `app create --org ${org.created[0].organization} --name App`
  const web = `${app} --redirect-uri https://a.example/cb`
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const [open, secret] = [join(line.folder, 'open.json'), join(line.folder, 'secret.json')]
  writeFileSync(open, JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] }))
  writeFileSync(secret, JSON.stringify({ keys: [privateKey.export({ format: 'jwk' })] }))
  for (const good of [
    `${app} --kind machine --scope payments:read`,
    `${app} --kind device`,
    `${web} --profile fapi2 --auth-method private_key_jwt --jwks ${open} --dpop --require-par`,
    `${web} --pairwise --colour #004488 --backchannel-logout-uri https://a.example/out`,
    `${web} --grant authorization_code --grant client_credentials --scope openid --scope payments:read`,
  ]) {
    const ran = await cli(`${good} --json`)
    assert.equal(ran.code, 0, ran.err)
  }
  for (const [bad, says] of [
    [`${web} --auth-method private_key_jwt`, /jwks: private_key_jwt needs the public keys/],
    [`${web} --auth-method private_key_jwt --jwks ${secret}`, /holds no set of public keys/],
    [`${web} --auth-method private_key_jwt --jwks ${line.folder}/no.json`, /there is no file/],
    [`${web} --auth-method password`, /--auth-method: one of client_secret_basic/],
    [`${web} --pairwise --redirect-uri https://b.example/cb`, /sector: The redirect addresses are not all/],
    [`${web} --profile fapi2`, /auth-method: The profile fapi2 asks for private_key_jwt/],
    [`${web} --backchannel-logout-uri http://a.example/out`, /backchannel-logout-uri: Only https/],
    [`${web} --colour red`, /colour: A colour as #rrggbb/],
    [`${app} --kind machine --scope openid`, /scopes: openid is about a person/],
    [`${web} --scope Payments`, /--scope Payments: one of/],
    [`${web} --grant device_code`, /grants: A web application cannot have device_code/],
  ] as const) {
    const ran = await cli(bad)
    assert.notEqual(ran.code, 0, bad)
    assert.match(ran.err, says)
  }
})
