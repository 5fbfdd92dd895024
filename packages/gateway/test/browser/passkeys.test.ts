// Passkeys in a real Chromium with a virtual authenticator, the second step, and the security page as people see it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { locales } from '../../src/base/locale.ts'
import { codeOf } from '../journeys/account/factors.ts'
import { register, wanjiku } from '../journeys/account/town.ts'
import { freePort, openWorld, type World } from '../world.ts'
import { accessibilityFaults, openChromium, overflows } from './chromium.ts'

let world: World
let browser: Browser
let gateway = ''
const password = 'wanjiku opens the gate'

before(async () => {
  // A browser makes no passkey for an address of digits: the house has a name here.
  const port = await freePort()
  gateway = `http://localhost:${port}`
  world = await openWorld({ port, publicUrl: gateway })
  browser = await openChromium()
  for (const idNumber of ['KEYS-1', 'KEYS-2', 'KEYS-3']) {
    await register(world.deps, { ...wanjiku, idNumber, email: null, phone: null })
  }
  for (const [at, locale] of locales.entries()) {
    const own = { email: `${locale}@example.test`, phone: `25470020000${at}` }
    await register(world.deps, { ...wanjiku, ...own, idNumber: `KEYS-${locale}` })
  }
})
after(async () => {
  await browser.close()
  await world.close()
})

type Device = { readonly cdp: CDPSession; readonly id: string }

/** A device with a finger on it that always fits. */
async function addDevice(context: BrowserContext, page: Page): Promise<Device> {
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { cdp, id: authenticatorId }
}

async function present({ cdp, id }: Device, enabled: boolean): Promise<void> {
  await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: id, enabled })
}

async function givePassword(page: Page, idNumber: string, next = '/account/security'): Promise<void> {
  await page.goto(`${gateway}/signin?next=${encodeURIComponent(next)}`)
  await page.fill('[name=identifier]', idNumber)
  await page.fill('[name=password]', password)
  await page.keyboard.press('Enter')
}

/** Moves the focus by the keyboard alone until it is on the button or link of that name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    const on = await page.evaluate<string>('document.activeElement?.textContent?.trim() ?? ""')
    if (on === name) return
  }
  throw new Error(`the keyboard does not reach ${name}`)
}

test('by the keyboard alone: a passkey is made, signs in as the only factor, and is the second step', async () => {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 360, height: 780 } })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  const device = await addDevice(context, page)
  await givePassword(page, 'KEYS-1')
  await page.waitForURL('**/account/security')
  await tabTo(page, 'Add a passkey')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/account/security/passkeys')
  await tabTo(page, 'Make the passkey')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  assert.equal(await page.locator('.codes code').count(), 10)
  assert.deepEqual(await accessibilityFaults(page), [])
  assert.equal(await overflows(page), false)
  await tabTo(page, 'I have kept them')
  await page.keyboard.press('Enter')
  await page.getByText('Chrome on Linux', { exact: true }).first().waitFor()
  const { credentials } = await device.cdp.send('WebAuthn.getCredentials', { authenticatorId: device.id })
  assert.equal(credentials.length, 1)
  assert.equal(credentials[0]?.isResidentCredential, true)
  assert.equal(credentials[0]?.rpId, 'localhost')

  await context.clearCookies()
  // Nobody touches the device while the page loads: the name's field offers the passkey and nothing happens by itself.
  await present(device, false)
  await page.goto(`${gateway}/signin?next=%2Faccount%2Fsecurity`)
  await tabTo(page, 'Sign in with a passkey')
  await present(device, true)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/account/security')
  assert.match((await page.textContent('#history')) ?? '', /Signed in\s+passkey/)

  await context.clearCookies()
  await present(device, false)
  await givePassword(page, 'KEYS-1')
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  await tabTo(page, 'Use a passkey')
  await present(device, true)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/account/security')
  assert.match((await page.textContent('#history')) ?? '', /Signed in\s+password and passkey/)
  assert.deepEqual(errors, [])
  await context.close()
})

test('whoever signs in where the browser offers passkeys need not type anything', async () => {
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  await addDevice(context, page)
  await givePassword(page, 'KEYS-2', '/account/security/passkeys')
  await page.getByRole('button', { name: 'Make the passkey' }).click()
  await page.getByRole('link', { name: 'I have kept them' }).click()
  await context.clearCookies()
  // The device is present: what the browser offers beside the name's field is taken at once.
  await page.goto(`${gateway}/signin?next=%2Faccount%2Fsecurity`)
  await page.waitForURL('**/account/security')
  await context.close()
})

