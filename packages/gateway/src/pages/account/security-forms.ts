import type { Locale } from '../../base/locale.ts'
import { securityCopy } from '../copy/security.ts'
import { timeOf } from '../wait.ts'
import { passkeyForm, type PasskeyAsk } from '../passkey-form.ts'
import { passkeyScript } from '../scripts/passkey.ts'
import { actions, button, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { field, hidden } from '../ui/field.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import type { Languages } from '../ui/language.ts'
import { notice } from '../ui/notice.ts'

type Frame = {
  readonly locale: Locale
  readonly nonce: string
  readonly token: string
  readonly sandbox: boolean
  readonly languages?: Languages
}

const back = '/account/security'

export type EnrolmentProps = Frame & {
  readonly qr: { readonly size: number; readonly path: string }
  readonly secret: string
  readonly address: string
  /** The secret as the form carries it. */
  readonly sealed: string
  readonly wrong: boolean
  readonly wait: number | null
}

/** Sets up an authenticator app: scan, or type, then confirm. */
export function enrolmentPage(props: EnrolmentProps): Html {
  const { locale, token, qr, secret, sealed, wrong, wait } = props
  const words = securityCopy[locale]
  const [scan, type, confirm] = words.enrolSteps
  const spaced = secret.replaceAll(/(.{4})(?!$)/g, '$1 ')
  return layout(
    { ...props, title: words.enrolTitle },
    card(
      { kind: 'gate' },
      html`<h1>${words.enrolTitle}</h1>
        ${wait === null ? null : notice({ tone: 'warn', children: html`<p>${words.codeWait(timeOf(locale, wait))}</p>` })}
        <ol class="in-order">
          <li>
            <p>${scan}</p>
            <svg class="qr" role="img" aria-label="${words.qrLabel}" viewBox="0 0 ${qr.size} ${qr.size}">
              <rect width="${qr.size}" height="${qr.size}" fill="#fff" />
              <path d="${qr.path}" fill="#000" />
            </svg>
          </li>
          <li>
            <p>${type}</p>
            <p>${words.secretLabel}: <code translate="no">${spaced}</code></p>
            <p><a href="${props.address}">${words.openApp}</a></p>
          </li>
          <li>
            <p>${confirm}</p>
            <form method="post" action="/account/security/authenticator">
              ${hidden('token', token)} ${hidden('sealed', sealed)}
              ${field(locale, {
                name: 'code',
                label: words.code,
                hint: words.codeHint,
                autocomplete: 'one-time-code',
                inputmode: 'numeric',
                maxlength: 12,
                ...(wrong ? { error: words.codeWrong, autofocus: true } : {}),
              })}
              ${actions(
                button({ label: words.confirm }),
                linkButton({ label: words.cancel, href: back, tone: 'quiet' }),
              )}
            </form>
          </li>
        </ol>`,
    ),
  ) // prettier-ignore -- a page is read as one
}

export type NewPasskeyProps = Frame & {
  readonly ask: PasskeyAsk
  readonly user: string
  readonly userName: string
  /** What the new key is called unless she says otherwise. */
  readonly name: string
}

/** Makes a passkey on this device. */
export function newPasskeyPage(props: NewPasskeyProps): Html {
  const { locale, token, ask, user, userName, name } = props
  const words = securityCopy[locale]
  return layout(
    { ...props, title: words.newPasskeyTitle, scripts: [passkeyScript] },
    card(
      { kind: 'gate' },
      html`<h1>${words.newPasskeyTitle}</h1>
        <p>${words.newPasskeyLead}</p>
        ${passkeyForm({
          action: '/account/security/passkeys',
          ask,
          token,
          fields: {},
          label: words.makePasskey,
          trouble: words.makeTrouble,
          known: words.makeKnown,
          tone: 'main',
          create: { user, name: userName },
          more: field(locale, {
            name: 'name',
            label: words.newPasskeyName,
            hint: words.newPasskeyHint,
            value: name,
            maxlength: 60,
            autocomplete: 'off',
          }),
        })}
        <p data-without-passkey>${words.makeNeeds}</p>
        ${actions(linkButton({ label: words.cancel, href: back, tone: 'quiet' }))}`,
    ),
  )
}

export type RecoveryCodesProps = Frame & { readonly codes: readonly string[] }

/** The one time that the codes are seen. */
export function recoveryCodesPage(props: RecoveryCodesProps): Html {
  const { locale, codes } = props
  const words = securityCopy[locale]
  return layout(
    { ...props, title: words.codesTitle },
    card(
      { kind: 'gate' },
      html`<h1>${words.codesTitle}</h1>
        ${notice({ tone: 'warn', children: html`<p>${words.codesLead}</p>` })}
        <ol class="codes">
          ${codes.map((code) => html`<li><code translate="no">${code}</code></li>`)}
        </ol>
        <ul>
          ${words.codesMore.map((line) => html`<li>${line}</li>`)}
        </ul>
        ${actions(linkButton({ label: words.codesDone, href: back }))}`,
    ),
  )
}
