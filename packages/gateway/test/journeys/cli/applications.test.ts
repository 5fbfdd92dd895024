import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { createApplication } from '../../../src/core/application/create-application.ts'
import { createOrganization } from '../../../src/core/organization/create-organization.ts'
import { openCommandLine, type CommandLine, type Ran } from '../../command-line.ts'
import { must } from '../../world.ts'

let line: CommandLine
let org: string
before(async () => {
  line = await openCommandLine()
  org = await organization('Lands')
})
after(async () => {
  await line.close()
})

async function organization(name: string): Promise<string> {
  return must(await createOrganization(line.world.deps, { name, origins: [] })).id
}

async function application(organizationId: string, name: string): Promise<string> {
  const redirectUris = ['https://lands.example/back']
  const asked = { organizationId, name, kind: 'web', redirectUris } as const
  return must(await createApplication(line.world.deps, asked)).clientId
}

const cli = async (...words: readonly string[]): Promise<Ran> => await line.run(words)

const json = async (...words: readonly string[]): Promise<Record<string, unknown>> => {
  const { code, out, err } = await cli(...words, '--json')
  assert.equal(code, 0, err)
  return JSON.parse(out) as Record<string, unknown>
}

test('applications are listed, those of one organization or all, and each is shown without its secret', async () => {
  const other = await organization('Water')
  const [boma, maji] = [await application(org, 'Boma'), await application(other, 'Maji')]
  const listed = async (...words: readonly string[]): Promise<readonly unknown[]> => {
    const { applications } = await json('app', 'list', ...words)
    return (applications as { clientId: string }[]).map(({ clientId }) => clientId)
  }
  assert.deepEqual(await listed('--org', other), [maji])
  assert.deepEqual(new Set(await listed()).isSupersetOf(new Set([boma, maji])), true)
  assert.equal((await cli('app', 'list', '--org', other)).out, `${maji}  web  on  Maji\n`)
  const empty = await cli('app', 'list', '--org', await organization('Nobody'))
  assert.match(empty.out, /^There is none\. "lango app create --help"/)
  const shown = await json('app', 'show', boma)
  assert.deepEqual(
    [shown['name'], shown['organization'], shown['redirectUris'], shown['standing'], shown['works']],
    ['Boma', org, ['https://lands.example/back'], 'on', true],
  )
  const secrets = shown['secrets'] as Record<string, unknown>[]
  assert.deepEqual(secrets.map(Object.keys), [['createdAt', 'endsAt']])
  assert.match((await cli('app', 'show', boma)).out, /^ {2}redirectUris +https:\/\/lands\.example\/back$/m)
})

test('an application is changed at once, and the trail says that the command line did it', async () => {
  const boma = await application(org, 'Boma')
  const next = 'https://new.example/back'
  const moved = await json('app', 'change', boma, '--add-redirect-uri', next, '--allow', 'no-pkce')
  assert.match(String(moved['warnings']), /^no-pkce: Whoever gets hold/)
  const renamed = ['--name', 'Boma Two', '--disallow', 'no-pkce', '--add-post-logout-redirect-uri', next]
  await json('app', 'change', boma, '--remove-redirect-uri', 'https://lands.example/back', ...renamed)
  const off = await json('app', 'change', boma, '--off')
  assert.deepEqual(off['changes'], { switched: 'off' })
  const paused = await json('app', 'show', boma)
  const fields = ['name', 'redirectUris', 'postLogoutRedirectUris', 'allowances', 'standing', 'works']
  assert.deepEqual(
    fields.map((field) => paused[field]),
    ['Boma Two', [next], [next], [], 'off', false],
  )
  await json('app', 'change', boma, '--on')
  assert.equal((await json('app', 'show', boma))['works'], true)
  const acts = await line.world.deps.db.query(
    {
      name: 'cli_application_acts_for_test',
      text: `select what, by_kind, organization_id from act where about_id = $1 and what <> 'application.created' order by at, id`,
    },
    [boma],
  )
  assert.deepEqual(
    acts,
    ['changed', 'changed', 'paused', 'resumed'].map((what) => ({
      what: `application.${what}`,
      by_kind: 'operator',
      organization_id: org,
    })),
  )
})

