import { locales, type Locale } from '../../base/locale.ts'
import { ok } from '../../base/result.ts'
import { changeLocale } from '../../core/account/change-locale.ts'
import { viewAccount, type AccountView } from '../../core/account/view-account.ts'
import { withdrawConsent } from '../../core/authorization/withdraw-consent.ts'
import { sessionCookieOf } from '../../http/csrf.ts'
import { rememberLanguage } from '../../http/locale.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import type { AccountNote } from '../../pages/copy/account/words.ts'
import { factorRoutes } from './factors.ts'
import { form, toSignIn, type FormNo } from './form.ts'
import { printAccount } from './print.ts'
import { profileRoutes } from './profile.ts'
import { securityRoutes } from './security.ts'

type Cookie = string | undefined

const show = route<Cookie, AccountView, 'login_required'>('GET', '/account', {
  budget: 'page',
  parse: (asked, deps) => ok(sessionCookieOf(deps, asked)),
  run: viewAccount,
  print: printAccount,
  refuse: { login_required: home },
})

const refuse: Refuse<FormNo> = {
  login_required: home,
  form_expired: () => back('expired'),
  field_invalid: () => back('unknown'),
}

export const routes: readonly Route[] = [
  show,
  ...profileRoutes,
  form<string, null, never>('/account/services/remove', {
    read: (fields) => fields.get('client_id') ?? null,
    act: async (deps, { accountId }, clientId) => {
      await withdrawConsent(deps, accountId, clientId)
      return ok(null)
    },
    print: () => back('removed', '#services'),
    refuse,
  }),
  form<Locale, Locale, never>('/account/language', {
    read: (fields) => locales.find((locale) => locale === fields.get('locale')) ?? null,
    act: async (deps, { accountId }, locale) => {
      await changeLocale(deps, accountId, locale)
      return ok(locale)
    },
    print: (locale, _asked, deps) => {
      const reply = back('language')
      return { ...reply, headers: { ...reply.headers, 'set-cookie': rememberLanguage(deps, locale) } }
    },
    refuse,
  }),
  ...securityRoutes,
  ...factorRoutes,
]

/** See, then continue: a reload of the page that follows changes nothing a second time. */
function back(note: AccountNote, place = ''): Reply {
  return seeOther(`/account?note=${note}${place}`)
}

function home(): Reply {
  return toSignIn('/account')
}
