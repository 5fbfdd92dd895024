import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { isEmail, isLocked, normalEmail, type Account, type Gender } from '../../core/account/account.ts'
import { changeContact, type ChangeContact } from '../../core/account/change-contact.ts'
import { browserOfSession } from '../../core/account/contact-change.ts'
import { findSession } from '../../core/session/find-session.ts'
import type { CodeView } from '../../core/one-time-code/one-time-code.ts'
import { startContactChange, type StartContactChange } from '../../core/account/start-contact-change.ts'
import { updateProfile, type UpdateProfile } from '../../core/account/update-profile.ts'
import { viewCode } from '../../core/one-time-code/view-code.ts'
import { viewSession } from '../../core/session/view-session.ts'
import type { Contact } from '../../core/message/message.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { checkForm, formToken, sessionCookieOf } from '../../http/csrf.ts'
import { bodyFields, queryFields, type Fields } from '../../http/fields.ts'
import { freshNonce, page, type Markup } from '../../http/html.ts'
import { keepLanguage, languageOf } from '../../http/locale.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import type { GateProps } from '../../pages/code-form.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import { profileNotes, type ProfileNote } from '../../pages/copy/profile.ts'
import { contactCodePage, profilePage } from '../../pages/account/profile.ts'
import { languagesOf } from '../../pages/ui/language.ts'
import { form, toSignIn, uuidOf, type FormNo } from './form.ts'

const path = '/account/profile'
type Cookie = string | undefined

const show = route<Cookie, Account, 'login_required'>('GET', path, {
  budget: 'page',
  parse: (asked, deps) => ok(sessionCookieOf(deps, asked)),
  run: async (deps, cookie) => {
    const account = await viewSession(deps, cookie)
    return account === null ? no(refusal('login_required')) : ok(account)
  },
  print: (account, asked, deps) => {
    const note = noteOf(asked)
    const locked = {
      names: isLocked(account, 'names'),
      gender: isLocked(account, 'gender'),
      bornOn: isLocked(account, 'born_on'),
    }
    return shown(deps, asked, { at: path, locale: account.locale }, (props) =>
      profilePage({ ...props, ...account, locale: props.locale, locked, ...(note === null ? {} : { note }) }),
    )
  },
  refuse: { login_required: () => toSignIn(path) },
})

const refuse: Refuse<FormNo> = {
  login_required: () => toSignIn(path),
  form_expired: () => back('expired'),
  field_invalid: () => back('invalid'),
}

const save = form<UpdateProfile, null, 'field_invalid' | 'login_required'>(path, {
  read: (fields) => {
    const gender = fields.get('gender') ?? ''
    const bornOn = fields.get('born_on') ?? ''
    return {
      firstName: fields.get('first_name') ?? '',
      lastName: fields.get('last_name') ?? '',
      surname: fields.get('surname') ?? null,
      gender: isGender(gender) ? gender : null,
      bornOn: bornOn === '' ? null : bornOn,
    }
  },
  act: updateProfile,
  print: () => back('saved'),
  refuse,
})

type Start = StartContactChange & { readonly cookie: Cookie }
type StartNo = FormNo | 'too_many_tries' | 'medium_unavailable' | 'country_closed' | 'step_up_required'

const start = route<Start, { readonly id: string }, StartNo>('POST', '/account/contact', {
  budget: 'page',
  parse: (asked, deps): Result<Start, Refusal<'form_expired' | 'field_invalid'>> => {
    const fields = bodyFields(asked)
    if (!fields.ok || !checkForm(deps, asked, fields.value.get('token'))) return no(refusal('form_expired'))
    const to = readContact(deps, fields.value)
    if (to === null) return no(refusal('field_invalid'))
    const locale = pickLocale(...languageOf(deps, asked))
    return ok({ to, address: asked.address, locale, cookie: sessionCookieOf(deps, asked) })
  },
  run: async (deps, { cookie, ...wanted }) => {
    const session = await findSession(deps, cookie)
    return session === null ? no(refusal('login_required')) : await startContactChange(deps, session, wanted)
  },
  print: ({ id }) => seeOther(`/account/contact/code?id=${id}`),
  refuse: {
    ...refuse,
    field_invalid: () => back('unreadable'),
    medium_unavailable: () => back('medium'),
    country_closed: () => back('country'),
    too_many_tries: ({ retryAfterSeconds = 60 }) => {
      const reply = back('wait')
      return { ...reply, headers: { ...reply.headers, 'retry-after': String(retryAfterSeconds) } }
    },
    step_up_required: () => seeOther(`/signin/confirm?next=${encodeURIComponent(`${path}?note=confirmed`)}`),
  },
})