test('a device that does not answer is told in words, and the password still opens', async () => {
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  const { cdp, id } = await addDevice(context, page)
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false })
  await page.goto(`${gateway}/signin`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByText('The passkey was not used').waitFor()
  assert.deepEqual(await accessibilityFaults(page), [])
  await givePassword(page, 'KEYS-3')
  await page.waitForURL('**/account/security')
  await context.close()
})

test('without scripts the second step, an app and recovery codes work, and passkeys say what they need', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' })
  const page = await context.newPage()
  await givePassword(page, 'KEYS-3', '/account/security/authenticator')
  const secret = ((await page.textContent('code')) ?? '').replaceAll(' ', '')
  await page.fill('[name=code]', codeOf(world, secret, -1))
  await page.keyboard.press('Enter')
  await page.locator('.codes').waitFor()
  const [first = ''] = await page.locator('.codes code').allTextContents()
  await context.clearCookies()
  await givePassword(page, 'KEYS-3')
  assert.equal(await page.getByRole('button', { name: 'Use a passkey' }).isVisible(), false)
  await page.getByText('Recovery code', { exact: true }).first().click()
  await page.fill('#field-recovery-code', first)
  await page.getByRole('button', { name: 'Use the recovery code' }).click()
  await page.waitForURL('**/account/security')
  await page.getByText('9 codes are left.').waitFor()
  await page.goto(`${gateway}/account/security/passkeys`)
  await page.getByText('This browser cannot make passkeys here').waitFor()
  await context.close()
})

for (const locale of locales) {
  for (const [width, colorScheme] of [
    [360, 'light'],
    [1280, 'dark'],
  ] as const) {
    test(`${locale}, ${width} pixels, ${colorScheme}: every page of security is accessible, fits and is small`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme })
      const page = await context.newPage()
      const right = async (what: string): Promise<void> => {
        assert.deepEqual(await accessibilityFaults(page), [], what)
        assert.equal(await overflows(page), false, what)
        assert.equal(await page.getAttribute('html', 'lang'), locale, what)
        const [bytes, path] = [(await page.content()).length, process.env['LANGO_SHOTS']]
        assert.ok(bytes < 60_000, `${what}: ${bytes} characters`)
        if (path !== undefined) {
          await page.screenshot({ path: `${path}/${what}-${locale}-${width}.png`, fullPage: true })
        }
      }
      await addDevice(context, page)
      await page.goto(`${gateway}/signin?lang=${locale}`)
      await right('sign-in')
      await givePassword(page, `KEYS-${locale}`)
      if (width === 360) await setUp(page, right)
      else await confirm(page, locale, right)
      await context.close()
    })
  }
}

const secrets = new Map<string, string>()
type Right = (what: string) => Promise<void>

/** As the owner sees it for the first time. */
async function setUp(page: Page, right: Right): Promise<void> {
  await page.waitForURL('**/account/security')
  await right('security-empty')
  await page.goto(`${gateway}/account/security/passkeys`)
  await right('new-passkey')
  await page.goto(`${gateway}/account/security/authenticator`)
  await right('app')
  const secret = ((await page.textContent('code')) ?? '').replaceAll(' ', '')
  secrets.set((await page.getAttribute('html', 'lang')) ?? '', secret)
  await page.fill('[name=code]', '12')
  await page.keyboard.press('Enter')
  await page.locator('.error').waitFor()
  await right('app-wrong')
  await page.fill('[name=code]', codeOf(world, secret, -1))
  await page.keyboard.press('Enter')
  await page.locator('.codes').waitFor()
  await right('codes')
  await page.goto(`${gateway}/signin/confirm?acr=aal2`)
  await right('confirm')
  await page.fill('#field-code', codeOf(world, secret))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/account')
  await right('account')
  await page.goto(`${gateway}/account/security`)
  await page.locator('#messages button').first().click()
  await page.waitForURL('**/account/security?note=messages-changed')
}

/** As she sees it when she comes back. */
async function confirm(page: Page, locale: string, right: Right): Promise<void> {
  await page.waitForURL('**/signin/second**')
  await right('second-step')
  await page.locator('form[action$="/send"] button').click()
  await page.locator('#field-sent-code').waitFor()
  await right('second-step-sent')
  await page.fill('#field-code', '000')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').first().waitFor()
  await right('second-step-failed')
  await page.fill('#field-code', codeOf(world, secrets.get(locale) ?? '', 1))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/account/security')
  await page.goto(`${gateway}/account/security/passkeys`)
  await page.locator('form[data-passkey] button').click()
  await page.waitForURL('**/account/security?note=passkey-added')
  await right('security')
}
