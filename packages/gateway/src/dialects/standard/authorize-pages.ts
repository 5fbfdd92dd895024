import { localeOfTag, type Locale } from '../../base/locale.ts'
import type { Deps } from '../../core/deps.ts'
import type { AuthorizationAnswer } from '../../core/authorization/answer-authorization.ts'
import { saysWhatIsSeen } from '../../core/token/user-info.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { formToken } from '../../http/csrf.ts'
import { freshNonce, page } from '../../http/html.ts'
import { keepLanguage, languageOf } from '../../http/locale.ts'
import type { Reply } from '../../http/reply.ts'
import { consentPage, consentTitle, type ConsentProps } from '../../pages/consent.ts'
import { authorizationCopy, type Untrusted } from '../../pages/copy/authorization.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import { formPostPage } from '../../pages/form-post.ts'
import { faultPage } from '../../pages/fault.ts'
import { faceStyle } from '../../pages/ui/face.ts'
import { layout } from '../../pages/ui/layout.ts'
import { languagesOf } from '../../pages/ui/language.ts'

type AskConsent = Extract<AuthorizationAnswer, { readonly kind: 'ask-consent' }> &
  Pick<ConsentProps, 'hidden'>

/** Who asks, for what, of whom; posts the decision to the very address of the request. */
export function printConsent(asks: AskConsent, asked: Asked, deps: Deps): Reply {
  const locale = localeOf(asked, deps, asks.uiLocales)
  const nonce = freshNonce(deps)
  const { token, setCookie } = formToken(deps, asked)
  const { application } = asks
  const consent = {
    locale,
    face: asks.face,
    applicationName: application.name,
    organizationName: application.organizationName,
    accountName: asks.accountName,
    items: saysWhatIsSeen(application.releases, asks.needed, asks.apis, locale),
    action: `${asked.path}?${asked.queryText}`,
    hidden: asks.hidden,
    token,
  }
  const languages = languagesOf(asked.path, Object.fromEntries(asked.query))
  const title = consentTitle(consent)
  const head = faceStyle(asks.face, nonce)
  const frame = { locale, nonce, title, languages, sandbox: deps.mode === 'sandbox', head }
  return page(200, layout(frame, consentPage(consent)), {
    nonce,
    formAction: [asks.redirectUri],
    headers: { 'set-cookie': [...(setCookie === null ? [] : [setCookie]), ...keepLanguage(deps, asked)] },
  })
}

/** OAuth 2.0 Form Post Response Mode: the answer goes in the body, and stands in no address. */
export function printFormPost(
  action: string,
  said: Readonly<Record<string, string | null>>,
  asked: Asked,
  deps: Deps,
): Reply {
  const nonce = freshNonce(deps)
  const fields = Object.entries(said).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  )
  const sandbox = deps.mode === 'sandbox'
  const markup = formPostPage({ locale: localeOf(asked, deps), nonce, sandbox, action, fields })
  return page(200, markup, { nonce, formAction: [action] })
}

/** We do not know where an answer would go, so the person reads it, and the developer behind her too. */
export function printUntrusted({ code, because = '' }: Refusal<Untrusted>, asked: Asked, deps: Deps): Reply {
  const locale = localeOf(asked, deps)
  const nonce = freshNonce(deps)
  const words = authorizationCopy[locale]
  const more = `${words.more[code]} (${code}: ${because})`
  return page(400, faultPage({ locale, nonce, status: 400, title: words.title, more }), { nonce })
}

/** What she picked, else what the address or the application says, else what her browser speaks. */
function localeOf(asked: Asked, deps: Deps, uiLocales = saidInAddress(asked)): Locale {
  const [accepted, chosen] = languageOf(deps, asked)
  return pickLocale(accepted, chosen === '' ? (wishedLocale(asked, uiLocales) ?? '') : chosen)
}

/** The first of the languages that the application names (OpenID Connect Core 3.1.2.1) that we speak. */
export function wishedLocale({ params }: Pick<Asked, 'params'>, uiLocales: string): Locale | undefined {
  return [params['locale'] ?? '', ...uiLocales.split(' ')].map(localeOfTag).find((tag) => tag !== undefined)
}

function saidInAddress({ query }: Pick<Asked, 'query'>): string {
  return query.find(([name]) => name === 'ui_locales')?.[1] ?? ''
}
