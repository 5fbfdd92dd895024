/** People with a second factor: what a test does as somebody at her browser would. */
import assert from 'node:assert/strict'
import { Secret, TOTP } from 'otpauth'
import { toDate } from '../../../src/base/time.ts'
import type { Browser, Page, Town } from './town.ts'

/** The six digits that an authenticator app shows at this time; `steps` half minutes later or earlier. */
export function codeOf(town: Pick<Town, 'deps'>, secret: string, steps = 0): string {
  const timestamp = toDate(town.deps.clock.now()).getTime() + steps * 30_000
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp })
}

export type App = { readonly secret: string; readonly recoveryCodes: readonly string[] }

/** Sets an authenticator app up on the security page. The code that confirms it is of the step before this one. */
export async function addApp(town: Pick<Town, 'deps'>, browser: Browser): Promise<App> {
  const page = await browser.get('/account/security/authenticator')
  assert.equal(page.status, 200)
  const secret = secretOn(page)
  const done = await browser.post('/account/security/authenticator', {
    token: page.token,
    sealed: sealedOn(page),
    code: codeOf(town, secret, -1),
  })
  return { secret, recoveryCodes: codesOn(done) }
}

export function secretOn(page: Page): string {
  return (/<code translate="no">([A-Z2-7 ]+)<\/code>/.exec(page.body)?.[1] ?? '').replaceAll(' ', '')
}

export function sealedOn(page: Page): string {
  return /name="sealed" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
}

export function codesOn(page: Page): readonly string[] {
  return [...page.body.matchAll(/<code translate="no">([0-9A-Z-]{19})<\/code>/g)].map(([, code = '']) => code)
}

/** Sends a form of the second step that stands on a page. */
export async function answer(
  browser: Browser,
  page: Page,
  fields: Readonly<Record<string, string>>,
): Promise<Page> {
  const action = /<form\s+method="post"\s+action="([^"]+)"/.exec(page.body)?.[1]?.replace(/\/send$/, '') ?? ''
  const held = ['next', 'acr', 'mark'].flatMap((name) => {
    const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1]
    return value === undefined ? [] : [[name, value.replaceAll('&amp;', '&')] as const]
  })
  const kept: Readonly<Record<string, string>> = Object.fromEntries(held)
  return await browser.post(action, { token: page.token, ...kept, ...fields })
}
