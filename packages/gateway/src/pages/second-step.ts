import type { Locale } from '../base/locale.ts'
import { secondStepCopy, type SecondStepNote } from './copy/second-step.ts'
import { timeOf, waitTitle, waitWords } from './wait.ts'
import { passkeyForm, type PasskeyAsk } from './passkey-form.ts'
import { passkeyScript } from './scripts/passkey.ts'
import { actions, button, linkButton } from './ui/button.ts'
import { card } from './ui/card.ts'
import { field, hidden } from './ui/field.ts'
import { html, type Child, type Html } from './ui/html.ts'
import type { Languages } from './ui/language.ts'
import { layout } from './ui/layout.ts'
import { notice } from './ui/notice.ts'
import { plainly } from './ui/said.ts'

export type SecondStepProps = {
  readonly locale: Locale
  readonly nonce: string
  readonly token: string
  /** After a password, or to confirm a session that lives. */
  readonly kind: 'second-step' | 'confirmation'
  /** Where the forms are sent. */
  readonly action: string
  /** What each form carries on: where to go afterwards, and which sign-in it is for. */
  readonly fields: Readonly<Record<string, string>>
  readonly languages: Languages
  readonly sandbox: boolean
  readonly accountName: string
  /** Ways that are open to her. */
  readonly password: boolean
  readonly code: boolean
  readonly recoveryCode: boolean
  /** Where a code can be sent, and the name of one that was. */
  readonly messages: readonly { readonly medium: 'email' | 'sms'; readonly address: string }[]
  readonly sent: string | null
  readonly passkey: PasskeyAsk | null
  /** Leads to the first step. */
  readonly startAgain: string
  readonly note?: SecondStepNote
  /** Seconds until the next try is possible. */
  readonly wait?: number
}

/** The page that asks for one more proof. */
export function secondStepPage(props: SecondStepProps): Html {
  const { locale, nonce, languages, sandbox, kind, passkey } = props
  const words = secondStepCopy[locale]
  const title = kind === 'second-step' ? words.title : words.confirmTitle
  const lead = kind === 'second-step' ? words.lead : words.confirmLead
  const ways = [
    sentForm(props),
    codeForm(props),
    passkeyPart(props),
    messageForms(props),
    passwordForm(props),
  ].filter((way) => way !== null)
  return layout(
    {
      locale,
      title,
      nonce,
      languages,
      sandbox,
      ...(passkey === null ? {} : { scripts: [passkeyScript] }),
    },
    card(
      { kind: 'gate' },
      html`<h1>${title}</h1>
        ${message(props) ?? html`<p>${lead(plainly(props.accountName))}</p>`}
        ${ways.map((way, place) => (place === 0 ? way : [html`<p class="or">${words.or}</p>`, way]))}
        ${recovery(props)}
        <p><a href="${props.startAgain}">${words.startAgain}</a></p>
        ${props.password ? null : html`<p class="soft small">${words.lost}</p>`}`,
    ),
  )
}

function message({ locale, note, wait }: SecondStepProps): Child {
  if (wait !== undefined) {
    return notice({
      tone: 'warn',
      title: waitTitle(locale),
      children: html`<p>${waitWords(locale, timeOf(locale, wait))}</p>`,
    })
  }
  if (note === undefined) return null
  const { title, more } = secondStepCopy[locale].notes[note]
  return notice({
    tone: note === 'failed' || note === 'not-sent' ? 'bad' : 'warn',
    title,
    children: html`<p>${more}</p>`,
  })
}

function form(props: SecondStepProps, way: string, body: Child): Html {
  const { action, token, fields } = props
  return html`<form method="post" action="${action}">
    ${hidden('token', token)} ${hidden('way', way)}
    ${Object.entries(fields).map(([name, value]) => hidden(name, value))} ${body}
  </form>`
}

function codeForm(props: SecondStepProps): Html | null {
  const { locale } = props
  const words = secondStepCopy[locale]
  if (!props.code) return null
  return form(
    props,
    'code',
    html`${field(locale, {
      name: 'code',
      label: words.code,
      hint: words.codeHint,
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
      maxlength: 12,
      autofocus: props.sent === null,
    })}
    ${trust(props)} ${actions(button({ label: words.submit }))}`,
  )
}

