// Every page that people can open, found by the list of routes itself, so that a new one cannot be forgotten: it is light,
// accessible, fits a phone, and the keyboard alone reaches all that can be used on it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { sites } from '../../src/sites/index.ts'
import { register, wanjiku } from '../journeys/account/town.ts'
import { openWorld, type World } from '../world.ts'
import { accessibilityFaults, openChromium, overflows } from './chromium.ts'

/** Bytes of a first visit: the page and all that it brings along, headers included. */
const lightest = 20_000

/** What is served to people at an address without parameters. */
const paths: readonly string[] = [
  ...new Set(
    sites({
      docs: { readDocuments: async () => await Promise.resolve([]), shopUrl: null },
      ops: { newestMigration: 0, metricsToken: null, printMetrics: async () => await Promise.resolve('') },
      sandbox: null,
    })
      .filter(({ method, budget, path }) => method === 'GET' && budget === 'page' && !path.includes(':'))
      .map(({ path }) => path)
      .filter((path) => !/^\/docs|\.ico$|\/(events|picture|continue)$/.test(path)),
  ),
]

let world: World
let browser: Browser
let stranger: BrowserContext
let person: BrowserContext
before(async () => {
  world = await openWorld()
  await register(world.deps, wanjiku)
  browser = await openChromium()
  stranger = await browser.newContext(phone)
  person = await browser.newContext(phone)
  const page = await person.newPage()
  await page.goto(`${world.url}/signin`)
  await page.fill('[name=identifier]', wanjiku.idNumber)
  await page.fill('[name=password]', String(wanjiku.password))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/account')
  await page.close()
})
after(async () => {
  await browser.close()
  await world.close()
})

const phone = { viewport: { width: 360, height: 740 }, locale: 'en-GB' } as const

for (const path of paths) {
  for (const who of ['a stranger', 'somebody who is signed in'] as const) {
    test(`${path} for ${who} is light, accessible, fits a phone and needs no mouse`, async () => {
      const page = await (who === 'a stranger' ? stranger : person).newPage()
      const weight = await weigh(page, world.url + path)
      assert.ok(weight <= lightest, `${weight} bytes`)
      assert.deepEqual(await accessibilityFaults(page), [])
      assert.equal(await overflows(page), false, 'wider than a phone')
      assert.deepEqual(await outOfReach(page), [])
      await page.close()
    })
  }
}

/** Opens the page without a cache and adds up what came over the wire. */
async function weigh(page: Page, url: string): Promise<number> {
  const network = await page.context().newCDPSession(page)
  await network.send('Network.enable')
  await network.send('Network.setCacheDisabled', { cacheDisabled: true })
  let bytes = 0
  network.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  const answer = await page.goto(url, { waitUntil: 'networkidle' })
  assert.ok(answer !== null && answer.status() < 500, `${answer?.status() ?? 'no answer'}`)
  await network.detach()
  return bytes
}

/** What can be used with a mouse and is not met by pressing Tab from the top of the page to its end. */
async function outOfReach(page: Page): Promise<readonly string[]> {
  const usable = await page.evaluate<number>(`{
    const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    globalThis.unmet = new Set(all.filter((one) => one.checkVisibility() && !one.disabled))
    globalThis.unmet.size
  }`)
  await page.evaluate('document.activeElement?.blur(); window.scrollTo(0, 0)')
  for (let presses = 0; presses < usable + 5; presses += 1) {
    await page.keyboard.press('Tab')
    await page.evaluate(`{
      const met = document.activeElement
      globalThis.unmet.delete(met)
      // Of radio buttons with one name, Tab meets the chosen one and the arrows the others.
      if (met?.type === 'radio') for (const one of [...globalThis.unmet]) if (one.name === met.name) globalThis.unmet.delete(one)
    }`)
  }
  return await page.evaluate<readonly string[]>(
    `[...globalThis.unmet].map((one) => one.outerHTML.slice(0, 120))`,
  )
}
