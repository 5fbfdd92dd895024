import { base64url } from '../base/bytes.ts'
import { randomToken } from '../base/secret.ts'
import { epochSeconds } from '../base/time.ts'
import type { Deps } from '../core/deps.ts'
import { readSessionKey, sessionCookie } from '../core/session/session.ts'
import type { Asked } from './asked.ts'
import { cookieName, setCookie } from './cookies.ts'

/** Names the browser to us and nobody to anybody: random, HttpOnly, gone when the browser closes. */
const formCookie = 'lango-form'

/** A form that lay open for longer was forgotten; the page then says so and shows a fresh one. */
const formLivesSeconds = 12 * 3600

export type FormToken = {
  /** For a hidden field. */
  readonly token: string
  /** For `set-cookie`, when the browser has no cookie yet. */
  readonly setCookie: string | null
}

type Ports = Pick<Deps, 'chance' | 'clock' | 'digests' | 'publicUrl'>
type Holder = 'browser' | 'account'

/**
 * A token that proves that a form came from a page of ours in this browser. By default it also holds only while the
 * same account is signed in, so that nobody approves as one person what was shown to another; a form that is there to
 * sign in is bound to the browser alone. It is computed, not stored: any number of tabs may be open.
 */
export function formToken(deps: Ports, asked: Pick<Asked, 'cookies'>, holder: Holder = 'account'): FormToken {
  const known = browserKey(deps, asked)
  const browser = known ?? randomToken(deps.chance)
  const until = String(epochSeconds(deps.clock.now()) + formLivesSeconds)
  return {
    token: `${holder}.${until}.${seal(deps, browser, holder === 'account' ? accountOf(deps, asked) : '', until)}`,
    setCookie: known === null ? setCookie(formCookie, browser, scopeOf(deps)) : null,
  }
}

/** Whether the token is ours, for this browser and account, and not too old. */
export function checkForm(
  deps: Ports,
  asked: Pick<Asked, 'cookies' | 'headers'>,
  given: string | undefined,
): boolean {
  const parts = /^(browser|account)\.(\d{1,12})\.([\w-]{43})$/.exec(given ?? '')
  const browser = browserKey(deps, asked)
  if (parts === null || browser === null || comesFromElsewhere(asked)) return false
  const [, holder = '', until = '', proof = ''] = parts
  const right = seal(deps, browser, holder === 'account' ? accountOf(deps, asked) : '', until)
  const { digests } = deps
  // Digests of equal length are compared, so that the comparison takes as long for any proof.
  const same = digests.equal(digests.sha256(proof), digests.sha256(right))
  return same && epochSeconds(deps.clock.now()) < Number(until)
}

/** Whether a form came back without any cookie of ours: then no try will do, and the page has to say why. */
export function cookiesBlocked(deps: Pick<Deps, 'publicUrl'>, asked: Pick<Asked, 'cookies'>): boolean {
  return browserKey(deps, asked) === null
}

export function scopeOf(deps: Pick<Deps, 'publicUrl'>): { readonly secure: boolean } {
  return { secure: deps.publicUrl.startsWith('https:') }
}

function seal({ digests }: Ports, browser: string, account: string, until: string): string {
  return base64url(digests.derive('form token', `${browser} ${account} ${until}`))
}

/** What names this browser, for what must come back through the browser that asked; null: it sent no cookie of ours. */
export function browserKey(
  deps: Pick<Deps, 'publicUrl'>,
  { cookies }: Pick<Asked, 'cookies'>,
): string | null {
  const value = cookies[cookieName(formCookie, scopeOf(deps))] ?? ''
  return /^[\w-]{43}$/.test(value) ? value : null
}

/** The session's cookie as the browser sent it; findSession says what it is worth. */
export function sessionCookieOf(
  deps: Pick<Deps, 'publicUrl'>,
  { cookies }: Pick<Asked, 'cookies'>,
): string | undefined {
  return cookies[cookieName(sessionCookie, scopeOf(deps))]
}

/** Whom the session's cookie names; whether it proves it, the use case behind the form finds out. */
function accountOf(deps: Pick<Deps, 'publicUrl'>, asked: Pick<Asked, 'cookies'>): string {
  return readSessionKey(sessionCookieOf(deps, asked))?.accountId ?? ''
}

/** Browsers say where a request came from (Fetch Metadata); other programs say nothing, and have no cookies to steal. */
function comesFromElsewhere({ headers }: Pick<Asked, 'headers'>): boolean {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}
