import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Script } from 'node:vm'
import { assets } from '../assets.ts'
import { pickLocale } from '../copy/locale.ts'
import { asset } from './asset.ts'
import { field, select } from './field.ts'
import { html } from './html.ts'
import { languagesOf } from './language.ts'
import { layout } from './layout.ts'
import { plainly, said } from './said.ts'
import { table } from './table.ts'

test('whatever is put into a page is escaped, in text and in attributes', () => {
  const bad = `"><script>alert('1')</script>&`
  for (const made of [
    html`<p title="${bad}">${bad}</p>`,
    said(bad),
    field('en', { name: 'a', label: bad, value: bad, hint: bad, error: bad }),
  ]) {
    assert.doesNotMatch(String(made), /<script>|title="">/)
  }
})

test('false, null and undefined print nothing; zero prints', () => {
  assert.equal(String(html`<p>${false}${null}${undefined}${0}${5n}${['a', ['b']]}</p>`), '<p>05ab</p>')
})

test('controls of direction and line are taken out of what others wrote', () => {
  assert.equal(plainly('\u202Eabc\u2066d\u200F'), 'abcd')
  assert.equal(plainly('a\r\n\tb\u0000c\u2028d'), 'a b c d')
})

test('the best language for a browser is picked, and the switch wins', () => {
  const cases: readonly (readonly [header: string, chosen: string, expected: string])[] = [
    ['', '', 'en'],
    ['sw', '', 'sw'],
    ['sw-KE,sw;q=0.9,en;q=0.8', '', 'sw'],
    ['en;q=0.5, sw;q=0.9', '', 'sw'],
    ['de,es', '', 'en'],
    ['fr-CD,en;q=0.8', '', 'fr'],
    ['frp,en;q=0.8', '', 'en'],
    ['de, fr;q=0.3', '', 'fr'],
    ['sw;q=0, en', '', 'en'],
    ['en-GB', 'sw', 'sw'],
    ['sw', 'xx', 'sw'],
    ['sw', 'fr', 'fr'],
  ]
  for (const [header, chosen, expected] of cases) assert.equal(pickLocale(header, chosen), expected, header)
})

test('an asset is named after its content', () => {
  const one = asset('a', 'css', 'p{}')
  assert.match(one.path, /^\/assets\/a-[0-9a-z]{8,}\.css$/)
  assert.equal(asset('a', 'css', 'p{}').path, one.path)
  assert.notEqual(asset('a', 'css', 'q{}').path, one.path)
  assert.equal(new Set(assets.map(({ path }) => path)).size, assets.length)
})

test('every script that we serve can be read by an engine', () => {
  const scripts = assets.filter(({ mediaType }) => mediaType.startsWith('text/javascript'))
  assert.ok(scripts.length >= 2)
  for (const { body, path } of scripts) assert.doesNotThrow(() => new Script(body, { filename: path }))
})

test('the stylesheet closes every bracket that it opens', () => {
  const [stylesheet] = assets
  const depth = [...(stylesheet?.body ?? '')].reduce(
    (open, letter) => open + (letter === '{' ? 1 : letter === '}' ? -1 : 0),
    0,
  )
  assert.equal(depth, 0)
})

test('a page loads nothing without its nonce', () => {
  const page = String(
    layout(
      {
        locale: 'en',
        title: 'T',
        nonce: 'abc',
        scripts: assets.slice(2, 3),
        languages: languagesOf('/x', { a: '1&2' }),
      },
      html`<p>x</p>`,
    ),
  )
  for (const [tag] of page.matchAll(/<(?:script|link rel="stylesheet")[^>]*>/g))
    assert.match(tag, /nonce="abc"/)
  assert.doesNotMatch(page, /\sstyle="|\son[a-z]+="/)
  assert.ok(page.includes('href="/x?a=1%262&amp;lang=sw"'))
})

test('a field ties its label, hint and error together for those who hear the page', () => {
  const made = String(
    field('en', {
      name: 'pin',
      label: 'PIN',
      hint: 'Four digits',
      error: 'Too short',
      type: 'password',
      value: '1234',
    }),
  )
  assert.match(made, /<label for="field-pin">/)
  assert.match(made, /aria-describedby="field-pin-hint field-pin-error"/)
  assert.match(made, /aria-invalid="true"/)
  // A password is never sent back to the page.
  assert.doesNotMatch(made, /1234/)
  assert.match(
    String(
      select({
        name: 'c',
        label: 'C',
        value: 'b',
        choices: [
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ],
      }),
    ),
    /value="b" selected/,
  )
})

test('a table without rows says so instead', () => {
  const made = { caption: 'C', empty: 'Nothing yet', columns: [{ head: 'H', cell: (row: string) => row }] }
  assert.match(String(table({ ...made, rows: [] })), /Nothing yet/)
  assert.match(String(table({ ...made, rows: ['<b>'] })), /data-head="H"[^>]*><div>&lt;b&gt;<\/div>/)
})
