/** Our side of the comparison. */
import assert from 'node:assert/strict'
import { createApplication } from '../../src/core/application/create-application.ts'
import { seconds } from '../../src/base/time.ts'
import { openGate, press } from '../journeys/standard/gate.ts'
import { must } from '../world.ts'
import { amina, type Browser } from '../journeys/account/town.ts'
import { clientOf, type PeerClient } from './peer.ts'
import { addressOf, requestOf, sideOf, type Client, type Side } from './side.ts'

const scope = 'openid profile email phone offline_access'

async function agree(browser: Browser, client: Client): Promise<void> {
  const page = await browser.get(
    addressOf('/oauth/authorize', requestOf(client, { scope, prompt: 'consent' })),
  )
  assert.equal(page.status, 200)
  assert.equal((await press(browser, page, 'proceed')).status, 303)
}

export async function openLango(
  clients: readonly PeerClient[],
): Promise<{ readonly side: Side; readonly close: () => Promise<void> }> {
  const gate = await openGate()
  for (const { clientId, secret, redirectUris, kind, pkce } of clients) {
    must(
      await createApplication(gate.deps, {
        organizationId: gate.organizationId,
        name: `Boma ${clientId}`,
        kind,
        redirectUris,
        clientId,
        ...(kind === 'web' ? { clientSecret: secret } : {}),
        ...(pkce === 'required' ? {} : { allowances: ['no-pkce' as const] }),
      }),
    )
  }
  const side = sideOf({
    name: 'lango',
    url: gate.url,
    browserOf: async (visitor) => {
      if (visitor === 'stranger') return gate.browser()
      if (visitor === 'signed-in') {
        // Somebody else: what Wanjiku agrees to is remembered for all her browsers.
        const browser = gate.browser()
        assert.equal((await browser.signIn(amina.idNumber, String(amina.password))).status, 303)
        return browser
      }
      const browser = await gate.signedIn()
      for (const one of clients) await agree(browser, clientOf(one))
      return browser
    },
    agree,
    rest: () => gate.pass(seconds(1)),
    pageOf: (status, location, body) => {
      if (location?.startsWith('/signin') === true) return Promise.resolve('sign-in')
      return Promise.resolve(status === 200 && body.includes('name="decision"') ? 'consent' : null)
    },
  })
  return { side, close: gate.close }
}