test('in a live house the command line may switch an allowance on, and no address may be weaker', async () => {
  const boma = await application(org, 'Live')
  const live = { LANGO_MODE: 'live', LANGO_PUBLIC_URL: 'https://pay.example' }
  const allowed = await line.run(['app', 'change', boma, '--allow', 'no-state'], live)
  assert.deepEqual([allowed.code, allowed.err], [0, ''])
  const weak = await line.run(['app', 'change', boma, '--add-redirect-uri', 'http://lands.example/'], live)
  assert.equal(weak.code, 1)
  assert.match(weak.err, /^lango: redirect-uris: /)
})

/** A set of one public key, in a file; of the given algorithm alone when one is named. */
async function keyFile(kind: 'ec' | 'rsa', alg?: string): Promise<string> {
  const { publicKey } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = {
    ...publicKey.export({ format: 'jwk' }),
    kid: `${kind}-1`,
    ...(alg === undefined ? {} : { alg }),
  }
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'lango-keys-')), 'keys.json')
  await writeFile(file, JSON.stringify({ keys: [key] }))
  return file
}

test('keys, profile, binding, pushing, signing and logout are changed by the command line, and taken back', async () => {
  const boma = await application(org, 'Bank')
  const logout = 'https://lands.example/out'
  const proof = ['--auth-method', 'private_key_jwt', '--jwks', await keyFile('ec', 'ES256')]
  const strict = ['--profile', 'fapi2', '--id-token-alg', 'PS256', '--dpop', '--require-par']
  await json(
    'app',
    'change',
    boma,
    ...proof,
    ...strict,
    '--backchannel-logout-uri',
    logout,
    '--colour',
    '#0b5c55',
  )
  const fields = [
    'authMethod',
    'profile',
    'idTokenAlg',
    'dpopBound',
    'requirePar',
    'backchannelLogoutUri',
    'colour',
  ]
  const look = async (): Promise<readonly unknown[]> => {
    const shown = await json('app', 'show', boma)
    return [...fields, 'jwksUri'].map((field) => shown[field])
  }
  assert.deepEqual(await look(), ['private_key_jwt', 'fapi2', 'PS256', true, true, logout, '#0b5c55', null])
  assert.match((await cli('app', 'show', boma)).out, /^ {2}jwks +EC ES256 ec-1$/m)

  const uri = 'https://lands.example/keys'
  await json('app', 'change', boma, '--jwks-uri', uri)
  const moved = await json('app', 'show', boma)
  assert.deepEqual([moved['jwks'], moved['jwksUri']], [null, uri])

  const plain = ['--profile', 'standard', '--auth-method', 'any', '--no-dpop', '--no-require-par']
  await json('app', 'change', boma, ...plain, '--no-backchannel-logout-uri', '--no-colour')
  assert.deepEqual(await look(), [null, 'standard', 'PS256', false, false, null, null, null])
})

