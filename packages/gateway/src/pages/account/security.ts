import type { Locale } from '../../base/locale.ts'
import type { Instant } from '../../base/time.ts'
import { securityCopy } from '../copy/security.ts'
import type { SecurityNote } from '../copy/security/words.ts'
import { actions, button, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { field, hidden } from '../ui/field.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import type { Languages } from '../ui/language.ts'
import { layout } from '../ui/layout.ts'
import { notice } from '../ui/notice.ts'
import { plainly, said } from '../ui/said.ts'
import {
  devices,
  history,
  sessions,
  type DeviceProps,
  type HistoryProps,
  type SessionProps,
} from './security-use.ts'
import { sayWhen } from './when.ts'

export type SecurityProps = {
  readonly locale: Locale
  readonly nonce: string
  readonly token: string
  readonly sandbox: boolean
  readonly languages: Languages
  readonly note?: SecurityNote
  /** Where she came from to become surer; null when she came by herself. */
  readonly goOn: string | null
  readonly passwordChangedAt: Instant | null
  readonly authenticatorSince: Instant | null
  readonly authenticatorUsedAt: Instant | null
  readonly recoveryCodes: number
  readonly messages: readonly MessageProps[]
  readonly passkeys: readonly PasskeyProps[]
  readonly mostPasskeys: number
  readonly sessions: readonly SessionProps[]
  readonly devices: readonly DeviceProps[]
  readonly history: readonly HistoryProps[]
}

export type MessageProps = {
  readonly medium: 'email' | 'sms'
  /** Masked. */
  readonly address: string
  /** Whether codes go there. */
  readonly on: boolean
}

export type PasskeyProps = {
  readonly id: string
  readonly name: string
  readonly backedUp: boolean
  readonly createdAt: Instant
  readonly usedAt: Instant | null
}

/** What opens an account, where it is open, and who tried. */
export function securityPage(props: SecurityProps): Html {
  const { locale, nonce, sandbox, languages, note, goOn } = props
  const words = securityCopy[locale]
  const isStrong =
    props.authenticatorSince !== null || props.passkeys.length > 0 || props.messages.some(({ on }) => on)
  return layout(
    { locale, title: words.title, nonce, sandbox, languages, wide: true },
    html`<p><a href="/account">← ${words.toAccount}</a></p>
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${note === undefined ? null : notice({ tone: toneOf(note), children: html`<p>${words.notes[note]}</p>` })}
      ${goOn === null ? null : cameFor(locale, goOn)}
      ${notice({ tone: isStrong ? 'good' : 'warn', children: html`<p>${isStrong ? words.stateStrong : words.stateWeak}</p>` })}
      <div class="grid two">
        <div>
          ${passkeys(props)} ${authenticator(props)} ${messages(props)} ${recovery(props, isStrong)}
          ${password(props)}
        </div>
        <div>${sessions(props)} ${devices(props)}</div>
      </div>
      ${history(props)}`,
  ) // prettier-ignore -- a notice a line
}

const good: ReadonlySet<SecurityNote> = new Set([
  'password-changed',
  'authenticator-added',
  'authenticator-removed',
  'messages-changed',
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'session-ended',
  'device-forgotten',
])
const bad: ReadonlySet<SecurityNote> = new Set([
  'password-wrong',
  'password-weak',
  'passkey-failed',
  'last-factor',
])

function toneOf(note: SecurityNote): 'good' | 'bad' | 'warn' {
  if (good.has(note)) return 'good'
  return bad.has(note) ? 'bad' : 'warn'
}

function cameFor(locale: Locale, href: string): Html {
  const words = securityCopy[locale]
  return notice({
    tone: 'info',
    children: html`<p>${words.cameFor}</p>
      ${actions(linkButton({ label: words.goOn, href, tone: 'quiet' }))}`,
  })
}

function passkeys({ locale, token, passkeys: all, mostPasskeys }: SecurityProps): Html {
  const words = securityCopy[locale]
  return card(
    { title: words.passkeys, id: 'passkeys' },
    html`<p class="soft">${words.passkeysMore}</p>
      ${all.length === 0 ? html`<p class="empty">${words.noPasskeys}</p>` : null}
      ${all.map((one) => passkey(locale, token, one))}
      ${
        all.length >= mostPasskeys
          ? html`<p class="soft">${words.passkeyLimit(all.length)}</p>`
          : actions(
              linkButton({
                label: words.addPasskey,
                href: '/account/security/passkeys',
                tone: all.length === 0 ? 'main' : 'quiet',
              }),
            )
      }`,
  )
}

function passkey(locale: Locale, token: string, one: PasskeyProps): Html {
  const words = securityCopy[locale]
  const name = plainly(one.name)
  return html`<section>
    <h3>
      ${said(one.name)} ${one.backedUp ? html` <span class="badge soft">${words.passkeyKept}</span>` : null}
    </h3>
    <p class="soft small">
      ${words.addedAt(sayWhen(locale, one.createdAt))},
      ${one.usedAt === null ? words.neverUsed : words.usedAt(sayWhen(locale, one.usedAt))}
    </p>
    <details>
      <summary>${words.renameOne(name)}</summary>
      <form method="post" action="/account/security/passkeys/rename">
        ${hidden('token', token)} ${hidden('passkey', one.id)}
        ${field(locale, {
          name: 'name',
          id: `field-name-${one.id.slice(0, 16)}`,
          label: words.name,
          value: name,
          maxlength: 60,
          autocomplete: 'off',
        })}
        ${button({ label: words.rename, tone: 'quiet' })}
      </form>
    </details>
    ${act(token, '/account/security/passkeys/remove', {
      fields: { passkey: one.id },
      label: words.removeOne(name),
      tone: 'danger',
    })}
  </section>`
}

/** A form that is one button. */
function act(
  token: string,
  path: string,
  {
    fields = {},
    label,
    tone,
  }: {
    readonly fields?: Readonly<Record<string, string>>
    readonly label: string
    readonly tone: 'quiet' | 'danger'
  },
): Html {
  return html`<form method="post" action="${path}">
    ${hidden('token', token)} ${Object.entries(fields).map(([name, value]) => hidden(name, value))}
    ${button({ label, tone })}
  </form>`
}

function authenticator(props: SecurityProps): Html {
  const { locale, token, authenticatorSince: since, authenticatorUsedAt: usedAt } = props
  const words = securityCopy[locale]
  const path = '/account/security/authenticator'
  const facts =
    since === null
      ? null
      : html`<p>
          <span class="badge good">${words.authenticatorSet}</span>
          <span class="soft small"
            >${words.addedAt(sayWhen(locale, since))},
            ${usedAt === null ? words.neverUsed : words.usedAt(sayWhen(locale, usedAt))}</span
          >
        </p>`
  const label = since === null ? words.setUpAuthenticator : words.replaceAuthenticator
  return card(
    { title: words.authenticator, id: 'authenticator' },
    html`<p class="soft">${words.authenticatorMore}</p>
      ${facts}
      ${actions(
        linkButton({ label, href: path, tone: 'quiet' }),
        since === null
          ? null
          : act(token, `${path}/remove`, { label: words.removeAuthenticator, tone: 'danger' }),
      )}`,
  )
}

function messages({ locale, token, messages: all }: SecurityProps): Child {
  const words = securityCopy[locale]
  if (all.length === 0) return null
  const path = '/account/security/messages'
  return card(
    { title: words.messages, id: 'messages' },
    html`<p class="soft">${words.messagesMore}</p>
      ${all.map(({ medium, address, on }) =>
        act(token, on ? `${path}/remove` : path, {
          fields: { medium },
          label: (on ? words.messageOff : words.messageOn)(address),
          tone: on ? 'danger' : 'quiet',
        }),
      )}`,
  )
}

function recovery({ locale, token, recoveryCodes }: SecurityProps, isStrong: boolean): Html {
  const words = securityCopy[locale]
  const left: Child = isStrong
    ? [
        html`<p>${words.recoveryLeft(recoveryCodes)}</p>`,
        act(token, '/account/security/recovery-codes', { label: words.recoveryRenew, tone: 'quiet' }),
      ]
    : html`<p class="empty">${words.recoveryNotYet}</p>`
  return card(
    { title: words.recovery, id: 'recovery' },
    html`<p class="soft">${words.recoveryMore}</p>
      ${left}`,
  )
}

function password({ locale, token, passwordChangedAt }: SecurityProps): Html {
  const words = securityCopy[locale]
  if (passwordChangedAt === null) {
    return card({ title: words.password, id: 'password' }, html`<p>${words.passwordNone}</p>`)
  }
  return card(
    { title: words.password, id: 'password' },
    html`<p class="soft">${words.passwordSet(sayWhen(locale, passwordChangedAt))} ${words.passwordMore}</p>
      <details>
        <summary>${words.changePassword}</summary>
        <form method="post" action="/account/password">
          ${hidden('token', token)}
          ${field(locale, { name: 'current', type: 'password', label: words.current, autocomplete: 'current-password' })}
          ${field(locale, {
            name: 'chosen',
            type: 'password',
            label: words.chosen,
            hint: words.chosenHint,
            autocomplete: 'new-password',
          })}
          ${button({ label: words.change, tone: 'quiet' })}
        </form>
      </details>`,
  )
}