/** A confirmation has nothing to do with the next sign-in. */
function trust({ locale, kind }: SecondStepProps): Child {
  if (kind === 'confirmation') return null
  return html`<label class="check"
    ><input type="checkbox" name="trust" value="yes" /><span>${secondStepCopy[locale].trust}</span></label
  >`
}

function passkeyPart(props: SecondStepProps): Child {
  const { locale, passkey, action, token, fields, code } = props
  const words = secondStepCopy[locale]
  if (passkey === null) return null
  return [
    passkeyForm({
      action,
      ask: passkey,
      token,
      fields: { ...fields, way: 'passkey' },
      label: words.passkey,
      trouble: words.passkeyTrouble,
      tone: code ? 'quiet' : 'main',
      more: code ? null : trust(props),
    }),
    html`<p class="soft" data-without-passkey>${words.passkeyNeedsScripts}</p>`,
  ]
}

/** Where a code can be sent to; a code that is on its way has its field first. */
function messageForms(props: SecondStepProps): Child {
  const words = secondStepCopy[props.locale]
  if (props.messages.length === 0) return null
  return props.messages.map(
    ({ medium, address }) =>
      html`<form method="post" action="${props.action}/send">
        ${hidden('token', props.token)} ${hidden('medium', medium)}
        ${Object.entries(props.fields).map(([name, value]) => hidden(name, value))}
        ${actions(button({ label: words.send[medium](address), tone: 'quiet' }))}
      </form>`,
  )
}

function sentForm(props: SecondStepProps): Html | null {
  const { locale, sent } = props
  if (sent === null) return null
  const words = secondStepCopy[locale]
  return form(
    props,
    'message',
    html`${hidden('sent', sent)}
    ${field(locale, {
      name: 'code',
      id: 'field-sent-code',
      label: words.sentCode,
      hint: words.sentHint,
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
      maxlength: 12,
      autofocus: true,
    })}
    ${trust(props)} ${actions(button({ label: words.submit }))}`,
  )
}

function passwordForm(props: SecondStepProps): Html | null {
  const { locale } = props
  if (!props.password) return null
  const words = secondStepCopy[locale]
  return form(
    props,
    'password',
    html`${field(locale, {
      name: 'password',
      type: 'password',
      label: words.password,
      autocomplete: 'current-password',
      autofocus: true,
    })}
    ${actions(button({ label: words.submit }))}`,
  )
}

function recovery(props: SecondStepProps): Child {
  const { locale } = props
  if (!props.recoveryCode) return null
  const words = secondStepCopy[locale]
  return html`<details>
    <summary>${words.recovery}</summary>
    ${form(
      props,
      'recovery-code',
      html`${field(locale, {
        name: 'code',
        id: 'field-recovery-code',
        label: words.recovery,
        hint: words.recoveryHint,
        autocomplete: 'off',
        maxlength: 40,
      })}
      ${actions(button({ label: words.recoverySubmit, tone: 'quiet' }))}`,
    )}
  </details>`
}

export type FactorMissingProps = Pick<SecondStepProps, 'locale' | 'nonce' | 'languages' | 'sandbox'> & {
  readonly setUp: string
  readonly next: string
}

/** Nothing that the account has would be sure enough: says what to do, and lets her go on as she is. */
export function factorMissingPage(props: FactorMissingProps): Html {
  const { locale, nonce, languages, sandbox } = props
  const words = secondStepCopy[locale]
  return layout(
    { locale, title: words.missingTitle, nonce, languages, sandbox },
    card(
      { kind: 'gate' },
      html`<h1>${words.missingTitle}</h1>
        <p>${words.missingMore}</p>
        ${actions(
          linkButton({ label: words.setUp, href: props.setUp }),
          linkButton({ label: words.goOn, href: props.next, tone: 'quiet' }),
        )}`,
    ),
  )
}
