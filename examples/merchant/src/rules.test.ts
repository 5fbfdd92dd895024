import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundedMap } from './bounded.ts'
import { goods } from './catalogue.ts'
import { proofChecks } from './checks.ts'
import { readConfig } from './config.ts'
import { html } from './html.ts'
import { readSessionCookie, sessionCookie } from './http.ts'
import { cents, shillings } from './money.ts'

const given = {
  CLIENT_ID: 'a',
  CLIENT_SECRET: 'b',
  API_CLIENT_ID: 'c',
  API_KEY: 'd',
  API_SECRET: 'e',
  SERVICE_ID: 'f',
}

test('the environment has defaults for where things are and none for who the shop is', () => {
  const config = readConfig(given)
  assert.ok(!('faults' in config))
  assert.deepEqual(
    [config.port, config.publicUrl, config.gatewayUrl, config.webhookSecret],
    [4001, 'http://localhost:4001', 'http://localhost:4000', null],
  )
  const faulty = readConfig({ PORT: 'many', LANGO_URL: 'gateway' })
  assert.ok('faults' in faulty)
  assert.equal(faulty.faults.length, 8)
  assert.ok(faulty.faults.some((fault) => fault.startsWith('PORT is no port')))
})

test('values in a page are escaped, markup is not', () => {
  const name = `<b>"O'Reilly" & co</b>`
  assert.equal(
    html`<p title="${name}">${html`<i>${1}</i>`}${null}</p>`.markup,
    '<p title="&lt;b&gt;&quot;O&#39;Reilly&quot; &amp; co&lt;/b&gt;"><i>1</i></p>',
  )
  assert.equal(html`${[html`a`, html`b`]}`.markup, 'ab')
})

test('amounts are compared in cents, exactly, and shown with separators', () => {
  assert.equal(cents('1850.00'), 185_000n)
  assert.ok(cents('999999999999.99') < cents('999999999999.99') + 1n)
  for (const wrong of ['1850', '1850.0', '-1.00', '1e3', '1,850.00', ''])
    assert.throws(() => cents(wrong), RangeError)
  assert.equal(shillings('1234567.50'), 'KES 1,234,567.50')
  assert.equal(shillings('10.00'), 'KES 10.00')
})

test('every good has a price with two decimals in whole shillings, as M-PESA takes no other', () => {
  for (const { price } of goods) assert.equal(cents(price) % 100n, 0n)
})

test('the checks before the one that failed passed, those after it were not reached', () => {
  const outcomes = (secret: boolean, code: 'notice_timestamp' | 'notice_hash' | null) =>
    proofChecks(secret, code === null ? null : { code, message: 'why' }).map(({ outcome }) => outcome)
  assert.deepEqual(outcomes(true, null), Array(6).fill('passed'))
  assert.deepEqual(outcomes(true, 'notice_timestamp'), [
    'passed',
    'passed',
    'failed',
    'not reached',
    'not reached',
    'not reached',
  ])
  assert.deepEqual(outcomes(false, 'notice_hash'), [
    'not asked',
    'not asked',
    'not asked',
    'passed',
    'passed',
    'failed',
  ])
})

test('a full map forgets its oldest entry', () => {
  const map = boundedMap<number>(2)
  for (const [at, key] of ['a', 'b', 'c'].entries()) map.set(key, at)
  assert.deepEqual([map.get('a'), map.values()], [undefined, [1, 2]])
})

test('on https the cookie is bound to the host and the connection', () => {
  assert.equal(sessionCookie('x', true), '__Host-duka=x; Path=/; HttpOnly; SameSite=Lax; Secure')
  assert.equal(readSessionCookie({ cookie: 'duka=1; __Host-duka=2' }, true), '2')
  assert.equal(readSessionCookie({ cookie: 'duka=1; __Host-duka=2' }, false), '1')
  assert.equal(readSessionCookie({}, false), undefined)
})
