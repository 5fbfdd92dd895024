// The console and the operators' desk in a real browser: by keyboard, on a phone and on a desk, without JavaScript.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { password } from '../../src/cli/demo-town.ts'
import { accessibilityFaults, overflows } from './chromium.ts'
import { answerPhone, openTown, type Town } from './town.ts'

let town: Town
before(async () => {
  town = await openTown()
})
after(async () => {
  await town.close()
})

async function signedIn(
  width: number,
  email: string,
  next: string,
): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await town.visit(width)
  const page = await context.newPage()
  await page.goto(`${town.gateway}${next}`)
  await page.fill('input[name=identifier]', email)
  await page.fill('input[name=password]', password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === next)
  return { context, page }
}

async function looksRight(page: Page, name: string): Promise<void> {
  assert.deepEqual(await accessibilityFaults(page), [], name)
  assert.equal(await overflows(page), false, `${name} is wider than the window`)
  const folder = process.env['LANGO_SHOTS']
  if (folder !== undefined) {
    const width = page.viewportSize()?.width ?? 0
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
  }
}

for (const width of [360, 1280]) {
  test(`an owner invites, sends the letter again and takes the invitation back at ${width} pixels`, async () => {
    const { context, page } = await signedIn(width, 'integrator@example.com', '/console')
    await page.getByRole('link', { name: 'Duka la Ufundi' }).click()
    await page.getByRole('link', { name: 'Members' }).click()
    const email = `colleague-${width}@example.test`
    await page.getByLabel('E-mail address').fill(email)
    await page.keyboard.press('Enter')
    await page.getByText('A letter with the link was sent.').waitFor()
    await looksRight(page, 'members-invited')
    await page.getByRole('button', { name: /^Send again.*colleague/ }).click()
    await page.getByText('The letter was sent again, with the same link.').waitFor()
    const link = (await page.locator('code').first().textContent()) ?? ''
    await page.getByRole('button', { name: /^Withdraw.*colleague/ }).click()
    await page.getByText('and its link opens no more').waitFor()
    await page.goto(town.gateway + new URL(link).pathname)
    await page.getByRole('heading', { name: 'This invitation is over' }).waitFor()
    await looksRight(page, 'invitation-over')
    await context.close()
  })
}