test('fapi2 with keys for RS256 alone is refused with what to mend; an RSA key for PS256 or for any is taken', async () => {
  const boma = await application(org, 'Bank')
  const turn = ['app', 'change', boma, '--profile', 'fapi2', '--id-token-alg', 'ES256']
  const proof = [...turn, '--auth-method', 'private_key_jwt', '--jwks']
  const says =
    'lango: jwks: The profile fapi2 takes nothing signed by RS256, and every key says that it is for that alone: give one for ES256, PS256, EdDSA.'
  const weak = await cli(...proof, await keyFile('rsa', 'RS256'))
  assert.deepEqual([weak.code, weak.err.trim()], [1, says])
  assert.equal((await json('app', 'show', boma))['profile'], 'standard')
  const made = [
    'app',
    'create',
    '--org',
    org,
    '--name',
    'New',
    '--redirect-uri',
    'https://lands.example/back',
  ]
  const bank = [
    '--profile',
    'fapi2',
    '--auth-method',
    'private_key_jwt',
    '--jwks',
    await keyFile('rsa', 'RS256'),
  ]
  const fresh = await cli(...made, ...bank)
  assert.deepEqual([fresh.code, fresh.err.trim()], [1, says])
  await json(...proof, await keyFile('rsa', 'PS256'))
  await json('app', 'change', boma, '--jwks', await keyFile('rsa'))
  const back = await cli('app', 'change', boma, '--jwks', await keyFile('rsa', 'RS256'))
  assert.deepEqual([back.code, back.err.trim()], [1, says])
})

test('a dry run of a change checks it and changes nothing', async () => {
  const boma = await application(org, 'Dry')
  const before = await json('app', 'show', boma)
  const dry = await json('app', 'change', boma, '--name', 'Wet', '--off', '--dry-run')
  assert.deepEqual([dry['dryRun'], dry['changes']], [true, { name: '"Wet"', switched: 'off' }])
  assert.deepEqual(await json('app', 'show', boma), before)
})

test('a slip names what to mend, with its exit code', async () => {
  const boma = await application(org, 'Slips')
  for (const [words, exit, says] of [
    [['app', 'show'], 2, 'lango: usage: lango app show CLIENT_ID'],
    [['app', 'show', 'nobody'], 1, 'lango: client-id: there is no application nobody'],
    [['app', 'change', 'nobody', '--off'], 1, 'lango: client-id: there is no application nobody'],
    [['app', 'change', boma], 2, 'lango: say what to change. "lango app change --help" shows what it takes.'],
    [['app', 'change', boma, '--on', '--off'], 2, 'lango: either --on or --off'],
    [
      ['app', 'change', boma, '--disallow', 'no-pkce'],
      1,
      'lango: allowances: no-pkce is not among them: there are none',
    ],
    [
      ['app', 'change', boma, '--allow', 'all'],
      2,
      'lango: --allow all: one of no-pkce, no-state, other-registered-redirect-at-token, open-introspection',
    ],
    [
      ['app', 'change', boma, '--remove-redirect-uri', 'https://x.example/'],
      1,
      'lango: redirect-uris: https://x.example/ is not among them: https://lands.example/back',
    ],
    [['app', 'change', boma, '--dpop', '--no-dpop'], 2, 'lango: either --dpop or --no-dpop'],
    [['app', 'change', boma, '--jwks', 'x', '--jwks-uri', 'y'], 2, 'lango: either --jwks or --jwks-uri'],
    [
      ['app', 'change', boma, '--jwks', 'no-such-file'],
      2,
      'lango: --jwks: there is no file no-such-file that can be read',
    ],
    [['app', 'change', boma, '--profile', 'fapi3'], 2, 'lango: --profile: one of standard, fapi2'],
    [
      ['app', 'change', boma, '--profile', 'fapi2'],
      1,
      'lango: auth-method: The profile fapi2 asks for private_key_jwt.',
    ],
    [
      ['app', 'change', boma, '--jwks-uri', 'https://lands.example/keys'],
      1,
      'lango: jwks-uri: Keys are for the method private_key_jwt alone.',
    ],
    [
      ['app', 'change', boma, '--backchannel-logout-uri', 'http://lands.example/out'],
      1,
      'lango: backchannel-logout-uri: Only https addresses: our server fetches it.',
    ],
    [['app', 'list', '--org', 'lands'], 2, 'lango: --org takes a UUID'],
  ] as const) {
    const { code, err } = await cli(...words)
    assert.deepEqual([code, err.trim()], [exit, says])
  }
  assert.match((await cli('app', 'change', '--help')).out, /--add-redirect-uri URL/)
})
