// Python's Authlib, as Debian packages it, unpatched: a relying party of another language and other authors.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { redirectUri, type Application } from './gate.ts'
import { openParty, type Party } from './party.ts'

const program = fileURLToPath(new URL('./relying-party.py', import.meta.url))
/** Debian's own stands beside whatever else is first on the path. */
const python = ['python3', '/usr/bin/python3'].find(
  (one) => spawnSync(one, ['-c', 'import authlib, requests'], { stdio: 'ignore' }).status === 0,
)
const lack =
  'Authlib was not run: this machine lacks what makes "python3 -c \'import authlib, requests\'" succeed'
/** On a developer's machine what is missing is named and skipped; in CI it fails. */
const skip = python === undefined && process.env['CI'] !== 'true' ? lack : false

let party: Party
before(async () => {
  if (skip === false) party = await openParty()
})
after(async () => {
  if (skip === false) await party.close()
})

type Learnt = {
  readonly claims: Readonly<Record<string, unknown>>
  readonly person: Readonly<Record<string, unknown>>
  readonly live: boolean
  readonly dead: Readonly<Record<string, unknown>>
}

async function visit(settings: Readonly<Record<string, string>>): Promise<Learnt> {
  const { PATH = '', HOME = '' } = process.env
  const env = {
    PATH,
    HOME,
    LC_ALL: 'C.UTF-8',
    ISSUER: party.world.url,
    REDIRECT_URI: redirectUri,
    // The library's own switch for a developer's machine: without it, plain http is refused.
    AUTHLIB_INSECURE_TRANSPORT: '1',
    ...settings,
  }
  const child = spawn(python ?? '', [program], { env, timeout: 60_000 })
  const errors = text(child.stderr)
  const ended = once(child, 'close')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const { value: address = '' } = await lines.next()
  if (address !== '') child.stdin.end(`${(await party.walk(address)).href}\n`)
  const { value: learnt = '' } = await lines.next()
  const [code] = (await ended) as [number | null]
  assert.equal(code, 0, await errors)
  return JSON.parse(learnt) as Learnt
}

type Algorithm = 'RS256' | 'ES256'

const plainly = async (idTokenAlg: Algorithm): Promise<Application> => await party.application({ idTokenAlg })

/** How an application proves itself; a private key takes the place of its secret. */
const ways = {
  client_secret_basic: plainly,
  client_secret_post: plainly,
  private_key_jwt: async (idTokenAlg: Algorithm) => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = { ...publicKey.export({ format: 'jwk' }), alg: 'ES256' }
    const more = { authMethod: 'private_key_jwt', jwks: { keys: [jwk] } } as const
    const application = await party.application({ idTokenAlg, more })
    return { ...application, secret: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() }
  },
} as const

for (const [algorithm, method] of [
  ['RS256', 'client_secret_basic'],
  ['ES256', 'client_secret_post'],
  ['ES256', 'private_key_jwt'],
] as const) {
  test(
    `Authlib discovers, verifies the ID token by ${algorithm}, reads who she is, refreshes and revokes (${method})`,
    {
      skip,
    },
    async () => {
      assert.ok(python !== undefined, lack)
      const { clientId, secret } = await ways[method](algorithm)
      const { claims, person, live, dead } = await visit({
        CLIENT_ID: clientId,
        CLIENT_SECRET: secret,
        ALGORITHM: algorithm,
        AUTH_METHOD: method,
      })
      assert.equal(claims['sub'], party.subject)
      assert.deepEqual([person['name'], person['email']], ['Wanjiku Kamau', 'wanjiku@example.test'])
      assert.equal(live, true)
      assert.deepEqual(dead, { active: false })
    },
  )
}
