// The front door and the documents, as a reader meets them.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readDocuments } from '../../src/outside/documents.ts'
import { fileURLToPath } from 'node:url'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openWorld, type World } from '../world.ts'

let world: World
const folder = fileURLToPath(new URL('../../../../docs', import.meta.url))

before(async () => {
  world = await openWorld()
})
after(async () => {
  await world.close()
})

async function get(address: string, headers: Readonly<Record<string, string>> = {}) {
  const answer = await fetch(new URL(address, world.url), { headers })
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}

test('the front door greets in the reader’s language and leads on', async () => {
  const { status, body } = await get('/', { 'accept-language': 'sw-KE' })
  assert.equal(status, 200)
  assert.match(body, /<html lang="sw">/)
  for (const door of ['/docs', '/account']) assert.ok(body.includes(`href="${door}"`), door)
})

test('every document of the repository is served, and every link between them leads somewhere', async () => {
  const documents = await readDocuments(folder)
  const seen = new Map<string, string>()
  for (const address of [
    '/docs',
    ...documents.filter(({ slug }) => slug !== 'index').map(({ slug }) => `/docs/${slug}`),
  ]) {
    const { status, body } = await get(address)
    assert.equal(status, 200, address)
    seen.set(address, body)
  }
  for (const [address, body] of seen) {
    for (const [, to = '', anchor = ''] of body.matchAll(/href="(\/docs(?:\/[\w-]+)?)?(#[\w-]+)?"/g)) {
      const there = to === '' ? body : seen.get(to)
      assert.ok(there !== undefined, `${address} links to ${to}`)
      if (anchor !== '' && anchor !== '#main') {
        assert.ok(there.includes(`id="${anchor.slice(1)}"`), `${address} links to ${to}${anchor}`)
      }
    }
  }
})

test('a document that does not exist gets a page with a way on', async () => {
  const { status, body } = await get('/docs/no-such-thing')
  assert.equal(status, 404)
  assert.ok(body.includes('href="/docs"'))
})

test('the pages’ own files may be kept for ever, and an old name is gone', async () => {
  const { body } = await get('/')
  const css = /href="(\/assets\/lango-[^"]+\.css)"/.exec(body)?.[1] ?? ''
  const { status, headers } = await get(css)
  assert.equal(status, 200)
  assert.equal(headers.get('content-type'), 'text/css; charset=utf-8')
  assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal((await get('/assets/lango-0.css')).status, 404)
  assert.equal((await get('/favicon.ico')).headers.get('content-type'), 'image/svg+xml; charset=utf-8')
})

test('documents stand in the order in which the first one mentions them, with their samples', async () => {
  const made = await mkdtemp(path.join(tmpdir(), 'lango-docs-'))
  await mkdir(path.join(made, 'samples'))
  await writeFile(path.join(made, 'README.md'), '# Start\n\n[B](b.md), then [A](a.md)\n')
  await writeFile(path.join(made, 'a.md'), '# A\n\n- [Shell](samples/pay.sh)\n- [PHP](samples/pay.php)\n')
  await writeFile(path.join(made, 'b.md'), '# B\n')
  await writeFile(path.join(made, 'c.md'), '# C\n')
  await writeFile(path.join(made, 'samples', 'pay.sh'), 'curl')
  await writeFile(path.join(made, 'samples', 'pay.php'), '<?php')
  const documents = await readDocuments(made)
  await rm(made, { recursive: true })
  assert.deepEqual(
    documents.map(({ slug }) => slug),
    ['index', 'b', 'a', 'c'],
  )
  const samples = documents[2]?.blocks[1]
  assert.deepEqual(samples?.kind === 'samples' && samples.samples.map(({ text }) => text), ['curl', '<?php'])
})
