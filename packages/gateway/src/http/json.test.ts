import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isJsonNumber, isJsonObject, parseJson, sourceOf, type Json, type JsonObject } from './json.ts'

/** A value as the language's own parser gives it, for comparison; numbers through the text that was kept. */
function plain(value: Json): unknown {
  if (isJsonNumber(value)) return Number(sourceOf(value))
  if (Array.isArray(value)) return (value as readonly Json[]).map(plain)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
}

test('[money 13] a number keeps the characters that it was written in', () => {
  for (const source of [
    '10',
    '10.0',
    '10.00',
    '1e1',
    '1E+1',
    '-0',
    '0.30000000000000004',
    '9007199254740993',
  ]) {
    const read = parseJson(`{"amount":${source}}`)
    const amount = read.ok ? (read.value as JsonObject)['amount'] : undefined
    assert.ok(amount !== undefined && isJsonNumber(amount))
    assert.equal(sourceOf(amount), source)
  }
})

test('what the language prints is read as the same value, however deep', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const source = JSON.stringify(value)
      const read = parseJson(source)
      assert.ok(read.ok, source)
      assert.deepEqual(plain(read.value), JSON.parse(source))
    }),
  )
})

test('[money 15] a member that stands twice is refused, wherever it stands and however it is spelt', () => {
  for (const [source, name] of [
    ['{"a":1,"a":1}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"x":{"a":1,"b":2,"a":3}}', 'a'],
    ['[{"a":{"b":1}},{"a":1,"b":2,"b":3}]', 'b'],
    ['{"a":[{"a":1}],"a":2}', 'a'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"":1,"":2}', ''],
    ['{"a":"}","a":1}', 'a'],
    ['{"a":"\\"","a":1}', 'a'],
  ] as const) {
    assert.deepEqual(
      parseJson(source),
      { ok: false, refusal: `member ${JSON.stringify(name)} stands twice` },
      source,
    )
  }
})

test('one name in several objects, or as a value, stands once in each', () => {
  for (const source of [
    '[{"a":1},{"a":2}]',
    '{"a":{"a":{"a":1}}}',
    '{"a":"a","b":"a"}',
    '{"a":"x:y","b":["a","a"]}',
  ]) {
    assert.equal(parseJson(source).ok, true, source)
  }
})

test('[money 15] members named like an object’s own workings are members, and change nothing else', () => {
  const read = parseJson('{"__proto__":{"polluted":true},"constructor":1,"toString":2}')
  assert.ok(read.ok && isJsonObject(read.value))
  assert.deepEqual(Object.keys(read.value), ['__proto__', 'constructor', 'toString'])
  assert.equal((read.value as { polluted?: unknown }).polluted, undefined)
  assert.equal(({} as { polluted?: unknown }).polluted, undefined)
})

test('half of a surrogate pair is refused: it is no character, and becomes another one under a hash', () => {
  for (const source of ['{"name":"\\ud800"}', '{"\\udc00":1}', '["\\ud800\\ud800"]']) {
    assert.deepEqual(
      parseJson(source),
      { ok: false, refusal: 'a text in it is no well-formed Unicode' },
      source,
    )
  }
  assert.equal(parseJson('"\\ud83c\\udf89"').ok, true)
})

test('what is not quite JSON is refused', () => {
  for (const source of [
    '',
    '{',
    "{'a':1}",
    '{"a":1,}',
    '{a:1}',
    '01',
    '+1',
    '.5',
    'NaN',
    '[1] 2',
    '/**/1',
    '"\n"',
  ]) {
    assert.deepEqual(parseJson(source), { ok: false, refusal: 'the body is not JSON' }, source)
  }
})
