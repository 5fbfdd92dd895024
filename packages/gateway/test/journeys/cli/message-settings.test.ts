import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainConfig, loadConfig, ConfigFault, type Environment } from '../../../src/config.ts'

const key = 'ab'.repeat(32)
const read = (env: Environment) => loadConfig({ LANGO_MASTER_KEY: key, ...env }).messages

test('without settings nobody is written to, and the house’s own countries may get SMS', () => {
  const { smtp, sms, smsCountries } = read({})
  assert.deepEqual([smtp, sms], [null, null])
  assert.deepEqual([smsCountries.get('KE'), smsCountries.get('FR')], [5000, undefined])
})

test('carriers and countries are read', () => {
  const { smtp, sms, smsCountries } = read({
    LANGO_SMTP_URL: 'smtps://gate:hunter2@mail.example',
    LANGO_MAIL_FROM: 'Gate <gate@example.org>',
    LANGO_SMS_URL: 'https://sms.example/send',
    LANGO_SMS_TOKEN: 'hunter3',
    LANGO_SMS_FROM: 'GATE',
    LANGO_SMS_COUNTRIES: 'KE:20000, UG',
  })
  assert.deepEqual(smtp, { url: 'smtps://gate:hunter2@mail.example', from: 'Gate <gate@example.org>' })
  assert.deepEqual(sms, { shape: 'json', url: 'https://sms.example/send', token: 'hunter3', from: 'GATE' })
  assert.deepEqual(
    [...smsCountries],
    [
      ['KE', 20_000],
      ['UG', 5000],
    ],
  )
})

test('half a carrier is a fault, and so is what cannot be read; secrets are not repeated', () => {
  const faultsOf = (env: Environment): readonly string[] => {
    try {
      read(env)
      return []
    } catch (fault) {
      assert.ok(fault instanceof ConfigFault)
      return fault.faults
    }
  }
  const half = { LANGO_SMTP_URL: 'smtp://mail.example', LANGO_SMS_URL: 'https://sms.example/send' }
  assert.deepEqual(faultsOf(half), [
    'LANGO_MAIL_FROM: LANGO_SMTP_URL needs it',
    'LANGO_SMS_TOKEN: LANGO_SMS_URL needs it',
  ])
  const wrong = faultsOf({
    LANGO_SMTP_URL: 'http://hunter2@mail.example',
    LANGO_MAIL_FROM: 'two words',
    LANGO_SMS_URL: 'sms.example',
    LANGO_SMS_SHAPE: 'xml',
    LANGO_SMS_TOKEN: 'hunter 3',
    LANGO_SMS_FROM: 'a\nb',
    LANGO_SMS_COUNTRIES: 'Kenya',
  })
  assert.deepEqual(
    wrong.map((fault) => fault.split(':')[0]),
    [
      'LANGO_SMTP_URL',
      'LANGO_MAIL_FROM',
      'LANGO_SMS_URL',
      'LANGO_SMS_TOKEN',
      'LANGO_SMS_SHAPE',
      'LANGO_SMS_FROM',
      'LANGO_SMS_COUNTRIES',
    ],
  )
  assert.ok(!wrong.join().includes('hunter'))
  const { settings } = explainConfig({ ...half, LANGO_SMS_TOKEN: 'hunter3' })
  assert.equal(settings.find(({ name }) => name === 'LANGO_SMS_TOKEN')?.value, '(hidden)')
})
