// A secret that was rotated out is good until it ends, and somebody hears that it is still in use.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { after as afterwards, hours, toDate } from '../../src/base/time.ts'
import { rotateClientSecret } from '../../src/core/application/rotate-client-secret.ts'
import { must } from '../world.ts'
import {
  codeFor,
  openGate,
  post,
  redeem,
  redemption,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

let gate: Gate
before(async () => {
  gate = await openGate()
})
after(async () => {
  await gate.close()
})

test('[identity 69] use of a secret that was rotated out is recorded once an hour, whichever way it comes', async () => {
  const application = await gate.application()
  const notes = async (): Promise<readonly unknown[]> => {
    await setTimeout(200)
    return await gate.deps.db.query(
      {
        name: 'old_secret_acts_for_test',
        text: `select by_kind, by_id, organization_id, details from act
                where what = 'application.old-secret-used' and about_id = $1 order by at`,
      },
      [application.clientId],
    )
  }
  const use = {
    code: async (by: Application) =>
      assert.equal((await redeem(gate, by, await codeFor(await gate.signedIn(), by))).status, 200),
    refresh: async (by: Application, token: string) => {
      const fields = { grant_type: 'refresh_token', refresh_token: token }
      const given = { ...fields, client_id: by.clientId, client_secret: by.secret }
      assert.equal((await post(`${gate.url}/oauth/token`, given)).status, 200)
    },
    introspection: async (by: Application) => {
      const given = { token: 'none', client_id: by.clientId, client_secret: by.secret }
      assert.equal((await post(`${gate.url}/oauth/introspect`, given)).status, 200)
    },
  }
  const code = await codeFor(await gate.signedIn(), application, { scope: 'openid offline_access' })
  const { body } = await post(`${gate.url}/oauth/token`, redemption(application, code))
  const rotated = await rotateClientSecret(gate.deps, { clientId: application.clientId, overlap: hours(24) })
  const endsAt = toDate(afterwards(gate.deps.clock.now(), hours(24))).toISOString()
  const renewed = { ...application, secret: must(rotated).clientSecret ?? '' }
  await use.code(renewed)
  await use.introspection(renewed)
  assert.deepEqual(await notes(), [], 'the newest one is nothing to tell of')
  const note = {
    by_kind: 'application',
    by_id: application.clientId,
    organization_id: gate.organizationId,
    details: { endsAt },
  }
  const ways = [
    async () => {
      await use.code(application)
    },
    async () => {
      await use.refresh(application, String(body['refresh_token']))
    },
    async () => {
      await use.introspection(application)
    },
  ]
  for (const [before, way] of ways.entries()) {
    await way()
    await use.introspection(application)
    assert.deepEqual(
      await notes(),
      Array.from({ length: before + 1 }, () => note),
    )
    gate.pass(hours(1))
  }
})
