import type { Locale } from '../../base/locale.ts'
import type { Instant } from '../../base/time.ts'
import { securityCopy } from '../copy/security.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { hidden } from '../ui/field.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { table } from '../ui/table.ts'
import { sayBrowser } from './browser.ts'
import { sayWhen } from './when.ts'

export type SessionProps = {
  readonly id: string
  readonly current: boolean
  readonly userAgent: string | null
  readonly methods: readonly string[]
  readonly signedInAt: Instant
  readonly seenAt: Instant
}

export type DeviceProps = {
  /** For the form; opens nothing. */
  readonly id: string
  readonly current: boolean
  readonly userAgent: string | null
  readonly seenAt: Instant
  /** Null unless it is let off the second step now. */
  readonly trustedUntil: Instant | null
}

export type HistoryProps = {
  readonly at: Instant
  readonly outcome: 'opened' | 'stepped-up' | 'failed'
  readonly methods: readonly string[]
  readonly network: string
  readonly userAgent: string | null
  readonly known: boolean
}

type Frame = { readonly locale: Locale; readonly token: string }

/** Where the account is open now, each with the button that ends it. */
export function sessions({
  locale,
  token,
  sessions: all,
}: Frame & { readonly sessions: readonly SessionProps[] }): Html {
  const words = securityCopy[locale]
  return card(
    { title: words.sessions, id: 'sessions' },
    html`<p class="soft">${words.sessionsMore}</p>
      ${all.map((one) => session(locale, token, one))}
      <form method="post" action="/account/sessions/end-all">
        ${hidden('token', token)}
        <p class="soft">${words.everywhereMore}</p>
        ${button({ label: words.everywhere, tone: 'danger' })}
      </form>`,
  ) // prettier-ignore -- a card is read as one
}

function session(locale: Locale, token: string, one: SessionProps): Html {
  const words = securityCopy[locale]
  const browser = sayBrowser(locale, one.userAgent)
  return html`<section>
    <h3>${browser}${one.current ? here(locale) : null}</h3>
    <p class="soft small">
      ${words.signedInAt(sayWhen(locale, one.signedInAt))} (${sayHow(locale, one.methods)}),
      ${words.seenAt(sayWhen(locale, one.seenAt))}
    </p>
    ${
      one.current
        ? null
        : html`<form method="post" action="/account/sessions/end">
            ${hidden('token', token)} ${hidden('session', one.id)}
            ${button({ label: words.endSessionOf(browser), tone: 'quiet' })}
          </form>`
    }
  </section>`
}

function here(locale: Locale): Child {
  return html` <span class="badge info">${securityCopy[locale].here}</span>`
}

/** Browsers that the account signed in from before. */
export function devices({
  locale,
  token,
  devices: all,
}: Frame & { readonly devices: readonly DeviceProps[] }): Html {
  const words = securityCopy[locale]
  const path = '/account/security/devices/forget'
  const forgetAll = html`<form method="post" action="${path}">
    ${hidden('token', token)} ${hidden('device', 'all')} ${button({ label: words.forgetAll, tone: 'quiet' })}
  </form>`
  return card(
    { title: words.devices, id: 'devices' },
    html`<p class="soft">${words.devicesMore}</p>
      ${all.length === 0 ? html`<p class="empty">${words.noDevices}</p>` : null}
      ${all.map((one) => {
        const browser = sayBrowser(locale, one.userAgent)
        return html`<section>
          <h3>${browser}${one.current ? here(locale) : null}</h3>
          <p class="soft small">
            ${words.seenAt(sayWhen(locale, one.seenAt))}${
              one.trustedUntil === null
                ? null
                : html`, ${words.trustedUntil(sayWhen(locale, one.trustedUntil))}`
            }
          </p>
          <form method="post" action="${path}">
            ${hidden('token', token)} ${hidden('device', one.id)}
            ${button({ label: words.forgetOne(browser), tone: 'quiet' })}
          </form>
        </section>`
      })}
      ${all.length < 2 ? null : forgetAll}`,
  ) // prettier-ignore -- a card is read as one
}

/** Who came in and who tried. */
export function history({
  locale,
  history: all,
}: Pick<Frame, 'locale'> & { readonly history: readonly HistoryProps[] }): Html {
  const words = securityCopy[locale]
  const outcome = (one: HistoryProps): Child => [
    html`<span class="badge ${one.outcome === 'failed' ? 'bad' : 'good'}"
      >${words.outcomes[one.outcome]}</span
    >`,
    ` ${sayHow(locale, one.methods)}`,
    one.known || one.outcome === 'failed' ? null : html` <span class="badge info">${words.strange}</span>`,
  ]
  return card(
    { title: words.history, id: 'history' },
    html`<p class="soft">${words.historyMore}</p>
      ${table({
        caption: '',
        empty: words.noHistory,
        rows: all,
        columns: [
          { head: words.when, cell: ({ at }) => sayWhen(locale, at) },
          { head: words.what, cell: outcome },
          { head: words.browser, cell: ({ userAgent }) => sayBrowser(locale, userAgent) },
          { head: words.network, cell: ({ network }) => network },
        ],
      })}`,
  ) // prettier-ignore -- a card is read as one
}

/** The proofs in the reader's words. */
function sayHow(locale: Locale, methods: readonly string[]): string {
  const { how } = securityCopy[locale]
  const [password, code, passkey] = ['pwd', 'otp', 'pop'].map((method) => methods.includes(method))
  if (passkey === true) return password === true ? how['password-passkey'] : how.passkey
  if (code === true) return password === true ? how['password-code'] : how.code
  return password === true ? how.password : how.other
}
