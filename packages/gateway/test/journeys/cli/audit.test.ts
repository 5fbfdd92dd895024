import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { linkActs } from '../../../src/core/audit/link-acts.ts'
import { openCommandLine, type CommandLine, type Ran } from '../../command-line.ts'

const auditDocument = join(import.meta.dirname, '../../../../../docs/audit.md')

let line: CommandLine
const organizations: string[] = []

before(async () => {
  line = await openCommandLine()
  await furnish()
})
after(async () => {
  await line.close()
})

const cli = async (...words: readonly string[]): Promise<Ran> => await line.run(words)

type Line = {
  readonly place?: number
  readonly act?: { readonly what: string; readonly organization: string | null }
  readonly digest?: string
}

const read = (text: string): readonly Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((one) => JSON.parse(one) as Line)

async function exported(name: string, ...words: readonly string[]): Promise<string> {
  const { code, out, err } = await cli('audit', 'export', ...words)
  assert.equal(code, 0, err)
  const file = join(line.folder, name)
  writeFileSync(file, out)
  return file
}

async function furnish(): Promise<void> {
  for (const name of ['One', 'Other']) {
    const made = JSON.parse((await cli('org', 'create', '--name', name, '--json')).out) as {
      created: [{ organization: string }]
    }
    const [{ organization }] = made.created
    organizations.push(organization)
    const app = ['--org', organization, '--name', name, '--redirect-uri', 'https://a.example/cb']
    await cli('app', 'create', ...app, '--client-id', `app-${name}`)
    await cli('key', 'rotate', '--client', `app-${name}`)
  }
  while ((await linkActs(line.world.deps)) > 0);
}

test('[identity 116] the whole trail is exported, verifies by itself and has the head of the database', async () => {
  const file = await exported('all.jsonl')
  const head = (await cli('audit', 'head')).out.trim()
  assert.match(head, /^[1-9]\d*:[0-9a-f]{64}$/)
  const { code, out } = await cli('audit', 'verify', file, '--head', head)
  assert.equal(code, 0)
  assert.match(out, /^\d+ acts in one unbroken chain from place 1 on, head \d+:[0-9a-f]{64}\.\n$/)
  assert.ok(out.includes(head))
  const rotated = read(readFileSync(file, 'utf8')).filter(
    ({ act }) => act?.what === 'application.secret-rotated',
  )
  assert.equal(rotated.length, 2)
})

test('the program that audit.md gives to an auditor finds the same, whole and broken', () => {
  const [, program = ''] = /```python\n(.*?)```/s.exec(readFileSync(auditDocument, 'utf8')) ?? []
  const script = join(line.folder, 'check.py')
  writeFileSync(script, program)
  const check = (file: string) =>
    spawnSync('python3', [script, join(line.folder, file)], { encoding: 'utf8' })
  const good = check('all.jsonl')
  assert.match(good.stdout, /^whole, head \d+:[0-9a-f]{64}\n$/, good.stderr)
  const forged = readFileSync(join(line.folder, 'all.jsonl'), 'utf8').replace('"what":"', '"what":"x')
  writeFileSync(join(line.folder, 'forged.jsonl'), forged)
  assert.match(check('forged.jsonl').stderr, /broken at place \d+/)
})

test('an export of one organization tells nothing of another, and verifies all the same', async () => {
  const [one = '', other = ''] = organizations
  const file = await exported('one.jsonl', '--org', one)
  const text = readFileSync(file, 'utf8')
  assert.ok(text.includes(one) && !text.includes(other))
  const lines = read(text)
  const acts = lines.filter(({ act }) => act !== undefined)
  assert.ok(acts.length >= 2 && acts.every(({ act }) => act?.organization === one))
  assert.ok(lines.some(({ digest }) => digest !== undefined))
  const { code, out } = await cli('audit', 'verify', file)
  assert.equal(code, 0)
  assert.match(out, /^\d+ acts and \d+ withheld in one unbroken chain/)
})

