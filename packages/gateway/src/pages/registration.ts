import { codeForm, codeNotice, type CodeProps, type GateProps } from './code-form.ts'
import type { CodeNote } from './copy/code.ts'
import { registrationCopy, type DetailsFault, type RegistrationNote } from './copy/registration.ts'
import { gate, withNext } from './gate.ts'
import { actions, button } from './ui/button.ts'
import { field, hidden } from './ui/field.ts'
import { html, type Child, type Html } from './ui/html.ts'
import { notice } from './ui/notice.ts'
import { plainly } from './ui/said.ts'

export type RegisterProps = GateProps & {
  readonly note?: RegistrationNote
  readonly codeNote?: CodeNote
  readonly wait?: number
  /** What was typed before. */
  readonly address?: string
}

/** Asks somebody who has no account for an address of hers. */
export function registerPage(props: RegisterProps): Html {
  const { locale, token, next, address } = props
  const words = registrationCopy[locale]
  return gate(
    props,
    words.title,
    html`${noteOf(props)} ${codeNotice(locale, props.codeNote, props.wait)}
      <p>${words.lead}</p>
      <form method="post" action="/register">
        ${hidden('token', token)} ${hidden('next', next)}
        ${field(locale, {
          name: 'address',
          label: words.address,
          hint: words.addressHint,
          autocomplete: 'email',
          maxlength: 254,
          autofocus: true,
          ...(address === undefined ? {} : { value: plainly(address) }),
        })}
        ${actions(button({ label: words.send }))}
      </form>
      <p class="soft small">${words.have} <a href="${withNext('/signin', next)}">${words.signIn}</a></p>`,
  )
}

function noteOf({ locale, note }: RegisterProps): Child {
  if (note === undefined) return null
  const { title, more } = registrationCopy[locale].notes[note]
  return notice({ tone: 'bad', title, children: html`<p>${more}</p>` })
}

export type RegisterCodeProps = GateProps & CodeProps & { readonly address: string }

/** Asks for the code that went to the address. */
export function registerCodePage(props: RegisterCodeProps): Html {
  const words = registrationCopy[props.locale]
  return gate(
    props,
    words.codeTitle,
    html`<p>${words.sentTo(plainly(props.address))}</p>
      ${codeForm({ ...props, action: '/register/code', resend: { form: '/register/resend' } })}
      <p class="small"><a href="${withNext('/register', props.next)}">${words.otherAddress}</a></p>`,
  )
}

export type DetailsProps = GateProps & {
  readonly id: string
  readonly address?: string
  readonly fault?: DetailsFault
  readonly firstName?: string
  readonly lastName?: string
}

/** Asks for what makes an account of a proved address. */
export function registerDetailsPage(props: DetailsProps): Html {
  const { locale, token, next, id, fault, firstName = '', lastName = '' } = props
  const words = registrationCopy[locale]
  const wrong = (name: DetailsFault) => (fault === name ? { error: words.faults[name], autofocus: true } : {})
  return gate(
    props,
    words.detailsTitle,
    html`${props.address === undefined ? null : html`<p>${words.detailsLead(plainly(props.address))}</p>`}
      <form method="post" action="/register/details">
        ${hidden('token', token)} ${hidden('next', next)} ${hidden('id', id)}
        ${field(locale, {
          name: 'first_name',
          label: words.firstName,
          autocomplete: 'given-name',
          maxlength: 100,
          value: plainly(firstName),
          ...(fault === undefined ? { autofocus: true } : {}),
          ...wrong('first_name'),
        })}
        ${field(locale, {
          name: 'last_name',
          label: words.lastName,
          hint: words.lastNameHint,
          autocomplete: 'family-name',
          maxlength: 100,
          optional: 'said',
          value: plainly(lastName),
          ...wrong('last_name'),
        })}
        ${field(locale, {
          name: 'password',
          type: 'password',
          label: words.password,
          hint: words.passwordHint,
          autocomplete: 'new-password',
          ...wrong('password'),
        })}
        ${actions(button({ label: words.submit }))}
      </form>`,
  )
}
