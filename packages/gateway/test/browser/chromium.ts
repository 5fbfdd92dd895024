/** The real browser that browser tests drive, and what they all look for on a page. */
import { readFileSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findChromium } from '../../../../scripts/chromium.mjs'

/** Starts the Chromium that `npm test` found, or looks for one when a test file is run alone. */
export async function openChromium(): Promise<Browser> {
  const executablePath = process.env['LANGO_CHROMIUM'] ?? (await findChromium())
  // Chromium's own sandbox does not start for root, as whom CI runs; the pages are ours.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return await chromium.launch({ executablePath, args: [...asRoot, ...quiet] })
}

/** It asks its maker's servers for nothing: tests talk to this machine alone. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

const axeSource = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] }

/** What axe finds against WCAG 2.2 AA on the page as it stands: rule and element, empty when it is right. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const script = `axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then((result) => result.violations)`
  const violations = await page.evaluate<readonly Violation[]>(script)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** Whether the page is wider than the window, so that a reader would have to push it sideways. */
export async function overflows(page: Page): Promise<boolean> {
  return await page.evaluate<boolean>(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  )
}
