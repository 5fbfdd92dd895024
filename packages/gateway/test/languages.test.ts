// What is said in one language is said in all of them: nothing forgotten, nothing left in English.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { inEachLocale, locales, type Locale } from '../src/base/locale.ts'
import { channels } from '../src/channels/index.ts'
import { scopes } from '../src/core/application/scope.ts'
import { saysWhatIsSeen } from '../src/core/token/user-info.ts'

/** Texts by where they stand; what a sentence is told stands in it as `{1}`, `{2}`. */
type Texts = ReadonlyMap<string, string>
type Table = { readonly name: string; readonly texts: Readonly<Record<Locale, Texts>> }

/** Names, and words that two languages write alike. */
const alike = new Set([
  'Application', 'Applications', 'Code', 'Console', 'E-mail', 'KRA PIN', 'Karibu, {1}', 'Logo', 'M-PESA', 'Secret', 'Secrets', 'Service', 'Services', 'Total',
  'machine', 'native', 'standard', 'web', '{1} minutes', '{1} ms',
]) // prettier-ignore

const copyFolder = new URL('../src/pages/copy/', import.meta.url)
/** The sandbox speaks to developers, in English only. */
const copyFiles = readdirSync(copyFolder).filter((file) => file.endsWith('.ts') && file !== 'sandbox.ts')
const tables: readonly Table[] = [...(await ofPages()), ofChannels(), ofConsent()]

test('every file of copy has a table in every language', () => {
  for (const file of copyFiles)
    assert.ok(
      tables.some(({ name }) => name.startsWith(`${file} `)),
      file,
    )
})

for (const { name, texts } of tables) {
  test(`${name}: every language says the same things, each with what it is told`, () => {
    for (const locale of locales) {
      assert.deepEqual([...texts[locale].keys()].sort(), [...texts.en.keys()].sort(), locale)
      for (const [where, text] of texts[locale])
        assert.deepEqual(slots(text), slots(texts.en.get(where) ?? ''), `${locale} ${where}: ${text}`)
    }
  })

  test(`${name}: nothing is empty or left in English`, () => {
    for (const locale of locales)
      for (const [where, text] of texts[locale]) {
        assert.notEqual(text.trim(), '', `${locale} ${where}`)
        const same = locale !== 'en' && text === texts.en.get(where)
        assert.ok(!same || alike.has(text), `${locale} ${where}: ${text}`)
      }
  })

  test(`${name}: the French is set as French is, with spaces that do not break`, () => {
    for (const [where, text] of texts.fr) {
      assert.doesNotMatch(text, /[^\u00a0\u202f][:;?!»]|«[^\u00a0\u202f]|['"“”]/, `${where}: ${text}`)
    }
  })
}

async function ofPages(): Promise<readonly Table[]> {
  const found: Table[] = []
  for (const file of copyFiles) {
    const module: unknown = await import(new URL(file, copyFolder).href)
    for (const [name, value] of Object.entries(module ?? {})) {
      if (!isTable(value)) continue
      found.push({ name: `${file} ${name}`, texts: inEachLocale((locale) => textsOf(value[locale])) })
    }
  }
  return found
}

function ofChannels(): Table {
  const said = (locale: Locale) =>
    channels.map(({ id, label, asks, instructions, advice }) => [
      id,
      {
        label: label[locale],
        asks: asks.map((one) => [one.label[locale], one.hint[locale]]),
        instructions: instructions?.[locale],
        advice: Object.fromEntries(Object.entries(advice).map(([word, words]) => [word, words[locale]])),
      },
    ])
  return {
    name: 'the ways to pay',
    texts: inEachLocale((locale) => textsOf(Object.fromEntries(said(locale)))),
  }
}

function ofConsent(): Table {
  const said = (locale: Locale): Texts => textsOf(saysWhatIsSeen('national-identity', scopes, [], locale))
  return { name: 'what an application sees', texts: inEachLocale(said) }
}

function isTable(value: unknown): value is Readonly<Record<Locale, unknown>> {
  return isTree(value) && Object.hasOwn(value, 'en')
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function textsOf(tree: unknown, where = '.'): Texts {
  if (tree === undefined) return new Map()
  if (typeof tree === 'string') return new Map([[where, tree]])
  if (typeof tree === 'function') return textsOf(Reflect.apply(tree, null, ['{1}', '{2}']), where)
  assert.ok(isTree(tree), where)
  return new Map(Object.entries(tree).flatMap(([key, value]) => [...textsOf(value, `${where}${key}.`)]))
}

function slots(text: string): readonly string[] {
  return (text.match(/\{[12]\}/g) ?? []).sort()
}
