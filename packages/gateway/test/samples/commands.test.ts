/** The commands that the documents show work as they stand, one after the other, on one installation. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { ask } from '../merchant-desk.ts'
import { buildTown, openWorld, testMasterKey, type World } from '../world.ts'
import { read, root } from './documents.ts'

let world: World
let folder: string
let organizationId: string

before(async () => {
  world = await openWorld()
  organizationId = (await buildTown(world.deps, { serviceCode: '999' })).merchant.organizationId
  folder = mkdtempSync(path.join(tmpdir(), 'lango-documents-'))
})
after(async () => {
  await world.close()
  rmSync(folder, { recursive: true })
})

const blocksOf = (file: string, language: string): readonly string[] =>
  [...read(`docs/${file}`).matchAll(new RegExp('```' + language + '\\n([\\s\\S]*?)```', 'g'))].map(
    ([, block = '']) => block,
  )
const lango = (file: string): readonly string[] =>
  blocksOf(file, 'sh').filter((block) => block.includes('npx lango '))

/** Runs a block in a shell whose `npx` is the checkout's own. */
async function run(block: string): Promise<string> {
  const program = path.join(root, 'packages/gateway/src/cli/lango.ts')
  const npx = `set -e; npx() { shift; '${process.execPath}' '${program}' "$@"; }\n`
  const { PATH = '', HOME = '' } = process.env
  const env = {
    PATH,
    HOME,
    DATABASE_URL: world.databaseUrl,
    LANGO_DATA: folder,
    LANGO_MASTER_KEY: Buffer.from(testMasterKey).toString('base64'),
  }
  const words = npx + block.replaceAll('THE-ORGANIZATION', organizationId)
  const child = spawn('bash', ['-c', words], { cwd: folder, env, timeout: 120_000 })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  assert.equal(code, 0, `${block}\n${out}\n${err}`)
  return out
}

test('getting-started.md: an organization, a service and an application of one’s own, and a hash', async () => {
  const [own = '', hash = '', ...more] = lango('getting-started.md')
  assert.deepEqual(more, [])
  const out = await run(own)
  for (const said of ['organization:', 'webhookSecret: whsec_', 'service: ', 'clientSecret: sec_']) {
    assert.ok(out.includes(said), said)
  }
  assert.match(
    await run(hash),
    /N2Y4YTQzMzVjMjU5YjU5OWEyMmE4ODkwNzNlYzA5MTg5YzQyNzgzZjhiMDAzMzNmOGFmYTNmNTY1OWRhOTNjYQ==/,
  )
})

test('moving-in.md: given ids and keys are kept, a file is read, and a dry run changes nothing', async () => {
  const [mpesa = '', lands = '', services = ''] = blocksOf('moving-in.md', 'json')
  const [people = ''] = blocksOf('moving-in.md', 'csv')
  writeFileSync(path.join(folder, 'mpesa.json'), mpesa)
  writeFileSync(path.join(folder, 'services.json'), services.replaceAll('THE-ORGANIZATION', organizationId))
  writeFileSync(path.join(folder, 'lands.json'), lands)
  writeFileSync(path.join(folder, 'people.csv'), people)
  const out: string[] = []
  for (const block of lango('moving-in.md')) out.push(await run(block))
  const all = out.join('\n')
  for (const said of [
    'apiClientId: 42',
    'key: the key they have',
    'service: 124',
    'mpesa is on.',
    'clientId: 278f1ef8',
    'api-client 43: would be made',
    'api-client 43: made',
    '1 would be made, 0 there already, 0 refused.',
    '1 made, 0 there already, 0 refused.',
  ]) {
    assert.ok(all.includes(said), said)
  }
  assert.ok(all.includes('number: 1326766783'))
  assert.equal(all.split('service: 126').length - 1, 2, 'once in the dry run, once for good')
  assert.ok(all.includes('Nothing was changed: this was a dry run.'))
})

test('operations.md: the house is closed and opened again', async () => {
  const block = lango('operations.md').find((each) => each.includes('maintenance')) ?? ''
  const out = await run(block)
  assert.match(out, /Maintenance is on\.\nMaintenance is off\./)
  assert.equal((await ask(`${world.url}/healthz`)).status, 200)
})
