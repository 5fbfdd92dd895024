import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clearCookie, cookieName, readCookies, setCookie } from './cookies.ts'

test('cookies are read in any spacing, the first of a name counts, and values keep their equals signs', () => {
  const read = readCookies('a=1;b=two;  c = x=y ; a=2; d=; =nameless; flag; __proto__=p')
  assert.deepEqual({ ...read }, { a: '1', b: 'two', c: 'x=y', d: '', ['__proto__']: 'p' })
  assert.equal(Object.getPrototypeOf(read), null)
  assert.deepEqual({ ...readCookies('') }, {})
})

test('a value that we did not encode stays as it came', () => {
  assert.equal(readCookies('a=%E0%A4%A; b=%61')['a'], '%E0%A4%A')
  assert.equal(readCookies('b=%61')['b'], '%61')
})

test('[identity 114] over https a cookie is bound to this very host, unreadable for scripts and kept from other sites', () => {
  assert.equal(
    setCookie('lango-x', 'v-1', { secure: true, maxAge: 60 }),
    '__Host-lango-x=v-1; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax',
  )
})

test('on plain http it goes without the prefix and without Secure, which browsers would refuse there', () => {
  assert.equal(setCookie('lango-x', 'v', { secure: false }), 'lango-x=v; Path=/; HttpOnly; SameSite=Lax')
  assert.equal(cookieName('lango-x', { secure: false }), 'lango-x')
})

test('a cookie is taken back under the name and path that it was set with', () => {
  assert.equal(
    clearCookie('lango-x', { secure: false }),
    'lango-x=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
  )
})

for (const value of ['a;b', 'a,b', 'a b', 'a"b', 'a\\b', 'a\r\nSet-Cookie: x=1', 'ä', '\u007f']) {
  test(`a value that could end early is a fault of ours: ${JSON.stringify(value)}`, () => {
    assert.throws(() => setCookie('lango-x', value, { secure: false }), /needs an encoding/)
  })
}
