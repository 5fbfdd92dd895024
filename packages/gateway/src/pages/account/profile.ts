import { codeForm, type CodeProps, type GateProps } from '../code-form.ts'
import { accountCopy } from '../copy/account.ts'
import { profileCopy, profileNotes, type ProfileNote } from '../copy/profile.ts'
import { registrationCopy } from '../copy/registration.ts'
import { button, linkButton, actions } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { field, hidden, select } from '../ui/field.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { notice } from '../ui/notice.ts'
import { plainly, said } from '../ui/said.ts'
import { facts } from '../ui/table.ts'
import { sayDay } from './when.ts'

export type ProfileProps = Omit<GateProps, 'next'> & {
  readonly note?: ProfileNote
  readonly firstName: string
  readonly lastName: string
  readonly surname: string | null
  readonly gender: 'm' | 'f' | null
  readonly bornOn: string | null
  readonly email: string | null
  readonly emailVerified: boolean
  readonly phone: string | null
  readonly phoneVerified: boolean
  /** What an operator vouches for, and she cannot change. */
  readonly locked: { readonly names: boolean; readonly gender: boolean; readonly bornOn: boolean }
}

/** What somebody says of herself, and how she is reached. */
export function profilePage(props: ProfileProps): Html {
  const { locale, note } = props
  const words = profileCopy[locale]
  return layout(
    { ...props, title: words.title },
    html`<h1>${words.title}</h1>
      ${note === undefined ? null : notice({ tone: profileNotes[note], children: html`<p>${words.notes[note]}</p>` })}
      ${details(props)} ${contacts(props)}
      ${actions(linkButton({ label: words.back, href: '/account', tone: 'quiet' }))}`,
  )
}

function details(props: ProfileProps): Html {
  const { locale, token, locked } = props
  const words = profileCopy[locale]
  const isAllLocked = locked.names && locked.gender && locked.bornOn
  return card(
    { title: accountCopy[locale].profile },
    html`${fixed(props)}
    ${
      isAllLocked
        ? null
        : html`<form method="post" action="/account/profile">
            ${hidden('token', token)} ${locked.names ? null : names(props)}
            ${locked.gender ? null : genderOf(props)}
            ${
              locked.bornOn
                ? null
                : field(locale, {
                    name: 'born_on',
                    type: 'date',
                    label: accountCopy[locale].bornOn,
                    value: props.bornOn ?? '',
                    optional: true,
                    autocomplete: 'bday',
                  })
            }
            ${actions(button({ label: words.save }))}
          </form>`
    }`,
  )
}

/** What was checked against documents, with the reason why there is no field for it. */
function fixed({ locale, locked, ...of }: ProfileProps): Child {
  const words = accountCopy[locale]
  const rows: (readonly [string, Child])[] = [
    ...(locked.names ? [[words.name, said(`${of.firstName} ${of.lastName}`.trim())] as const] : []),
    ...(locked.names && of.surname !== null ? [[words.surname, said(of.surname)] as const] : []),
    ...(locked.gender && of.gender !== null ? [[words.gender, words.genders[of.gender]] as const] : []),
    ...(locked.bornOn && of.bornOn !== null ? [[words.bornOn, sayDay(locale, of.bornOn)] as const] : []),
  ]
  if (rows.length === 0) return null
  return html`${facts(rows)}
    <p class="soft small">${profileCopy[locale].locked}</p>`
}

function names({ locale, firstName, lastName, surname }: ProfileProps): Html {
  const words = registrationCopy[locale]
  const most = { maxlength: 100 }
  return html`${field(locale, { name: 'first_name', label: words.firstName, value: plainly(firstName), autocomplete: 'given-name', ...most })}
  ${field(locale, { name: 'last_name', label: words.lastName, value: plainly(lastName), autocomplete: 'family-name', optional: true, ...most })}
  ${field(locale, { name: 'surname', label: accountCopy[locale].surname, value: plainly(surname ?? ''), autocomplete: 'additional-name', optional: true, ...most })}`
}

function genderOf({ locale, gender }: ProfileProps): Html {
  const words = accountCopy[locale]
  return select({
    name: 'gender',
    label: words.gender,
    value: gender ?? '',
    choices: [
      { value: '', label: profileCopy[locale].none },
      { value: 'f', label: words.genders.f },
      { value: 'm', label: words.genders.m },
    ],
  })
}

function contacts(props: ProfileProps): Html {
  const { locale, token } = props
  const words = profileCopy[locale]
  const form = (medium: 'email' | 'sms', inner: Html): Html =>
    html`<form method="post" action="/account/contact">
      ${hidden('token', token)} ${hidden('medium', medium)} ${inner}
      ${button({ label: words.send, tone: 'quiet' })}
    </form>`
  const { verified, unverified } = accountCopy[locale]
  const state = (value: string | null, isVerified: boolean) =>
    value === null ? {} : { hint: isVerified ? `✓ ${verified}` : unverified }
  return card(
    { title: words.contact, id: 'contact' },
    html`<p class="soft">${words.contactMore}</p>
      ${form('email', field(locale, { name: 'address', id: 'new-email', type: 'email', label: words.newEmail, autocomplete: 'email', maxlength: 254, value: props.email ?? '', ...state(props.email, props.emailVerified) }))}
      ${form('sms', field(locale, { name: 'address', id: 'new-phone', type: 'tel', label: words.newPhone, autocomplete: 'tel', maxlength: 40, value: props.phone === null ? '' : `+${props.phone}`, ...state(props.phone, props.phoneVerified) }))}`,
  ) // prettier-ignore
}

export type ContactCodeProps = Omit<GateProps, 'next'> & CodeProps & { readonly address: string }

/** Asks for the code that went to the new address. */
export function contactCodePage(props: ContactCodeProps): Html {
  const words = profileCopy[props.locale]
  const action = '/account/contact/code'
  const resend = { page: '/account/profile#contact' }
  return layout(
    { ...props, title: words.codeTitle },
    card(
      { kind: 'gate' },
      html`<h1>${words.codeTitle}</h1>
        <p>${words.sentTo(plainly(props.address))}</p>
        ${codeForm({ ...props, next: '/account/profile', action, resend })}`,
    ),
  )
}
