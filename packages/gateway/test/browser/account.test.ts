// Signing in and the account page in a real Chromium: without scripts, at the width of a phone, in every language.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { locales } from '../../src/base/locale.ts'
import { giveConsent } from '../../src/core/authorization/give-consent.ts'
import { must, openWorld, type World } from '../world.ts'
import { createOrganization } from '../../src/core/organization/create-organization.ts'
import { register, wanjiku } from '../journeys/account/town.ts'
import { accessibilityFaults, openChromium, overflows } from './chromium.ts'

let world: World
let browser: Browser

before(async () => {
  world = await openWorld()
  browser = await openChromium()
  const account = await register(world.deps, wanjiku)
  const organization = must(await createOrganization(world.deps, { name: 'Ministry of Gates', origins: [] }))
  const text = `insert into application (client_id, organization_id, name, kind, redirect_uris, releases, scopes, created_at)
    values ('land', $1, 'Land Search', 'web', '{https://shop.example/cb}', 'national-identity', '{openid}', now())`
  await world.deps.db.query({ name: 'test_browser_application', text }, [organization.id])
  await giveConsent(world.deps, { accountId: account.id, clientId: 'land', scopes: ['openid'] })
})
after(async () => {
  await browser.close()
  await world.close()
})

async function signIn(page: Page): Promise<void> {
  await page.fill('[name=identifier]', '0700 000 011')
  await page.fill('[name=password]', 'wanjiku opens the gate')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/account')
}

test('without scripts: sign in, remove a service, change the language, sign out', async () => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
    locale: 'en-GB',
  })
  const page = await context.newPage()
  await page.goto(`${world.url}/account`)
  await signIn(page)
  await page.getByRole('button', { name: 'Remove Land Search' }).click()
  await page.getByText('That service sees nothing of you any more').waitFor()
  await page.getByRole('button', { name: 'Kiswahili' }).click()
  await page.getByText('Kuanzia sasa tunakuandikia kwa Kiswahili').waitFor()
  await page.getByRole('button', { name: 'Toka', exact: true }).click()
  await page.getByText('Umetoka').waitFor()
  await page.goBack()
  await page.waitForLoadState()
  // Not from the browser's memory: what the account page showed is not kept.
  assert.equal(await page.getByText('00****11').count(), 0)
  await context.close()
})

for (const locale of locales) {
  for (const [width, colorScheme] of [
    [360, 'light'],
    [1280, 'dark'],
  ] as const) {
    test(`${locale}, ${width} pixels, ${colorScheme}: every page is accessible and fits`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme })
      const page = await context.newPage()
      const errors: string[] = []
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      const right = async (what: string): Promise<void> => {
        assert.deepEqual(await accessibilityFaults(page), [], what)
        assert.equal(await overflows(page), false, what)
      }
      await page.goto(`${world.url}/signin?lang=${locale}`)
      await right('sign in')
      await page.fill('[name=identifier]', '00000099')
      await page.fill('[name=password]', 'wrong password')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
      await right('failed')
      await signIn(page)
      await right('account')
      assert.equal(await page.getAttribute('html', 'lang'), locale)
      await page.goto(`${world.url}/signin`)
      await right('signed in already')
      await page.goto(`${world.url}/signout`)
      await right('sign out')
      // The browser itself notes the 403 of the failed try; nothing else may be amiss.
      assert.deepEqual(
        errors.filter((error) => !error.includes('403')),
        [],
      )
      await context.close()
    })
  }
}

test('the keyboard alone signs in, and the focus starts in the first empty field', async () => {
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  // The focus moves with the first picture of a page, which on a busy machine comes after its markup.
  const focused = async (name: string): Promise<void> => {
    await page.waitForFunction(`document.activeElement?.getAttribute('name') === '${name}'`)
  }
  await page.goto(`${world.url}/signin`)
  await focused('identifier')
  await page.keyboard.type('00000011')
  await page.keyboard.press('Tab')
  await page.keyboard.type('wrong password')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  await focused('password')
  assert.equal(await page.inputValue('[name=password]'), '')
  await page.keyboard.type('wanjiku opens the gate')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/account')
  await context.close()
})
