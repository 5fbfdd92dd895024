import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { accountName } from '../../core/identity/account.ts'
import { deviceCookie } from '../../core/identity/known-device.ts'
import { sessionCookie } from '../../core/identity/session.ts'
import { signIn, type SignedIn, type SignIn } from '../../core/identity/sign-in.ts'
import { viewSession } from '../../core/identity/view-session.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { cookieName, setCookie } from '../../http/cookies.ts'
import { checkForm, cookiesBlocked, formToken, scopeOf, sessionCookieOf } from '../../http/csrf.ts'
import { bodyFields, queryFields } from '../../http/fields.ts'
import { freshNonce, page } from '../../http/html.ts'
import { keepLanguage, languageOf, rememberLanguage } from '../../http/locale.ts'
import { ownPath } from '../../http/next.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import type { SignInNote } from '../../pages/copy/signin.ts'
import { loginPage, onwardPage, type LoginProps } from '../../pages/login.ts'
import { languagesOf } from '../../pages/ui/language.ts'
import { readIdentifiers } from './identifiers.ts'

const home = '/account'
const onward = '/signin/continue'
/** A known device is remembered for as long as browsers keep a cookie. */
const deviceLivesSeconds = 400 * 86_400

type Visit = { readonly cookie: string | undefined }
type Visitor = { readonly signedInAs?: string }

const show = route<Visit, Visitor, never>('GET', '/signin', {
  budget: 'page',
  parse: (asked, deps) => ok({ cookie: sessionCookieOf(deps, asked) }),
  run: async (deps, { cookie }) => {
    const account = await viewSession(deps, cookie)
    return ok(account === null ? {} : { signedInAs: accountName(account) })
  },
  print: (visitor, asked, deps) => {
    const signedOut = fieldOf(asked, 'note') === 'signed-out' && visitor.signedInAs === undefined
    const hint = typed(fieldOf(asked, 'login_hint'))
    return form(200, deps, asked, signedOut ? { note: 'signed-out', ...hint } : { ...visitor, ...hint })
  },
  refuse: {},
})

type SignInNo = 'form_expired' | 'cookies_blocked' | 'field_missing' | 'sign_in_failed' | 'too_many_tries'

/** Every no shows the form again with what was typed, except the password, and says how to go on. */
const refuse: Refuse<SignInNo> = {
  form_expired: (_refused, asked, deps) => again(403, 'expired', deps, asked),
  cookies_blocked: (_refused, asked, deps) => again(403, 'cookies', deps, asked),
  field_missing: (_refused, asked, deps) => again(422, 'unreadable', deps, asked),
  sign_in_failed: (_refused, asked, deps) => again(403, 'failed', deps, asked),
  too_many_tries: (refused, asked, deps) => {
    const wait = refused.retryAfterSeconds ?? 60
    const reply = form(429, deps, asked, { wait, ...typed(fieldOf(asked, 'identifier')) })
    return { ...reply, headers: { ...reply.headers, 'retry-after': String(wait) } }
  },
}

const submit = route<SignIn, SignedIn, SignInNo>('POST', '/signin', {
  budget: 'page',
  parse: parseSignIn,
  run: signIn,
  print: (signedIn, asked, deps) => {
    const scope = scopeOf(deps)
    // Without an age: it goes when the browser is closed, as whoever uses a shared computer expects.
    const session = setCookie(sessionCookie, signedIn.sessionCookie, scope)
    const device = setCookie(deviceCookie, signedIn.deviceCookie, { ...scope, maxAge: deviceLivesSeconds })
    const [, chosen] = languageOf(deps, asked)
    const language = chosen === '' ? [rememberLanguage(deps, signedIn.account.locale)] : []
    return seeOther(onwardFrom(nextOf(asked)), { 'set-cookie': [session, device, ...language] })
  },
  refuse,
})

const lead = route<null, null, never>('GET', onward, {
  budget: 'page',
  parse: () => ok(null),
  run: () => Promise.resolve(ok(null)),
  print: (_answer, asked, deps) => {
    const nonce = freshNonce(deps)
    const locale = pickLocale(...languageOf(deps, asked))
    return page(200, onwardPage({ locale, nonce, next: nextOf(asked), sandbox: deps.mode === 'sandbox' }), {
      nonce,
    })
  },
  refuse: {},
})

export const signInRoutes: readonly Route[] = [show, submit, lead]

/**
 * Chromium holds every redirect that follows a form to the form's `form-action`, and whoever agreed before is sent
 * from here by redirects alone to an application's own host, and perhaps to another one from there. A page in between
 * ends that chain, so that the form for passwords may go on naming nobody but ourselves.
 */
function onwardFrom(next: string): string {
  return next.startsWith(home) ? next : `${onward}?next=${encodeURIComponent(next)}`
}

function parseSignIn(asked: Asked, deps: Deps): Result<SignIn, Refusal<SignInNo>> {
  if (cookiesBlocked(deps, asked)) return no(refusal('cookies_blocked'))
  if (!checkForm(deps, asked, fieldOf(asked, 'token'))) return no(refusal('form_expired'))
  const identifiers = readIdentifiers(deps, fieldOf(asked, 'identifier') ?? '')
  const password = fieldOf(asked, 'password') ?? ''
  if (identifiers === null || password === '') return no(refusal('field_missing'))
  return ok({
    identifiers,
    password,
    address: asked.address,
    userAgent: asked.headers['user-agent']?.slice(0, 400) ?? null,
    sessionCookie: sessionCookieOf(deps, asked),
    deviceCookie: asked.cookies[cookieName(deviceCookie, scopeOf(deps))],
  })
}

type Shown = Pick<LoginProps, 'note' | 'wait' | 'identifier' | 'signedInAs'>

function again(status: number, note: SignInNote, deps: Deps, asked: Asked): Reply {
  return form(status, deps, asked, { note, ...typed(fieldOf(asked, 'identifier')) })
}

function form(status: number, deps: Deps, asked: Asked, shown: Shown): Reply {
  const nonce = freshNonce(deps)
  const { token, setCookie: cookie } = formToken(deps, asked, 'browser')
  const next = nextOf(asked)
  const markup = loginPage({
    locale: pickLocale(...languageOf(deps, asked)),
    nonce,
    token,
    next,
    languages: languagesOf('/signin', { next }),
    sandbox: deps.mode === 'sandbox',
    ...shown,
  })
  const cookies = [...keepLanguage(deps, asked), ...(cookie === null ? [] : [cookie])]
  return page(status, markup, {
    nonce,
    ...(cookies.length === 0 ? {} : { headers: { 'set-cookie': cookies } }),
  })
}

function typed(identifier = ''): Pick<LoginProps, 'identifier'> {
  return identifier === '' ? {} : { identifier: identifier.slice(0, 254) }
}

/** Of a field that came twice neither counts: a form of ours sends each once. */
function fieldOf(asked: Asked, name: string): string | undefined {
  const fields = asked.method === 'POST' ? bodyFields(asked) : queryFields(asked)
  return fields.ok ? fields.value.get(name) : undefined
}

function nextOf(asked: Asked): string {
  return ownPath(fieldOf(asked, 'next'), home)
}
