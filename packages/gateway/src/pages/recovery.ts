import { codeForm, codeNotice, type CodeProps, type GateProps } from './code-form.ts'
import type { CodeNote } from './copy/code.ts'
import { recoveryCopy, type RecoveryNote } from './copy/recovery.ts'
import { registrationCopy } from './copy/registration.ts'
import { signInCopy } from './copy/signin.ts'
import { gate, withNext } from './gate.ts'
import { actions, button } from './ui/button.ts'
import { field, hidden } from './ui/field.ts'
import { html, type Html } from './ui/html.ts'
import { notice } from './ui/notice.ts'
import { plainly } from './ui/said.ts'

export type RecoverProps = GateProps & {
  readonly note?: RecoveryNote
  readonly codeNote?: CodeNote
  readonly wait?: number
  /** What was typed before. */
  readonly identifier?: string
}

/** Asks which account the lost password belongs to. */
export function recoverPage(props: RecoverProps): Html {
  const { locale, token, next, identifier, note } = props
  const words = recoveryCopy[locale]
  const said = note === undefined ? null : words.notes[note]
  return gate(
    props,
    words.title,
    html`${said === null ? null : notice({ tone: 'bad', title: said.title, children: html`<p>${said.more}</p>` })}
      ${codeNotice(locale, props.codeNote, props.wait)}
      <p>${words.lead}</p>
      <form method="post" action="/recover">
        ${hidden('token', token)} ${hidden('next', next)}
        ${field(locale, {
          name: 'identifier',
          label: signInCopy[locale].identifier,
          hint: signInCopy[locale].identifierHint,
          autocomplete: 'username',
          maxlength: 254,
          autofocus: true,
          ...(identifier === undefined ? {} : { value: plainly(identifier) }),
        })}
        ${actions(button({ label: words.send }))}
      </form>
      <p class="soft small">
        ${words.remembered} <a href="${withNext('/signin', next)}">${words.signIn}</a>
      </p>`,
  )
}

export type RecoverCodeProps = GateProps & CodeProps

/** Says the same whether anybody was written to or not. */
export function recoverCodePage(props: RecoverCodeProps): Html {
  const words = recoveryCopy[props.locale]
  return gate(
    props,
    words.sentTitle,
    html`<p>${words.sent}</p>
      <p>${words.sentMore}</p>
      ${codeForm({ ...props, action: '/recover/code', resend: { page: withNext('/recover', props.next) } })}
      <p class="soft small">
        ${words.remembered} <a href="${withNext('/signin', props.next)}">${words.signIn}</a>
      </p>`,
  )
}

export type NewPasswordProps = GateProps & {
  /** What the link carries. */
  readonly key: string
  readonly isWeak?: boolean
}

/** Asks for the new password. */
export function newPasswordPage(props: NewPasswordProps): Html {
  const { locale, token, next, key, isWeak } = props
  const words = recoveryCopy[locale]
  return gate(
    props,
    words.choose,
    html`<p>${words.chooseLead}</p>
      <form method="post" action="/recover/password">
        ${hidden('token', token)} ${hidden('next', next)} ${hidden('key', key)}
        ${field(locale, {
          name: 'password',
          type: 'password',
          label: registrationCopy[locale].password,
          hint: registrationCopy[locale].passwordHint,
          autocomplete: 'new-password',
          autofocus: true,
          ...(isWeak === true ? { error: registrationCopy[locale].faults.password } : {}),
        })}
        ${actions(button({ label: words.submit }))}
      </form>`,
  )
}
