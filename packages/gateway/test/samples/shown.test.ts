/** Every call has its sample in every language, every sample is shown, and every link in the documents leads somewhere. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { readDocuments } from '../../src/outside/documents.ts'
import { calls } from './calls.ts'
import { docs, documentNames, read, root } from './documents.ts'
import { languages, type Language } from './languages.ts'

const all: readonly Language[] = Object.values(languages)
const form = 'samples/checkout-form/checkout-form.html'
const wanted = (call: (typeof calls)[number]): readonly string[] =>
  all.map((language) => `samples/${call}/${language.fileOf(call)}`)

test('every call has a sample in every language, and there is no other file among them', () => {
  const there = readdirSync(path.join(docs, 'samples'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(docs, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
  assert.deepEqual(there.sort(), [...calls.flatMap(wanted), form].sort())
})

test('each call is shown, with a tab for each language that says which it is', async () => {
  const documents = await readDocuments(docs)
  const shown = documents.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'samples'))
  const files = shown.map(({ samples }) => samples.filter(({ file }) => file !== ''))
  const labels = all.map(({ label }) => label)
  for (const call of calls) {
    const tabs = files.filter(([first]) => first?.file.startsWith(`samples/${call}/`) === true)
    assert.ok(tabs.length > 0, `${call} is not shown`)
    const isForm = call === 'checkout-form'
    for (const samples of tabs) {
      assert.deepEqual(
        samples.map(({ file }) => file),
        isForm ? [...wanted(call), form] : wanted(call),
      )
      assert.deepEqual(
        samples.map(({ label }) => label),
        isForm ? [...labels, 'HTML'] : labels,
      )
      for (const { text } of samples) assert.ok(text.length > 100)
    }
  }
})

test('no sample switches the check of certificates off, or compares a hash by ordinary equality', () => {
  for (const file of calls.flatMap(wanted)) {
    const text = read(`docs/${file}`)
    assert.doesNotMatch(
      text,
      /VERIFYPEER|verify_none|--insecure|CERT_NONE|ServerCertificate|REJECT_UNAUTHORIZED/,
      file,
    )
    assert.doesNotMatch(text, /\b(expected|given|signature)["'\]]* [!=]==? /, file)
  }
})

test('the index leads to every document', async () => {
  const [index, ...others] = await readDocuments(docs)
  const said = JSON.stringify(index?.blocks)
  for (const { slug } of others) assert.ok(said.includes(`"/docs/${slug}"`), slug)
})

test('every link leads to a file, and every anchor to a heading', () => {
  const files = ['README.md', ...documentNames().map((name) => `docs/${name}`)]
  for (const file of files) {
    for (const [, target = ''] of read(file).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue
      const [name = '', anchor] = target.split('#')
      const to = name === '' ? file : path.join(path.dirname(file), name)
      assert.ok(existsSync(path.join(root, to)), `${file} links to ${target}`)
      if (anchor !== undefined) assert.ok(anchorsOf(read(to)).includes(anchor), `${file} links to ${target}`)
    }
  }
})

function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  )
}
