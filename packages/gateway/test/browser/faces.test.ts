// An application's face in a real browser: it is painted, it loads, it can be read by day and by night, and it weighs little.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { encodeLogo } from '../../src/core/application/set-logo.ts'
import { authorizePath, openGate, type Gate } from '../journeys/standard/gate.ts'
import { must } from '../world.ts'
import { accessibilityFaults, openChromium, overflows } from './chromium.ts'

let gate: Gate
let browser: Browser
before(async () => {
  gate = await openGate()
  browser = await openChromium()
})
after(async () => {
  await browser.close()
  await gate.close()
})

async function shopIn(colour: string): Promise<string> {
  const { clientId, ...rest } = await gate.application({ name: 'Duka la Samaki' })
  const picture = await sharp({ create: { width: 400, height: 300, channels: 3, background: colour } })
    .png()
    .toBuffer()
  const logo = must(await encodeLogo(gate.deps, picture))
  await gate.deps.db.query(
    {
      name: 'test_paint',
      text: 'update application set colour = $2, logo = $3, logo_type = $4 where client_id = $1',
    },
    [clientId, colour, logo?.bytes ?? null, logo?.mediaType ?? null],
  )
  return gate.url + authorizePath({ clientId, ...rest })
}

async function buttonOf(page: Page): Promise<unknown> {
  return await page.evaluate(`{
    const { backgroundColor, color } = getComputedStyle(document.querySelector('.button.main'))
    ;[backgroundColor, color]
  }`)
}

const faces = [
  { colour: '#b3261e', button: ['rgb(179, 38, 30)', 'rgb(255, 255, 255)'] },
  { colour: '#ffd54a', button: ['rgb(255, 213, 74)', 'rgb(0, 0, 0)'] },
  { colour: '#fffdf9', button: ['rgb(255, 253, 249)', 'rgb(0, 0, 0)'] },
] as const

for (const colorScheme of ['light', 'dark'] as const) {
  for (const { colour, button } of faces) {
    test(`${colour} on the sign-in and consent pages, ${colorScheme}`, async () => {
      const address = await shopIn(colour)
      const context = await browser.newContext({
        viewport: { width: 360, height: 740 },
        locale: 'en-GB',
        colorScheme,
      })
      const page = await context.newPage()
      const faults: string[] = []
      page.on('console', (message) => {
        // A policy that holds something back says so on the console.
        if (message.type() === 'error') faults.push(message.text())
      })
      await page.goto(address, { waitUntil: 'networkidle' })
      await looksRight(page, button)
      await page.fill('[name=identifier]', '00000011')
      await page.fill('[name=password]', 'wanjiku opens the gate')
      await page.keyboard.press('Enter')
      await page.waitForSelector('[name=decision][value=proceed]')
      await page.waitForLoadState('networkidle')
      await looksRight(page, button)
      assert.deepEqual(faults, [])
      await context.close()
    })
  }
}

async function looksRight(page: Page, button: readonly string[]): Promise<void> {
  assert.deepEqual(await buttonOf(page), button)
  assert.equal(await page.evaluate(`document.querySelector('img.face').naturalWidth`), 192)
  assert.deepEqual(await accessibilityFaults(page), [])
  assert.equal(await overflows(page), false)
}
