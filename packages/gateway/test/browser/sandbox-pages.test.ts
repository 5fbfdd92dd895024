// The sandbox, the front door and the documents in a real Chromium: they fit, everybody can use them, news arrive.
import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openPayTown, type PayTown } from '../pay-town.ts'
import { accessibilityFaults, openChromium, overflows } from './chromium.ts'

let town: PayTown
let browser: Browser

before(async () => {
  town = await openPayTown()
  browser = await openChromium()
})
after(async () => {
  await browser.close()
  await town.close()
})

async function visit(t: TestContext, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'en-GB',
    ...options,
  })
  t.after(async () => await context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  return page
}

test('a prompt appears on the open phone by itself, is approved there, and the inbox shows a verified notice', async (t) => {
  const phone = await visit(t)
  const inbox = await visit(t)
  const payer = await visit(t)
  await phone.goto(`${town.world.url}/sandbox/phone?msisdn=254711000777`)
  await inbox.goto(`${town.world.url}/sandbox/inbox`)
  await payer.goto(`${town.world.url}/sandbox`)
  await payer.getByRole('button', { name: 'Make a bill and pay it' }).click()
  await payer.fill('[name=phone]', '0711 000 777')
  await payer.getByRole('button', { name: /^Pay KES 105\.00/ }).click()
  await phone.getByRole('button', { name: 'Enter PIN and approve' }).click()
  await payer.locator('#paid').waitFor()
  await inbox.locator('[data-verified=yes]').first().waitFor()
})

for (const look of ['light', 'dark'] as const) {
  for (const width of [360, 1280] as const) {
    test(`[money 92] ${look}, ${width} pixels: the sandbox, the front door and the documents fit and are accessible`, async (t) => {
      const page = await visit(t, { colorScheme: look, viewport: { width, height: 800 } })
      const bill = await town.bill()
      await page.goto(`${town.world.url}/sandbox/bank?ref_no=${bill.number}`)
      await page.getByRole('button', { name: 'Confirm', exact: true }).click()
      await page.locator('#answer-status').waitFor()
      const check = async (where: string): Promise<void> => {
        assert.deepEqual(await accessibilityFaults(page), [], where)
        assert.equal(await overflows(page), false, where)
      }
      await check('what the bank sent')
      for (const path of [
        '/',
        '/?lang=sw',
        '/?lang=fr',
        '/sandbox',
        '/sandbox/phone',
        '/sandbox/bank',
        '/sandbox/inbox',
        '/sandbox/messages',
        '/docs',
        '/nowhere',
      ]) {
        await page.goto(town.world.url + path)
        await check(path)
      }
    })
  }
}
