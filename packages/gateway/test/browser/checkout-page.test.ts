// The hosted page in a real Chromium: inside a merchant's frame, on its own, without scripts, by keyboard.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { after, before, test, type TestContext } from 'node:test'
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core'
import { pesaflow } from '@lango/sdk'
import { locales } from '../../src/base/locale.ts'
import { openPayTown, type Bill, type PayTown } from '../pay-town.ts'
import { accessibilityFaults, openChromium, overflows } from './chromium.ts'

let town: PayTown
let browser: Browser
let shop: Shop

before(async () => {
  shop = await openShop()
  town = await openPayTown({ shop: shop.origin })
  browser = await openChromium()
})
after(async () => {
  await browser.close()
  await town.close()
  await shop.close()
})

type Shop = {
  readonly origin: string
  /** Shows this page at `/kept`, as merchants do who keep the answer of a checkout. */
  readonly keep: (page: string) => void
  readonly close: () => Promise<void>
}

/** A merchant's site: `/frame?of=…` shows a page in a frame, keeps what it is told, and covers it when asked to. */
async function openShop(): Promise<Shop> {
  let kept = ''
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://shop')
    const veil = url.searchParams.get('veil') === 'yes' ? ' style="opacity:0.02"' : ''
    const of = (url.searchParams.get('of') ?? '').replaceAll('&', '&amp;')
    response.writeHead(200, { 'content-type': 'text/html' })
    if (url.pathname === '/kept') return void response.end(kept)
    response.end(
      url.pathname === '/frame'
        ? `<title>shop</title><script>told=[];onmessage=(e)=>told.push({origin:e.origin,data:e.data})</script>
           <iframe title="pay" width="420" height="900"${veil} src="${of}"></iframe>`
        : `<title>back</title><p>Welcome back</p>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    // Another site than the gateway's 127.0.0.1, as a merchant's is.
    origin: `http://localhost:${port}`,
    keep: (page) => {
      kept = page
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

let phones = 100

/** A fresh number, so that no try counts against another test's. */
function freshPhone(): { readonly typed: string; readonly msisdn: string } {
  phones += 1
  return { typed: `0711 000 ${phones}`, msisdn: `254711000${phones}` }
}

async function bill(): Promise<Bill> {
  return await town.bill({ callBackURLOnSuccess: `${shop.origin}/back?order=7&note=a%20b` })
}

/** A browser of its own for one test, closed however the test ends. */
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

/** Pays on the page, then approves on the sandbox's phone, each by hand. */
async function payByPhone(on: Page | Frame): Promise<void> {
  const { typed, msisdn } = freshPhone()
  await on.fill('[name=phone]', typed)
  await on.getByRole('button', { name: 'Pay KES 105.00 with M-PESA' }).click()
  await on.locator('.steps .now', { hasText: 'approve it there' }).waitFor()
  await pressOnPhone(msisdn, 'Enter PIN and approve')
}

/** The phone is another device: a browser of its own. */
async function pressOnPhone(msisdn: string, button: string): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const phone = await context.newPage()
  await phone.goto(`${town.world.url}/sandbox/phone?msisdn=${msisdn}`)
  await phone.getByRole('button', { name: button }).click()
  await context.close()
}

async function frameOf(page: Page, shown: Bill, veil = 'no'): Promise<Frame> {
  const query = new URLSearchParams({ of: shown.link, veil })
  await page.goto(`${shop.origin}/frame?${query.toString()}`)
  const frame = page.frames().find((each) => each !== page.mainFrame())
  assert.ok(frame !== undefined)
  return frame
}

type Told = readonly { readonly origin: string; readonly data: Readonly<Record<string, string>> }[]

test('[money 87] [money 89] in the merchant’s frame: paid by phone, told to its owner, and Continue leaves the frame', async (t) => {
  const page = await visit(t, { viewport: { width: 1280, height: 900 } })
  const frame = await frameOf(page, await bill())
  await payByPhone(frame)
  await frame.locator('#paid').waitFor()
  await page.waitForFunction('told.length > 0')
  const told = await page.evaluate<Told>('told')
  assert.deepEqual(
    told.map(({ origin, data }) => [origin, data['status']]),
    [[town.world.url, 'success']],
  )
  assert.deepEqual(await page.context().cookies(town.world.url), [])
  await frame.getByRole('link', { name: /^Continue to/ }).click()
  await page.waitForURL(`${shop.origin}/back?order=7&note=a%20b`)
})

test('[money 87] a page of an origin that is not registered shows nothing of it', async (t) => {
  const page = await visit(t)
  const shown = await bill()
  await page.goto(
    `${shop.origin.replace('localhost', '127.0.0.1')}/frame?${new URLSearchParams({ of: shown.link }).toString()}`,
  )
  await page.waitForTimeout(500)
  const texts = await Promise.all(page.frames().map(async (frame) => await frame.content().catch(() => '')))
  assert.ok(texts.every((text) => !text.includes('Plot 7 rates')))
})

test('a frame that its owner has made invisible does not let itself be pressed', async (t) => {
  const page = await visit(t, { viewport: { width: 1280, height: 900 } })
  const frame = await frameOf(page, await bill(), 'yes')
  await frame.fill('[name=phone]', freshPhone().typed)
  await page.waitForTimeout(600)
  await frame.getByRole('button', { name: 'Pay KES 105.00 with M-PESA' }).click()
  await frame.getByText('Something may cover this page').waitFor()
  assert.equal(await frame.locator('.steps').count(), 0)
})

test('on its own it turns to paid by itself and goes back with its query string kept', async (t) => {
  const page = await visit(t)
  await page.goto((await bill()).link)
  await payByPhone(page)
  await page.locator('#paid').waitFor()
  await page.waitForURL(`${shop.origin}/back?order=7&note=a%20b`)
})

test('a page that the merchant shows from its own origin works from there: style, news, and the form', async (t) => {
  const page = await visit(t)
  const order = town.desk.order({ format: 'html', callBackURLOnSuccess: `${shop.origin}/back?order=8` })
  const { text } = await town.desk.post(town.desk.sign(order))
  shop.keep(text)
  await page.goto(`${shop.origin}/kept`)
  const colour = await page.evaluate<string>(
    "getComputedStyle(document.querySelector('.button.main')).backgroundColor",
  )
  assert.equal(colour, 'rgb(11, 92, 85)')
  const number = (await page.locator('.ref').first().textContent()) ?? ''
  const { apiClientId, keys } = town.town.bank
  const bank = pesaflow({ baseUrl: town.world.url, apiClientId, keys })
  const paid = { reference: number, currency: 'KES', payerName: 'Wanjiku Kamau', payerAccount: '1100220033' }
  const first = { ...paid, amount: '40.00', transactionId: 'KEPT-1', transactionDate: new Date() }
  await bank.confirm(first)
  await page.getByText('KES 65.00 is still to pay').waitFor()
  await page.fill('[name=phone]', freshPhone().typed)
  await page.getByRole('button', { name: 'Pay KES 65.00 with M-PESA' }).click()
  await page.locator('.steps .now', { hasText: 'approve it there' }).waitFor()
  assert.ok(page.url().startsWith(`${town.world.url}/checkout?`))
})

test('who wants to keep the receipt stays', async (t) => {
  const page = await visit(t)
  await page.goto((await bill()).link)
  await payByPhone(page)
  await page.getByRole('button', { name: 'Stay here' }).click()
  await page.waitForTimeout(5_000)
  assert.ok(page.url().startsWith(town.world.url))
})

test('[money 90] a double click asks the phone once; back and forward show the present state', async (t) => {
  const page = await visit(t)
  await page.goto((await bill()).link)
  const { typed, msisdn } = freshPhone()
  await page.fill('[name=phone]', typed)
  await page.getByRole('button', { name: 'Pay KES 105.00 with M-PESA' }).dblclick()
  await page.locator('.steps .now', { hasText: 'approve it there' }).waitFor()
  await page.goto(`${shop.origin}/elsewhere`)
  await page.goBack()
  await page.locator('.steps .now', { hasText: 'approve it there' }).waitFor()
  const answer = await fetch(`${town.simulators.url}/control/phone/prompts?msisdn=${msisdn}`)
  const { prompts } = (await answer.json()) as { readonly prompts: readonly unknown[] }
  assert.equal(prompts.length, 1)
})

test('without scripts the page refreshes itself until it is paid, and then goes back', async (t) => {
  const page = await visit(t, { javaScriptEnabled: false })
  await page.goto((await bill()).link)
  await payByPhone(page)
  await page.waitForURL(`${shop.origin}/back?order=7&note=a%20b`, { timeout: 30_000 })
})

test('[money 92] with the keyboard alone: to the field, pay, and what is new is spoken', async (t) => {
  const page = await visit(t)
  await page.goto((await bill()).link)
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate('document.activeElement.className'), 'skip')
  await page.focus('[name=phone]')
  await page.keyboard.type(freshPhone().typed)
  await page.keyboard.press('Enter')
  await page.locator('.steps .now', { hasText: 'approve it there' }).waitFor()
  assert.equal(await page.locator('.steps [aria-current=step] .label').count(), 1)
})

for (const look of ['light', 'dark'] as const) {
  for (const lang of locales) {
    test(`[money 92] ${look}, ${lang}: every state of the page is accessible and fits 360 pixels`, async (t) => {
      const page = await visit(t, { colorScheme: look })
      const shown = await bill()
      const check = async (state: string): Promise<void> => {
        assert.deepEqual(await accessibilityFaults(page), [], state)
        assert.equal(await overflows(page), false, state)
      }
      await page.goto(`${shown.link}&lang=${lang}`)
      await check('to be paid')
      await page.fill('[name=phone]', '12')
      await page.locator('form[data-pay] button').click()
      await page.locator('.field .error').waitFor()
      await check('wrong number')
      const { typed, msisdn } = freshPhone()
      await page.fill('[name=phone]', typed)
      await page.locator('form[data-pay] button').click()
      await page.locator('.steps').waitFor()
      await check('asked')
      await pressOnPhone(msisdn, 'Cancel')
      await page.locator('.notice.warn').first().waitFor()
      await check('cancelled')
    })
  }
}
