import type { Locale } from '../base/locale.ts'
import { consentCopy } from './copy/consent.ts'
import { deviceCopy, type DeviceNote } from './copy/device.ts'
import { actions, button, linkButton } from './ui/button.ts'
import { card } from './ui/card.ts'
import { faceLogo, type Face } from './ui/face.ts'
import { field, hidden } from './ui/field.ts'
import { html, type Child, type Html } from './ui/html.ts'
import { layout } from './ui/layout.ts'
import type { Languages } from './ui/language.ts'
import { notice } from './ui/notice.ts'
import { plainly, said } from './ui/said.ts'

export type DeviceFrame = {
  readonly locale: Locale
  readonly nonce: string
  readonly languages: Languages
  readonly sandbox: boolean
}

export type EnterCodeProps = DeviceFrame & {
  readonly token: string
  /** What came with the address, or was typed before. */
  readonly typed: string
  readonly note?: DeviceNote
  /** Seconds until the next try is possible. */
  readonly wait?: number
}

/** Asks for the letters that the device shows. */
export function enterCodePage(props: EnterCodeProps): Html {
  const { locale, token, typed } = props
  const words = deviceCopy[locale]
  return framed(
    props,
    words.title,
    html`<h1>${words.title}</h1>
      ${message(props)}
      <p>${words.lead}</p>
      <form method="post" action="/device">
        ${hidden('token', token)}
        ${field(locale, {
          name: 'user_code',
          label: words.code,
          hint: words.codeHint,
          value: plainly(typed),
          autocomplete: 'off',
          maxlength: 40,
          autofocus: true,
        })}
        ${actions(button({ label: words.go }))}
      </form>`,
  )
}

function message({ locale, note, wait }: EnterCodeProps): Child {
  const words = deviceCopy[locale]
  if (wait !== undefined) {
    const minutes = Math.max(1, Math.ceil(wait / 60))
    return notice({ tone: 'warn', title: words.waitTitle, children: html`<p>${words.wait(minutes)}</p>` })
  }
  if (note === undefined) return null
  const { title, more } = words.notes[note]
  return notice({ tone: 'bad', title, children: html`<p>${more}</p>` })
}

export type AllowDeviceProps = DeviceFrame & {
  readonly token: string
  readonly userCode: string
  readonly face: Face | null
  readonly applicationName: string
  readonly organizationName: string
  readonly accountName: string
  /** What it will see, each in the reader's words. */
  readonly items: readonly string[]
}

/** Who asks, for what, and what a swindler would say. */
export function allowDevicePage(props: AllowDeviceProps): Html {
  const words = deviceCopy[props.locale]
  const consent = consentCopy[props.locale]
  const title = words.askTitle(plainly(props.applicationName))
  return framed(
    props,
    title,
    html`${faceLogo(props.face)}
      <h1>${title}</h1>
      ${notice({ tone: 'warn', title: words.warnTitle, children: html`<p>${words.warn}</p>` })}
      <p>${words.compare} <strong class="letters">${props.userCode}</strong></p>
      <p>${consent.by} <strong>${said(props.organizationName)}</strong>.</p>
      <h2>${consent.sees}</h2>
      <ul>
        ${props.items.map((item) => html`<li>${item}</li>`)}
      </ul>
      <p>${consent.as} <strong>${said(props.accountName)}</strong>.</p>
      <form method="post" action="/device">
        ${hidden('token', props.token)} ${hidden('user_code', props.userCode)}
        ${actions(
          button({ label: words.allow, name: 'decision', value: 'allowed' }),
          button({ label: words.deny, name: 'decision', value: 'denied', tone: 'quiet' }),
        )}
      </form>
      <p class="soft small">${consent.later}</p>`,
  )
}

export type DecidedDeviceProps = DeviceFrame & {
  readonly decision: 'allowed' | 'denied'
  readonly applicationName: string
}

/** Says what came of it. */
export function decidedDevicePage(props: DecidedDeviceProps): Html {
  const words = deviceCopy[props.locale]
  const name = plainly(props.applicationName)
  const isIn = props.decision === 'allowed'
  const title = isIn ? words.allowedTitle : words.deniedTitle
  return framed(
    props,
    title,
    html`<h1>${title}</h1>
      <p>${isIn ? words.allowed(name) : words.denied(name)}</p>
      ${actions(linkButton({ label: words.account, href: '/account', tone: 'quiet' }))}`,
  )
}

function framed({ locale, nonce, languages, sandbox }: DeviceFrame, title: string, body: Html): Html {
  return layout({ locale, title, nonce, languages, sandbox }, card({ kind: 'gate' }, body))
}