for (const width of [360, 1280]) {
  test(`an integrator goes through her pages at ${width} pixels, and axe finds nothing`, async () => {
    const { context, page } = await signedIn(width, 'integrator@example.com', '/console')
    await looksRight(page, 'organizations')
    await page.getByRole('link', { name: 'Duka la Ufundi' }).click()
    await looksRight(page, 'overview')
    const tabs = page.getByRole('navigation', { name: 'Pages of this desk' })
    for (const tab of ['Keys', 'Services', 'Origins', 'Members', 'Activity', 'Request log', 'Applications']) {
      await tabs.getByRole('link', { name: tab }).click()
      await page.waitForLoadState()
      await looksRight(page, tab.toLowerCase().replace(' ', '-'))
    }
    await page.getByRole('link', { name: 'New application' }).click()
    await looksRight(page, 'new-application')
    await page.getByLabel('Name').fill(`Boma ${width}`)
    await page.getByLabel('Redirect addresses').fill('http://shop.example/x')
    await page.getByRole('button', { name: 'Register it' }).click()
    await looksRight(page, 'new-application-refused')
    await page.getByLabel('Redirect addresses').fill('https://shop.example/x')
    await page.getByRole('button', { name: 'Register it' }).click()
    await looksRight(page, 'secret')
    await page.getByRole('link', { name: 'I have it' }).click()
    await looksRight(page, 'application')
    await context.close()
  })

  test(`she brings along what she has elsewhere at ${width} pixels, and axe finds nothing`, async () => {
    const { context, page } = await signedIn(width, 'integrator@example.com', '/console')
    await page.getByRole('link', { name: 'Duka la Ufundi' }).click()
    const tabs = page.getByRole('navigation', { name: 'Pages of this desk' })
    await tabs.getByRole('link', { name: 'Import' }).click()
    await page.getByText('What such a document looks like').click()
    await looksRight(page, 'import')
    const lines = await page.locator('pre code').innerText()
    const mixed = {
      applications: [{ client_id: `w-${width}`, client_secret: 'short', name: 'Weak', redirect_uris: [] }],
      api_clients: [{ api_client_id: `old-${width}`, key: 'weak key', secret: 'weak secret' }],
      origins: [`https://lands-${width}.example`],
    }
    for (const [document, name] of [
      ['{', 'import-unreadable'],
      [JSON.stringify(mixed), 'import-mixed'],
      [lines, 'import-example'],
    ] as const) {
      await page.getByLabel('The document').fill(document)
      await page.getByRole('button', { name: 'Look at it first' }).click()
      await page.waitForLoadState()
      await looksRight(page, name)
    }
    await page.getByLabel('The document').fill(JSON.stringify(mixed))
    await page.getByRole('button', { name: 'Look at it first' }).click()
    await page.getByRole('button', { name: 'Bring 2 in' }).click()
    await page.waitForLoadState()
    await looksRight(page, 'import-done')
    await context.close()
  })

  test(`she sees why a notice failed and sends it again at ${width} pixels, and axe finds nothing`, async () => {
    await answerInbox({ status: 500, body: '{"error":"the shop is closed"}', times: 1 })
    await payOnce(width)
    const { context, page } = await signedIn(width, 'integrator@example.com', '/console')
    await page.getByRole('link', { name: 'Duka la Ufundi' }).click()
    const tabs = page.getByRole('navigation', { name: 'Pages of this desk' })
    await tabs.getByRole('link', { name: 'Notices' }).click()
    await looksRight(page, 'notices')
    await page.locator('td a').first().click()
    await page.getByRole('heading', { name: 'What was sent, and what came back' }).waitFor()
    await page.getByText('500').first().waitFor()
    await looksRight(page, 'notice-failed')
    await page.getByRole('button', { name: 'Send again now' }).press('Enter')
    await page.getByText('It is on its way again.').waitFor()
    await looksRight(page, 'notice-resent')
    await until(async () => {
      await page.getByRole('link', { name: 'Look again' }).click()
      return await page.locator('#try-2').isVisible()
    })
    await looksRight(page, 'notice-delivered')
    await tabs.getByRole('link', { name: 'Notices' }).click()
    await page.getByRole('link', { name: 'Address, secrets and hosts' }).click()
    await looksRight(page, 'notice-settings')
    await page.getByLabel('Those before it end').selectOption('at once')
    await page.getByRole('button', { name: 'Give a new secret' }).press('Enter')
    await page.getByRole('heading', { name: 'The new secret for notices' }).waitFor()
    await looksRight(page, 'notice-secret')
    await context.close()
  })

  test(`an integrator keeps what she is paid with at ${width} pixels, and axe finds nothing`, async () => {
    const { context, page } = await signedIn(width, 'integrator@example.com', '/console')
    await page.getByRole('link', { name: 'Duka la Ufundi' }).click()
    const tabs = page.getByRole('navigation', { name: 'Pages of this desk' })
    await tabs.getByRole('link', { name: 'Keys' }).click()
    await page.getByLabel('Name').fill(`Web shop ${width}`)
    await page.getByRole('button', { name: 'Give the keys' }).click()
    await looksRight(page, 'pair')
    await page.getByRole('link', { name: 'I have both' }).click()
    await looksRight(page, 'key')
    await page.getByRole('button', { name: 'Give a new key' }).click()
    await page.getByRole('link', { name: 'I have both' }).click()
    await page
      .getByRole('button', { name: /^End the older one/ })
      .first()
      .waitFor()
    await looksRight(page, 'key-rotated')
    await tabs.getByRole('link', { name: 'Services' }).click()
    await page.getByRole('link', { name: 'New service' }).click()
    await looksRight(page, 'new-service')
    await page.getByLabel('Name').fill(`Beadwork ${width}`)
    await page.getByLabel('What the payer pays on top').selectOption('tiers')
    await page.getByLabel('By steps: one a line').fill('1000.00 10.00\n- x')
    await page.getByRole('button', { name: 'Make it' }).click()
    await looksRight(page, 'new-service-refused')
    await page.getByLabel('By steps: one a line').fill('1000.00 10.00\n- 50.00')
    await page.getByRole('button', { name: 'Make it' }).click()
    await page.getByText('The service is made').waitFor()
    await looksRight(page, 'service')
    await tabs.getByRole('link', { name: 'Origins' }).click()
    await page.getByLabel('Origin').fill('https://shop.example/paid')
    await page.getByRole('button', { name: 'Register it' }).click()
    await page.getByText('without a path or a slash').waitFor()
    await looksRight(page, 'origins-refused')
    await context.close()
  })

  test(`an operator goes through her desk at ${width} pixels, and axe finds nothing`, async () => {
    const { context, page } = await signedIn(width, 'operator@example.com', '/admin')
    await looksRight(page, 'admin')
    await page.getByRole('link', { name: 'Duka la Ufundi' }).click()
    await looksRight(page, 'admin-organization')
    await page.goto(`${town.gateway}/admin/accounts`)
    await looksRight(page, 'admin-search')
    await page.getByLabel('E-mail, phone or id number').fill('wanjiku@example.com')
    await page.getByLabel('Reason').fill('She called about her sessions')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('heading', { name: 'Wanjiku Kamau' }).waitFor()
    await looksRight(page, 'admin-account')
    await page.goto(`${town.gateway}/admin/acts`)
    await looksRight(page, 'admin-acts')
    await context.close()
  })
}

