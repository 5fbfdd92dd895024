// A browser holds the redirects that follow a form to its page's policy: whoever agreed before must still arrive.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { authorizePath, openGate, type Gate } from '../journeys/standard/gate.ts'
import { openChromium } from './chromium.ts'

let gate: Gate
let browser: Browser
const servers: Server[] = []

before(async () => {
  gate = await openGate()
  browser = await openChromium()
})
after(async () => {
  await browser.close()
  for (const server of servers) server.close()
  await gate.close()
})

/** An application of its own origin; `leads` sends whoever comes back on to another. */
async function site(leads?: string): Promise<string> {
  const server = createServer((_request, response) => {
    if (leads === undefined) response.end('welcome')
    else response.writeHead(303, { location: leads }).end()
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/back`
}

for (const hops of [false, true]) {
  for (const javaScriptEnabled of [false, true]) {
    const how = `${hops ? 'over a second host' : 'directly'}, ${javaScriptEnabled ? 'with' : 'without'} scripts`
    test(`who agreed before arrives at the application after signing in, ${how}`, async () => {
      const end = await site()
      const redirectUri = hops ? await site(end) : end
      const application = await gate.application({ name: 'Duka', redirectUris: [redirectUri] })
      const start = gate.url + authorizePath(application)
      const context = await browser.newContext({ javaScriptEnabled, locale: 'en-GB' })
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      const signIn = async (): Promise<void> => {
        await page.goto(start)
        await page.fill('[name=identifier]', '00000011')
        await page.fill('[name=password]', 'wanjiku opens the gate')
        await page.keyboard.press('Enter')
      }
      await signIn()
      await page.getByRole('button', { name: 'Proceed' }).click()
      await page.getByText('welcome').waitFor()
      await context.clearCookies()
      await signIn()
      await page.getByText('welcome').waitFor()
      assert.equal(new URL(page.url()).origin, new URL(end).origin)
      await context.close()
    })
  }
}
