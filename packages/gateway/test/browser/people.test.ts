// Registration and recovery in a real Chromium: without scripts, by keyboard, at the width of a phone, in every language.
import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { locales } from '../../src/base/locale.ts'
import { register, wanjiku } from '../journeys/account/town.ts'
import { openOutbox } from '../outbox.ts'
import { openWorld, type World } from '../world.ts'
import { accessibilityFaults, openChromium, overflows } from './chromium.ts'

const outbox = openOutbox()
let world: World
let browser: Browser

before(async () => {
  world = await openWorld({ messages: outbox.messages })
  browser = await openChromium()
  await register(world.deps, wanjiku)
})
after(async () => {
  await browser.close()
  await world.close()
})

async function visit(t: TestContext, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options })
  t.after(async () => await context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  return page
}

/** Whatever has the focus is typed into: every page of these puts it where one begins. */
async function type(page: Page, text: string): Promise<void> {
  await page.locator('input:focus').waitFor()
  await page.keyboard.type(text)
}

test('without scripts and by keyboard alone somebody registers and lands in her account', async (t) => {
  const page = await visit(t, { javaScriptEnabled: false, locale: 'en-GB' })
  await page.goto(`${world.url}/signin`)
  await page.getByRole('link', { name: 'Create one' }).press('Enter')
  await page.waitForURL('**/register?**')
  await type(page, 'zawadi@example.test')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/register/code?**')
  await type(page, await outbox.code(world.deps, 'zawadi@example.test'))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/register/details?**')
  await type(page, 'Zawadi')
  await page.keyboard.press('Tab')
  await type(page, 'Mwangi')
  await page.keyboard.press('Tab')
  await type(page, 'a mango tree in bloom')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/account')
  await page.getByRole('heading', { name: /Zawadi/ }).waitFor()
})

test('without scripts and by keyboard alone somebody chooses a new password by the link of a letter', async (t) => {
  const page = await visit(t, { javaScriptEnabled: false, locale: 'en-GB' })
  await page.goto(`${world.url}/recover`)
  await type(page, '00000011')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/recover/code?**')
  const { text } = await outbox.newest(world.deps, 'wanjiku@example.test')
  await page.goto(/https?:\/\/\S+/.exec(text)?.[0] ?? '')
  await type(page, 'a quiet river at noon')
  await page.keyboard.press('Enter')
  await page.getByText('Your new password is set').waitFor()
})

for (const locale of locales) {
  for (const [width, colorScheme] of [
    [360, 'light'],
    [1280, 'dark'],
  ] as const) {
    test(`${locale}, ${width} pixels, ${colorScheme}: every page of registration and recovery fits and is accessible`, async (t) => {
      const page = await visit(t, { locale, colorScheme, viewport: { width, height: 800 } })
      const address = `look-${locale}-${width}@example.test`
      const look = async (name: string): Promise<void> => {
        assert.equal(await overflows(page), false, `${name} is too wide`)
        assert.deepEqual(await accessibilityFaults(page), [], name)
        const shots = process.env['LANGO_SHOTS']
        if (shots !== undefined) {
          await page.screenshot({ path: `${shots}/${locale}-${width}-${name}.png`, fullPage: true })
        }
      }
      const submit = async (path: string): Promise<void> => {
        await page.keyboard.press('Enter')
        await page.waitForURL(`**${path}**`)
      }
      await page.goto(`${world.url}/register`)
      await look('register')
      await page.fill('[name=address]', 'nobody')
      await page.keyboard.press('Enter')
      await page.locator('[role=alert]').waitFor()
      await look('register-unreadable')
      await page.fill('[name=address]', address)
      await submit('/register/code?')
      await look('register-code')
      await page.fill('[name=code]', 'x')
      await submit('note=wrong')
      await look('register-code-wrong')
      await page.fill('[name=code]', await outbox.code(world.deps, address))
      await submit('/register/details?')
      await look('register-details')
      await page.fill('[name=first_name]', 'Zawadi')
      await page.fill('[name=password]', 'password1')
      await page.keyboard.press('Enter')
      await page.locator('.field.wrong').waitFor()
      await look('register-details-weak')
      await page.goto(`${world.url}/recover?note=link`)
      await look('recover')
      await page.fill('[name=identifier]', address)
      await submit('/recover/code?')
      await look('recover-code')
      await page.goto(`${world.url}/signin?note=recovered`)
      await look('signin')
    })
  }
}