test('the flow of a new application is tried by keyboard alone, from the page and back', async () => {
  const { context, page } = await signedIn(1280, 'integrator@example.com', '/console')
  await page.goto(
    `${page.url()}/${/[0-9a-f-]{36}/.exec((await page.getByRole('link', { name: 'Duka la Ufundi' }).getAttribute('href')) ?? '')?.[0] ?? ''}/applications/new`,
  )
  await page.getByLabel('Name').focus()
  await page.keyboard.type('By keyboard')
  await page.getByLabel('Redirect addresses').focus()
  await page.keyboard.type('https://shop.example/back')
  await page.getByRole('button', { name: 'Register it' }).press('Enter')
  await page.getByRole('link', { name: 'I have it' }).press('Enter')
  await page.getByRole('button', { name: 'Sign in and come back' }).press('Enter')
  await page.getByRole('button', { name: 'Proceed' }).press('Enter')
  await page.getByRole('heading', { name: 'The flow worked' }).waitFor()
  await looksRight(page, 'tried')
  await context.close()
})

/** Somebody makes a bill in the sandbox and pays it with a phone. */
async function payOnce(width: number): Promise<void> {
  const context = await town.visit(width)
  const page = await context.newPage()
  await page.goto(`${town.gateway}/sandbox`)
  await page.getByRole('button', { name: 'Make a bill and pay it' }).click()
  // Each with a phone of her own: one number is prompted once in a while.
  const phone = `2547110${String(width).padStart(5, '0')}`
  await page.fill('[name=phone]', phone)
  await page.getByRole('button', { name: /^Pay KES/ }).click()
  await answerPhone(town.simulators, phone, 'approve')
  await page.locator('#paid').waitFor()
  await context.close()
}

/** How the simulated merchant's inbox answers next. */
async function answerInbox(behaviour: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(`${town.simulators}/control/inbox/duka`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([behaviour]),
  })
  assert.ok(answer.ok, String(answer.status))
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000
  while (!(await isSo())) assert.ok(performance.now() < end, 'not within ten seconds')
}
