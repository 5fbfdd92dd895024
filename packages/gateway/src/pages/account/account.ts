import { locales, type Locale } from '../../base/locale.ts'
import type { Instant } from '../../base/time.ts'
import { accountCopy } from '../copy/account.ts'
import type { AccountKindWord, AccountNote } from '../copy/account/words.ts'
import { localeNames } from '../copy/locale.ts'
import { actions, button, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { hidden } from '../ui/field.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { notice } from '../ui/notice.ts'
import { plainly, said } from '../ui/said.ts'
import { facts } from '../ui/table.ts'
import { sayDay, sayWhen } from './when.ts'

export type AccountProps = {
  readonly locale: Locale
  readonly nonce: string
  readonly token: string
  readonly sandbox: boolean
  readonly note?: AccountNote
  readonly profile: Profile
  readonly connections: readonly ConnectionProps[]
  readonly signedInAt: Instant
  readonly passwordChangedAt: Instant | null
  readonly createdAt: Instant
}

export type Profile = {
  readonly number: number
  readonly kind: AccountKindWord
  readonly name: string
  readonly surname: string | null
  /** Already masked. */
  readonly idNumber: string | null
  readonly email: string | null
  readonly emailVerified: boolean
  readonly phone: string | null
  readonly phoneVerified: boolean
  readonly gender: 'm' | 'f' | null
  readonly bornOn: string | null
  readonly kraPin: string | null
}

export type ConnectionProps = {
  readonly clientId: string
  readonly application: string
  readonly organization: string
  /** What it may see, in the reader's words. */
  readonly items: readonly string[]
  readonly givenAt: Instant
}

/** All that an account's owner sees and decides, on one page. */
export function accountPage(props: AccountProps): Html {
  const { locale, nonce, sandbox, note } = props
  const words = accountCopy[locale]
  return layout(
    { locale, title: words.title, nonce, sandbox, wide: true },
    html`<h1>${words.hello(plainly(props.profile.name))}</h1>
      ${note === undefined ? null : notice({ tone: tones[note], children: html`<p>${words.notes[note]}</p>` })}
      <div class="grid two">
        <div>${profile(props)} ${signingIn(props)} ${language(props)}</div>
        <div>${services(props)} ${security(props)}</div>
      </div>`,
  )
}

const tones: Readonly<Record<AccountNote, 'good' | 'warn' | 'bad'>> = {
  removed: 'good',
  language: 'good',
  expired: 'warn',
  unknown: 'warn',
}

function profile({ locale, profile: of }: AccountProps): Html {
  const words = accountCopy[locale]
  const given = (value: string | null): Child =>
    value === null ? html`<span class="soft">${words.none}</span>` : said(value)
  const checked = (value: string | null, verified: boolean): Child => [
    given(value),
    value === null ? null : html` <span class="badge ${verified ? 'good' : 'soft'}">${verified ? words.verified : words.unverified}</span>`,
  ] // prettier-ignore
  return card(
    { title: words.profile },
    html`<p class="soft">${words.profileMore}</p>
      ${facts([
        [words.name, said(of.name)],
        [words.surname, given(of.surname)],
        [words.kind, words.kinds[of.kind]],
        [words.idNumber, given(of.idNumber)],
        [words.email, checked(of.email, of.emailVerified)],
        [words.phone, checked(of.phone === null ? null : `+${of.phone}`, of.phoneVerified)],
        [words.gender, given(of.gender === null ? null : words.genders[of.gender])],
        [words.bornOn, given(of.bornOn === null ? null : sayDay(locale, of.bornOn))],
        [words.kraPin, given(of.kraPin)],
        [words.number, of.number],
      ])}
      ${actions(linkButton({ label: words.toProfile, href: '/account/profile', tone: 'quiet' }))}`,
  )
}

function signingIn({ locale, signedInAt, passwordChangedAt, createdAt, token }: AccountProps): Html {
  const words = accountCopy[locale]
  return card(
    { title: words.facts },
    html`${facts([
        [words.signedIn, sayWhen(locale, signedInAt)],
        [words.passwordChanged, passwordChangedAt === null ? words.none : sayWhen(locale, passwordChangedAt)],
        [words.created, sayWhen(locale, createdAt)],
      ])}
      <p class="soft small">${words.timesIn}</p>
      <form method="post" action="/signout">
        ${hidden('token', token)} ${button({ label: words.signOut, tone: 'quiet' })}
      </form>`,
  )
}

function security({ locale }: AccountProps): Html {
  const words = accountCopy[locale]
  return card(
    { title: words.security, id: 'security' },
    html`<p class="soft">${words.securityMore}</p>
      ${actions(linkButton({ label: words.toSecurity, href: '/account/security', tone: 'quiet' }))}`,
  )
}

function language({ locale, token }: AccountProps): Html {
  const words = accountCopy[locale]
  return card(
    { title: words.language },
    html`<p class="soft">${words.languageMore}</p>
      <form method="post" action="/account/language" class="actions">
        ${hidden('token', token)}
        ${locales.map((each) =>
          button({
            label: html`<span lang="${each}">${localeNames[each]}</span>${each === locale ? ' ✓' : null}`,
            tone: 'quiet',
            name: 'locale',
            value: each,
          }),
        )}
      </form>`,
  )
}

function services({ locale, connections, token }: AccountProps): Html {
  const words = accountCopy[locale]
  if (connections.length === 0) {
    return card({ title: words.services, id: 'services' }, html`<p class="empty">${words.noServices}</p>`)
  }
  return card(
    { title: words.services, id: 'services' },
    html`<p class="soft">${words.servicesMore}</p>
      ${connections.map(
        ({ clientId, application, organization, items, givenAt }) =>
          html`<section>
            <h3>${said(application)} <span class="soft">${words.by(plainly(organization))}</span></h3>
            <p>${words.sees}</p>
            <ul>
              ${items.map((item) => html`<li>${item}</li>`)}
            </ul>
            <p class="soft small">${words.since(sayWhen(locale, givenAt))}</p>
            <form method="post" action="/account/services/remove">
              ${hidden('token', token)} ${hidden('client_id', clientId)}
              ${button({ label: words.removeOne(plainly(application)), tone: 'danger' })}
            </form>
          </section>`,
      )}`,
  )
}
