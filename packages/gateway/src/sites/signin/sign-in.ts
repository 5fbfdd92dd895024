import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { accountName, type Account } from '../../core/account/account.ts'
import { pendingCookie, pendingLives } from '../../core/session/pending.ts'
import { signIn, type SignIn, type SignInStep } from '../../core/session/sign-in.ts'
import { signInByPasskey, type SignInByPasskey } from '../../core/session/sign-in-by-passkey.ts'
import type { Face } from '../../core/application/face.ts'
import type { SignedIn } from '../../core/session/open-session.ts'
import { viewSession } from '../../core/session/view-session.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { setCookie } from '../../http/cookies.ts'
import { checkForm, cookiesBlocked, scopeOf, sessionCookieOf } from '../../http/csrf.ts'
import { freshNonce, page } from '../../http/html.ts'
import { languageOf } from '../../http/locale.ts'
import { seeOther } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import { visitOf } from '../../http/visit.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import type { SignInNote } from '../../pages/copy/signin.ts'
import { onwardPage } from '../../pages/login.ts'
import { arrive, onward } from './arrive.ts'
import { addressOf, carried, fieldOf, nextOf, wantedOf } from './asked-fields.ts'
import { faced } from './face.ts'
import { readIdentifiers } from './identifiers.ts'
import { showAgain, showSignIn, typed } from './show-sign-in.ts'

type Visit = { readonly cookie: string | undefined }

/** What another page sends people here with, as `note`. */
const notesOfOthers: readonly SignInNote[] = ['signed-out', 'start-again', 'recovered', 'registered']

const show = (face: Face | null): Route =>
  route<Visit, Account | null, never>('GET', '/signin', {
    budget: 'page',
    parse: (asked, deps) => ok({ cookie: sessionCookieOf(deps, asked) }),
    run: async (deps, { cookie }) => ok(await viewSession(deps, cookie)),
    print: (account, asked, deps) => {
      // Whoever is signed in and must be surer than that need not begin with the password; `again` says that she wants to.
      const isStepUp = account !== null && wantedOf(asked) === 'aal2' && fieldOf(asked, 'again') === undefined
      if (isStepUp) return seeOther(addressOf('/signin/confirm', carried(asked)))
      const hint = typed(fieldOf(asked, 'login_hint'))
      const note = notesOfOthers.find((each) => each === fieldOf(asked, 'note'))
      if (account !== null) {
        return showSignIn(200, deps, asked, { face, signedInAs: accountName(account), ...hint })
      }
      return showSignIn(200, deps, asked, { face, ...(note === undefined ? {} : { note }), ...hint })
    },
    refuse: {},
  })

type SignInNo = 'form_expired' | 'cookies_blocked' | 'field_missing' | 'sign_in_failed' | 'too_many_tries'

/** Every no shows the form again with what was typed, except the password, and says how to go on. */
const refusing = (face: Face | null): Refuse<SignInNo> => ({
  form_expired: (_refused, asked, deps) => showAgain(403, { face, note: 'expired' }, deps, asked),
  cookies_blocked: (_refused, asked, deps) => showAgain(403, { face, note: 'cookies' }, deps, asked),
  field_missing: (_refused, asked, deps) => showAgain(422, { face, note: 'unreadable' }, deps, asked),
  sign_in_failed: (_refused, asked, deps) => showAgain(403, { face, note: 'failed' }, deps, asked),
  too_many_tries: (refused, asked, deps) =>
    showSignIn(429, deps, asked, {
      face,
      wait: refused.retryAfterSeconds ?? 60,
      ...typed(fieldOf(asked, 'identifier')),
    }),
})

const submit = (face: Face | null): Route =>
  route<SignIn, SignInStep, SignInNo>('POST', '/signin', {
    budget: 'page',
    parse: parseSignIn,
    run: signIn,
    print: (step, asked, deps) => {
      if (step.kind === 'signed-in') return arrive(step, asked, deps)
      const age = { ...scopeOf(deps), maxAge: pendingLives.seconds }
      return seeOther(addressOf('/signin/second', carried(asked)), {
        'set-cookie': setCookie(pendingCookie, step.pendingCookie, age),
      })
    },
    refuse: refusing(face),
  })

const byPasskey = (face: Face | null): Route =>
  route<SignInByPasskey, SignedIn, Exclude<SignInNo, 'field_missing'>>('POST', '/signin/passkey', {
    budget: 'page',
    parse: (asked, deps) => {
      const proved = checkBrowser(asked, deps)
      if (!proved.ok) return proved
      return ok({
        ...visitOf(deps, asked),
        formToken: proved.value,
        challenge: fieldOf(asked, 'challenge') ?? '',
        response: fieldOf(asked, 'response') ?? '',
      })
    },
    run: signInByPasskey,
    print: arrive,
    refuse: {
      ...refusing(face),
      sign_in_failed: (_refused, asked, deps) => showAgain(403, { face, note: 'passkey' }, deps, asked),
    },
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

export const signInRoutes: readonly Route[] = [faced(show), faced(submit), faced(byPasskey), lead]

function parseSignIn(asked: Asked, deps: Deps): Result<SignIn, Refusal<SignInNo>> {
  const proved = checkBrowser(asked, deps)
  if (!proved.ok) return proved
  const identifiers = readIdentifiers(deps, fieldOf(asked, 'identifier') ?? '')
  const password = fieldOf(asked, 'password') ?? ''
  if (identifiers === null || password === '') return no(refusal('field_missing'))
  return ok({ ...visitOf(deps, asked), identifiers, password, wanted: wantedOf(asked) })
}

/** The form's token, when it is of a page of ours in this browser. */
export function checkBrowser(
  asked: Asked,
  deps: Deps,
): Result<string, Refusal<'form_expired' | 'cookies_blocked'>> {
  if (cookiesBlocked(deps, asked)) return no(refusal('cookies_blocked'))
  const token = fieldOf(asked, 'token') ?? ''
  return checkForm(deps, asked, token) ? ok(token) : no(refusal('form_expired'))
}
