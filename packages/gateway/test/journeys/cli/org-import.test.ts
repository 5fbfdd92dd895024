import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createOrganization } from '../../../src/core/organization/create-organization.ts'
import { openCommandLine, type CommandLine, type Ran } from '../../command-line.ts'
import { must } from '../../world.ts'

let line: CommandLine
let org: string
before(async () => {
  line = await openCommandLine()
  org = must(await createOrganization(line.world.deps, { name: 'Lands', origins: [], strictHash: true })).id
})
after(async () => {
  await line.close()
})

const document = {
  applications: [
    {
      'client-id': 'boma',
      clientSecret: 'eight or more',
      name: 'Boma',
      redirectUris: ['https://lands.example/back'],
    },
  ],
  apiClients: [{ apiClientID: 42, key: 'key of the old shop', secret: 'secret of the old shop' }],
  origins: ['https://lands.example'],
}

async function bring(name: string, content: unknown, ...more: readonly string[]): Promise<Ran> {
  const file = join(line.folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return await line.run(['org', 'import', file, ...more])
}

test('the operator brings a document in, dry first, and twice is once', async () => {
  const dry = await bring('all.json', document, '--org', org, '--dry-run')
  assert.equal(dry.code, 0, dry.err)
  assert.deepEqual(dry.out.split('\n'), [
    'application boma: would be made',
    '  WARNING: The client secret is shorter than 32 characters and could be guessed: rotate it soon.',
    'api-client 42: would be made',
    '  WARNING: Strict mode of secure hashes is off from then on: clients of elsewhere cannot know of it.',
    'origin https://lands.example: would be made',
    'Nothing was changed: this was a dry run.',
    '',
  ])
  assert.equal(await line.world.deps.findApiClient('42'), null)
  assert.match((await bring('all.json', document, '--org', org)).out, /^application boma: made\n/)
  const [key] = (await line.world.deps.findApiClient('42'))?.keys ?? []
  assert.deepEqual([key?.key, key?.secret], ['key of the old shop', 'secret of the old shop'])
  const again = await bring('all.json', document, '--org', org, '--json')
  const { rows } = JSON.parse(again.out) as { rows: readonly { outcome: string }[] }
  assert.deepEqual(
    rows.map(({ outcome }) => outcome),
    ['there', 'there', 'there'],
  )
})

test('what another organization has is refused with whose it is; exit code 1', async () => {
  const other = must(await createOrganization(line.world.deps, { name: 'Water', origins: [] })).id
  const taken = await bring('taken.json', { api_clients: document.apiClients }, '--org', other)
  assert.equal(taken.code, 1)
  assert.equal(taken.out, `api-client 42: REFUSED: organization ${org} has it\n`)
})

test('a wrong organization, a missing one and a broken document are said', async () => {
  assert.deepEqual(await bring('all.json', document), { code: 2, out: '', err: 'lango: --org is missing\n' })
  const unknown = await bring('all.json', document, '--org', '00000000-0000-7000-8000-000000000000')
  assert.equal(unknown.code, 1)
  assert.match(unknown.err, /^lango: org: there is no organization 00000000-0000-7000-8000-000000000000/)
  const broken = await bring('broken.json', '{', '--org', org)
  assert.equal(broken.code, 1)
  assert.match(broken.err, /^lango: This is no JSON: look at line 1, column 2\.\n$/)
})
