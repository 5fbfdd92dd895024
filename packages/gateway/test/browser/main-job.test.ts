import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import { overflows } from './chromium.ts'
import { answerPhone, openTown, type Town } from './town.ts'

// LANGO_PICTURES names where the pictures go; docs/images is where README.md shows them.
const pictures =
  process.env['LANGO_PICTURES'] ?? fileURLToPath(new URL('../../../../.cache/pictures', import.meta.url))
mkdirSync(pictures, { recursive: true })

let town: Town
before(async () => {
  town = await openTown()
})
after(async () => {
  await town.close()
})

/** A phone and a good for each width: the same amount from one phone within two minutes would end with code 17. */
const visits = [
  { width: 1280, good: 'Kiondo basket' },
  { width: 360, good: 'Kikoi cloth' },
] as const

for (const { width, good } of visits) {
  test(`a citizen signs in at the shop, pays in its frame, and the merchant is told, at ${width} pixels`, async () => {
    const browser = await town.visit(width)
    const page = await browser.newPage()
    // Two cores carry the browser, the database and everybody's other side.
    page.setDefaultTimeout(60_000)
    const faults: string[] = []
    page.on('pageerror', (fault) => faults.push(fault.message))
    page.on('console', (said) => {
      if (said.type() === 'error') faults.push(said.text())
    })
    const picture = async (name: string): Promise<void> => {
      assert.equal(await overflows(page), false, `${name} scrolls sideways at ${width} pixels`)
      await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true })
    }

    await page.goto(town.shop)
    await picture('shop')
    await signIn(page, picture)
    await page.getByRole('button', { name: `Buy ${good}` }).click()
    const frame = page.frameLocator('iframe[data-gateway]')
    await frame.getByText(`Pay Duka la Ufundi`).waitFor()
    await picture('order')

    const asked = frame.getByText('approve it there', { exact: false }).first()
    await pressInFrame(frame.getByRole('button', { name: /^Pay KES .* with M-PESA/ }))
    await asked.waitFor()
    await picture('asked')
    await answerPhone(town.simulators, '254700000100', 'approve')

    // Nobody touches the page from here: the frame turns by itself, and the shop believes only the signed notice.
    await frame.getByText('Thank you', { exact: false }).waitFor()
    await page.locator('[data-told][data-state=paid]').waitFor()
    await picture('paid')
    const number = (await page.locator('[data-invoice]').innerText()).trim()
    await pressInFrame(frame.getByRole('link', { name: /^Continue/ }))
    await page.waitForURL(/\/orders\/ORDER-[A-Z0-9]+\/paid/)

    await page.goto(`${town.gateway}/sandbox/inbox`)
    const notice = page.locator('main').getByText(number, { exact: false }).first()
    await notice.waitFor()
    await page.getByText('Hash verified').first().waitFor()
    await picture('inbox')
    assert.deepEqual(faults, [])
    await browser.close()
  })
}

/**
 * Presses until it is gone. Chromium drops clicks into a frame that watches its own visibility and moved just now, as a
 * picture or a scroll moves it; a person would press again, and pressing twice pays once.
 */
async function pressInFrame(control: Locator): Promise<void> {
  await control.waitFor()
  for (let tries = 0; tries < 20 && (await control.isVisible()); tries += 1) {
    await control.scrollIntoViewIfNeeded({ timeout: 5_000 }).catch(() => undefined)
    await control.page().waitForTimeout(700)
    // Gone by now is what was wanted.
    await control.click({ timeout: 2_000 }).catch(() => undefined)
    await control.waitFor({ state: 'hidden', timeout: 3_000 }).catch(() => undefined)
  }
}

async function signIn(page: Page, picture: (name: string) => Promise<void>): Promise<void> {
  await page.getByText('Sign in with eCitizen').first().click()
  await page.getByLabel('ID number', { exact: false }).fill('10000001')
  await page.getByLabel('Password', { exact: true }).fill('lango-demo-2026')
  await picture('sign-in')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const proceed = page.getByRole('button', { name: 'Proceed' })
  const home = page.getByText('Wanjiku').first()
  // Consent is remembered: a second visit goes straight home.
  await proceed.or(home).first().waitFor()
  if (await proceed.isVisible()) {
    await picture('consent')
    await proceed.click()
  }
  await home.waitFor()
}

test('the sandbox shows the phone, the bank and the inbox without anything sticking out', async () => {
  for (const width of [360, 1280]) {
    const browser = await town.visit(width)
    const page = await browser.newPage()
    for (const [name, path] of [
      ['landing', '/'],
      ['sandbox', '/sandbox'],
      ['phone', '/sandbox/phone'],
      ['bank', '/sandbox/bank'],
      ['docs', '/docs'],
      ['payments', '/docs/payments'],
    ] as const) {
      const answer = await page.goto(town.gateway + path)
      assert.equal(answer?.status(), 200, path)
      assert.equal(await overflows(page), false, `${path} scrolls sideways at ${width} pixels`)
      await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true })
    }
    await browser.close()
  }
})
