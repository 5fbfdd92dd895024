import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serve } from '../../../src/main.ts'
import { ConfigFault } from '../../../src/config.ts'
import { explainFault } from '../../../src/cli/explain-fault.ts'
import { seedDemo } from '../../../src/cli/demo.ts'
import { freshDatabase } from '../../cluster.ts'
import { testMasterKey } from '../../world.ts'
import { families } from '../../../src/http/limits.ts'

test('live mode refuses a database that holds demo data, and says what to do', async () => {
  const database = await freshDatabase()
  const config = {
    port: 0,
    host: '127.0.0.1',
    dataFolder: '',
    databaseUrl: database.url,
    publicUrl: 'https://gate.example',
    masterKeys: [testMasterKey],
    hosts: {},
    trustedProxies: [],
    limits: families,
    metricsToken: null,
    logLevel: 'error',
    messages: { smtp: null, sms: null, smsCountries: new Map() },
    stolenPasswords: null,
  } as const
  const options = { databaseUrl: database.url, say: () => undefined }
  await seedDemo({ ...config, mode: 'sandbox' }, options)
  await assert.rejects(serve({ ...config, mode: 'live' }, options), (fault: unknown) => {
    assert.ok(fault instanceof ConfigFault)
    const { message } = explainFault(fault)
    assert.match(message, /holds demo data.*lango org create/)
    assert.doesNotMatch(message, /\n +at /, 'a refusal on purpose shows no stack')
    return true
  })
  await database.drop()
})