test('times bound an export; none of them holds no act and is whole', async () => {
  const [none] = [await exported('none.jsonl', '--since', '2999-01-01')]
  assert.equal(read(readFileSync(none, 'utf8')).length, 2)
  assert.equal((await cli('audit', 'verify', none)).code, 0)
  const all = read(readFileSync(await exported('until.jsonl', '--until', '2999-01-01T00:00:00Z'), 'utf8'))
  assert.ok(all.length > 4)
  const { code, err } = await cli('audit', 'export', '--since', 'yesterday')
  assert.deepEqual([code, /--since: a day, or a time with its zone/.test(err)], [2, true])
})

test('[identity 116] a file that somebody was at is refused at its place', async () => {
  const lines = readFileSync(await exported('good.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
  const at = lines.length - 2
  const cases: readonly (readonly [name: string, lines: readonly string[], says: RegExp])[] = [
    [
      'changed',
      lines.map((one, place) => (place === 2 ? one.replace('"what":"', '"what":"x') : one)),
      /at place 2/,
    ],
    ['taken', lines.filter((_, place) => place !== 2), /act at place 2 is missing/],
    [
      'doubled',
      lines.flatMap((one, place) => (place === 2 ? [one, one] : [one])),
      /act at place 3 is missing/,
    ],
    ['swapped', lines.toSpliced(1, 2, lines[2] ?? '', lines[1] ?? ''), /act at place 1 is missing/],
    ['cut', lines.slice(0, -1), /the file ends before its head/],
    ['shortened', lines.toSpliced(at, 1), /says that it ends at place/],
    [
      'strange',
      lines.map((one, place) => (place === 3 ? '{"place":"3"}' : one)),
      /line of place 3 is no link/,
    ],
  ]
  for (const [name, forged, says] of cases) {
    const file = join(line.folder, `${name}.jsonl`)
    writeFileSync(file, `${forged.join('\n')}\n`)
    const { code, out } = await cli('audit', 'verify', file)
    assert.equal(code, 1, name)
    assert.match(out, /^BROKEN at place \d+: /)
    assert.match(out, says, name)
  }
})

test('a file against the head of another trail, and what is no trail, are told in one sentence', async () => {
  const file = await exported('mine.jsonl')
  const other = await cli('audit', 'verify', file, '--head', `1:${'a'.repeat(64)}`)
  assert.deepEqual([other.code, other.out], [1, 'BROKEN at place 1: at place 1 it is not what was kept.\n'])
  const beyond = await cli('audit', 'verify', file, '--head', `9999:${'a'.repeat(64)}`)
  assert.match(beyond.out, /place 9999, whose hash was kept, is not in this file/)
  const none = join(line.folder, 'none.txt')
  writeFileSync(none, 'hello\n')
  assert.match(
    (await cli('audit', 'verify', none)).err,
    /^lango: .*none\.txt holds a line that is no JSON object/,
  )
  assert.match((await cli('audit', 'verify', `${none}.not`)).err, /^lango: there is no file /)
  assert.equal((await cli('audit', 'verify', '--head', 'nonsense')).code, 2)
})

test('[identity 116] the doctor finds a trail that somebody was at', async () => {
  assert.match(
    (await cli('doctor')).out,
    /ok {3}audit trail: \d+ acts in one unbroken chain, the newest [0-9a-f]{16}…/,
  )
  assert.equal((await cli('audit', 'verify')).code, 0)
  const admin = new pg.Client({ connectionString: line.world.databaseUrl })
  await admin.connect()
  await admin.query('set session_replication_role = replica')
  await admin.query(
    `update act set what = 'nothing' where id = (select act_id from act_link where place = 2)`,
  )
  await admin.end()
  const { code, out } = await cli('doctor')
  assert.equal(code, 1)
  assert.match(out, /BAD {2}audit trail: broken: the act at place 2 was changed/)
  assert.match((await cli('audit', 'verify')).out, /^BROKEN at place 2: /)
})
