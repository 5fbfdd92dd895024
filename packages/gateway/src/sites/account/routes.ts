import { locales, type Locale } from '../../base/locale.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { changeLocale } from '../../core/identity/change-locale.ts'
import type { Deps } from '../../core/deps.ts'
import { changePassword } from '../../core/identity/change-password.ts'
import { findSession } from '../../core/identity/find-session.ts'
import { sessionCookie, type Session } from '../../core/identity/session.ts'
import { signOut } from '../../core/identity/sign-out.ts'
import { viewAccount, type AccountView } from '../../core/identity/view-account.ts'
import { withdrawConsent } from '../../core/identity/withdraw-consent.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { clearCookie } from '../../http/cookies.ts'
import { checkForm, scopeOf, sessionCookieOf } from '../../http/csrf.ts'
import { bodyFields } from '../../http/fields.ts'
import { rememberLanguage } from '../../http/locale.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import type { AccountNote } from '../../pages/copy/account/words.ts'
import { printAccount } from './print.ts'

type Cookie = string | undefined

const show = route<Cookie, AccountView, 'login_required'>('GET', '/account', {
  budget: 'page',
  parse: (asked, deps) => ok(sessionCookieOf(deps, asked)),
  run: viewAccount,
  print: printAccount,
  refuse: { login_required: toSignIn },
})

type FormNo =
  'form_expired' | 'login_required' | 'field_invalid' | 'sign_in_failed' | 'too_many_tries' | 'password_weak'

const refuse: Refuse<FormNo> = {
  login_required: toSignIn,
  form_expired: () => back('expired'),
  field_invalid: () => back('unknown'),
  sign_in_failed: () => back('password-wrong'),
  too_many_tries: () => back('password-wait'),
  password_weak: () => back('password-weak'),
}

/** A form of the account page: what it carries, what is done for the account that is signed in, and where it leads. */
function action<Wanted>(
  path: string,
  parts: {
    readonly read: (fields: ReadonlyMap<string, string>) => Wanted | null
    /** What it may answer beside being done, it answers as a refusal. */
    readonly act: (
      deps: Deps,
      session: Session,
      wanted: Wanted,
    ) => Promise<Result<null, Refusal<FormNo>> | void>
    readonly print: (wanted: Wanted, deps: Deps) => Reply
  },
): Route {
  return route<{ readonly cookie: Cookie; readonly wanted: Wanted }, Wanted, FormNo>('POST', path, {
    budget: 'page',
    parse: (asked, deps) => {
      const read = readForm(deps, asked, parts.read)
      return read.ok ? ok({ cookie: sessionCookieOf(deps, asked), wanted: read.value }) : read
    },
    run: async (deps, { cookie, wanted }) => {
      const session = await findSession(deps, cookie)
      if (session === null) return no(refusal('login_required'))
      const done = await parts.act(deps, session, wanted)
      return done?.ok === false ? done : ok(wanted)
    },
    print: (wanted, _asked, deps) => parts.print(wanted, deps),
    refuse,
  })
}

export const routes: readonly Route[] = [
  show,
  action<string>('/account/services/remove', {
    read: (fields) => fields.get('client_id') ?? null,
    act: async (deps, { accountId }, clientId) => await withdrawConsent(deps, accountId, clientId),
    print: () => back('removed', '#services'),
  }),
  action<string>('/account/sessions/end', {
    read: (fields) => uuidOf(fields.get('session')),
    act: async (deps, { accountId }, id) => await signOut(deps, { accountId, id }, 'here'),
    print: () => back('session-ended', '#sessions'),
  }),
  action<'all'>('/account/sessions/end-all', {
    read: () => 'all',
    act: async (deps, session) => await signOut(deps, session, 'everywhere'),
    print: (_wanted, deps) =>
      seeOther('/signin?note=signed-out', { 'set-cookie': clearCookie(sessionCookie, scopeOf(deps)) }),
  }),
  action<{ readonly current: string; readonly chosen: string }>('/account/password', {
    read: (fields) => {
      const [current, chosen] = [fields.get('current'), fields.get('chosen')]
      return current === undefined || chosen === undefined ? null : { current, chosen }
    },
    act: async (deps, session, wanted) => await changePassword(deps, { session, ...wanted }),
    print: () => back('password-changed'),
  }),
  action<Locale>('/account/language', {
    read: (fields) => locales.find((locale) => locale === fields.get('locale')) ?? null,
    act: async (deps, { accountId }, locale) => await changeLocale(deps, accountId, locale),
    print: (locale, deps) => {
      const reply = back('language')
      return { ...reply, headers: { ...reply.headers, 'set-cookie': rememberLanguage(deps, locale) } }
    },
  }),
]

function readForm<Wanted>(
  deps: Deps,
  asked: Asked,
  read: (fields: ReadonlyMap<string, string>) => Wanted | null,
): Result<Wanted, Refusal<'form_expired' | 'field_invalid'>> {
  const fields = bodyFields(asked)
  if (!fields.ok || !checkForm(deps, asked, fields.value.get('token'))) return no(refusal('form_expired'))
  const wanted = read(fields.value)
  return wanted === null ? no(refusal('field_invalid')) : ok(wanted)
}

/** See, then continue: a reload of the page that follows changes nothing a second time. */
function back(note: AccountNote, place = ''): Reply {
  return seeOther(`/account?note=${note}${place}`)
}

function toSignIn(): Reply {
  return seeOther('/signin?next=%2Faccount')
}

function uuidOf(text: string | undefined): string | null {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : null
}
