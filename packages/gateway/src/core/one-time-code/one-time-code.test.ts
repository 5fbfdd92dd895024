import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { codeHash, drawCode, drawsOfCode, readCode } from './one-time-code.ts'

const digests = {
  derive: (purpose: string, text: string) =>
    new Uint8Array(createHmac('sha256', purpose).update(text).digest()),
}

test('[identity 111] a code has six digits, and every digit is as likely in every place', () => {
  const counts = Array.from({ length: 6 }, () => Array.from({ length: 10 }, () => 0))
  for (let round = 0; round < 20_000; round += 1) {
    const code = drawCode({ bytes: (length) => new Uint8Array(randomBytes(length)) })
    assert.match(code, /^\d{6}$/)
    for (const [place, digit] of [...code].entries()) {
      const of = counts[place]
      if (of !== undefined) of[Number(digit)] = (of[Number(digit)] ?? 0) + 1
    }
  }
  // 2,000 expected; 300 is seven standard deviations.
  for (const of of counts) for (const count of of) assert.ok(Math.abs(count - 2000) < 300, String(count))
})

test('what would make some codes likelier is drawn again', () => {
  const drawn = [
    [255, 255, 255, 255],
    [0, 0, 0, 7],
  ]
  assert.equal(drawCode({ bytes: () => Uint8Array.from(drawn.shift() ?? []) }), '000007')
})

test('a code is read as people type it', () => {
  const typed = ['123456', ' 123 456 ', '123-456', '１２３４５６', '12345', '1234567', 'abcdef', '']
  assert.deepEqual(typed.map(readCode), ['123456', '123456', '123456', '123456', null, null, null, null])
})

test('equal codes have different hashes', () => {
  assert.notDeepEqual(codeHash(digests, 'one', '123456'), codeHash(digests, 'two', '123456'))
})

test('[identity 111] an SMS draws on the number, the network, the country and all of them; an owner on her own', () => {
  const asked = { medium: 'sms', address: '254700000001', accountId: null, network: '192.0.2.1' } as const
  const keysOf = (accountId: string | null) =>
    drawsOfCode({ ...asked, accountId, country: { code: 'KE', aDay: 1000 } }, digests).map(({ key }) => key)
  const names = keysOf(null).map((key) => key.split(' ')[1])
  assert.deepEqual(names, ['again', 'pair', 'address', 'network', 'sms', 'country'])
  const shared = keysOf('someone').filter((key) => keysOf(null).includes(key))
  assert.deepEqual(
    shared.map((key) => key.split(' ')[1]),
    ['network', 'sms', 'country'],
  )
  assert.ok(!keysOf(null).join().includes('254700000001'))
})

test('[identity 111] a country gets no more than its number in any day', () => {
  for (const aDay of [1, 2, 1000, 5001]) {
    const draws = drawsOfCode(
      { medium: 'sms', address: '1', accountId: null, network: '', country: { code: 'KE', aDay } },
      digests,
    )
    const rule = draws.at(-1)?.rule
    assert.ok(rule !== undefined)
    const most = rule.burst + Math.floor(86_400 / rule.refill.seconds)
    assert.ok(most <= Math.max(2, aDay + 1), `${most} of ${aDay}`)
  }
})