type Look = { readonly cookie: Cookie; readonly id: string | null }

const showCode = route<Look, CodeView, 'login_required' | 'code_gone'>('GET', '/account/contact/code', {
  budget: 'page',
  parse: (asked, deps) => {
    const fields = queryFields(asked)
    const id = uuidOf(fields.ok ? fields.value.get('id') : undefined)
    return ok({ cookie: sessionCookieOf(deps, asked), id })
  },
  run: async (deps, { cookie, id }) => {
    const session = await findSession(deps, cookie)
    if (session === null) return no(refusal('login_required'))
    const browser = browserOfSession(session)
    const view = id === null ? null : await viewCode(deps, { id, purpose: 'contact', browser })
    return view === null ? no(refusal('code_gone')) : ok(view)
  },
  print: ({ id, medium, address }, asked, deps) => {
    const wrong = queryFields(asked)
    const note = wrong.ok && wrong.value.get('note') === 'wrong' ? ({ note: 'wrong' } as const) : {}
    const to = medium === 'sms' ? `+${address}` : address
    return shown(deps, asked, { at: '/account/contact/code', query: { id } }, (props) =>
      contactCodePage({ ...props, id, address: to, ...note }),
    )
  },
  refuse: { login_required: () => toSignIn(path), code_gone: () => back('gone') },
})

type CodeNo = 'code_wrong' | 'code_gone' | 'identifier_taken'

const confirm = form<ChangeContact, null, CodeNo>('/account/contact/code', {
  read: (fields) => {
    const [id, typed] = [uuidOf(fields.get('id')), fields.get('code')]
    return id === null || typed === undefined ? null : { id, typed }
  },
  act: changeContact,
  print: () => back('changed'),
  refuse: {
    ...refuse,
    code_wrong: (_refused, asked) => {
      const fields = bodyFields(asked)
      return seeOther(
        `/account/contact/code?id=${(fields.ok ? fields.value.get('id') : '') ?? ''}&note=wrong`,
      )
    },
    code_gone: () => back('gone'),
    identifier_taken: () => back('gone'),
  },
})

export const profileRoutes: readonly Route[] = [show, save, start, showCode, confirm]

type Place = {
  readonly at: string
  readonly query?: Readonly<Record<string, string>>
  readonly locale?: string
}

function shown(
  deps: Deps,
  asked: Asked,
  { at, query = {}, locale = '' }: Place,
  render: (props: Omit<GateProps, 'next'>) => Markup,
): Reply {
  const nonce = freshNonce(deps)
  const { token, setCookie } = formToken(deps, asked)
  const [accepted, chosen] = languageOf(deps, asked)
  const markup = render({
    locale: pickLocale(accepted, chosen === '' ? locale : chosen),
    nonce,
    token,
    languages: languagesOf(at, query),
    sandbox: deps.mode === 'sandbox',
  })
  const cookies = [...keepLanguage(deps, asked), ...(setCookie === null ? [] : [setCookie])]
  return page(200, markup, {
    nonce,
    ...(cookies.length === 0 ? {} : { headers: { 'set-cookie': cookies } }),
  })
}

function readContact({ phones }: Pick<Deps, 'phones'>, fields: Fields): Contact | null {
  const typed = fields.get('address') ?? ''
  if (fields.get('medium') === 'sms') {
    const phone = phones.read(typed)
    return phone === null ? null : { medium: 'sms', address: phone }
  }
  const email = normalEmail(typed)
  return isEmail(email) ? { medium: 'email', address: email } : null
}

function noteOf(asked: Asked): ProfileNote | null {
  const fields = queryFields(asked)
  const note = fields.ok ? (fields.value.get('note') ?? '') : ''
  return Object.hasOwn(profileNotes, note) ? (note as ProfileNote) : null
}

function back(note: ProfileNote): Reply {
  return seeOther(`${path}?note=${note}`)
}

function isGender(text: string): text is Gender {
  return text === 'm' || text === 'f'
}
