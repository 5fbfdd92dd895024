import { no, ok } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { findSession } from '../../core/session/find-session.ts'
import { sessionCookie } from '../../core/session/session.ts'
import { signOut } from '../../core/session/sign-out.ts'
import { refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { clearCookie } from '../../http/cookies.ts'
import { checkForm, formToken, scopeOf, sessionCookieOf } from '../../http/csrf.ts'
import { bodyFields } from '../../http/fields.ts'
import { freshNonce, page } from '../../http/html.ts'
import { keepLanguage, languageOf } from '../../http/locale.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import { signOutPage } from '../../pages/login.ts'
import { languagesOf } from '../../pages/ui/language.ts'

const ask = route<null, null, never>('GET', '/signout', {
  budget: 'page',
  parse: () => ok(null),
  run: () => Promise.resolve(ok(null)),
  print: (_answer, asked, deps) => confirm(200, deps, asked),
  refuse: {},
})

type Leave = { readonly cookie: string | undefined }

const leave = route<Leave, null, 'form_expired'>('POST', '/signout', {
  budget: 'page',
  parse: (asked, deps) => {
    const fields = bodyFields(asked)
    const given = fields.ok ? fields.value.get('token') : undefined
    if (!checkForm(deps, asked, given)) return no(refusal('form_expired'))
    return ok({ cookie: sessionCookieOf(deps, asked) })
  },
  run: async (deps, { cookie }) => {
    const session = await findSession(deps, cookie)
    if (session !== null) await signOut(deps, session, 'here')
    return ok(null)
  },
  print: (_answer, _asked, deps) =>
    seeOther('/signin?note=signed-out', { 'set-cookie': clearCookie(sessionCookie, scopeOf(deps)) }),
  // The page that asks is what leads on: pressing its button once more works.
  refuse: { form_expired: (_refused, asked, deps) => confirm(403, deps, asked) },
})

export const signOutRoutes: readonly Route[] = [ask, leave]

function confirm(status: number, deps: Deps, asked: Asked): Reply {
  const nonce = freshNonce(deps)
  const { token, setCookie } = formToken(deps, asked, 'browser')
  const markup = signOutPage({
    locale: pickLocale(...languageOf(deps, asked)),
    nonce,
    token,
    languages: languagesOf('/signout'),
    sandbox: deps.mode === 'sandbox',
  })
  const cookies = [...keepLanguage(deps, asked), ...(setCookie === null ? [] : [setCookie])]
  return page(status, markup, {
    nonce,
    ...(cookies.length === 0 ? {} : { headers: { 'set-cookie': cookies } }),
  })
}
