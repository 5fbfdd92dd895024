/** What the pages before signing in share: registration and recovery. */
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { browserKey, checkForm, formToken } from '../../http/csrf.ts'
import { freshNonce, page, type Markup } from '../../http/html.ts'
import { keepLanguage, languageOf } from '../../http/locale.ts'
import type { Reply } from '../../http/reply.ts'
import type { GateProps } from '../../pages/code-form.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import { languagesOf } from '../../pages/ui/language.ts'
import { fieldOf, nextOf } from './asked-fields.ts'

export type GateShown = {
  readonly status?: number
  /** The page's own address, and what else its language links carry on. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** Seconds until it makes sense to try again. */
  readonly wait?: number
}

/** A page with a form of this browser. */
export function showGate(
  deps: Deps,
  asked: Asked,
  { status = 200, path, query = {}, wait }: GateShown,
  render: (props: GateProps) => Markup,
): Reply {
  const nonce = freshNonce(deps)
  const { token, setCookie } = formToken(deps, asked, 'browser')
  const next = nextOf(asked)
  const markup = render({
    locale: localeOf(deps, asked),
    nonce,
    token,
    next,
    languages: languagesOf(path, { next, ...query }),
    sandbox: deps.mode === 'sandbox',
  })
  const cookies = [...keepLanguage(deps, asked), ...(setCookie === null ? [] : [setCookie])]
  return page(status, markup, {
    nonce,
    headers: {
      ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }),
      ...(wait === undefined ? {} : { 'retry-after': String(wait) }),
    },
  })
}

export function localeOf(deps: Deps, asked: Asked): GateProps['locale'] {
  return pickLocale(...languageOf(deps, asked))
}

/** What names the browser that sent a form of ours; without our cookie no code could ever come back through it. */
export function readBrowser(
  deps: Deps,
  asked: Asked,
): Result<string, Refusal<'form_expired' | 'cookies_blocked'>> {
  const browser = browserKey(deps, asked)
  if (browser === null) return no(refusal('cookies_blocked'))
  return checkForm(deps, asked, fieldOf(asked, 'token')) ? ok(browser) : no(refusal('form_expired'))
}

/** The name of a code; null for whatever we did not make. */
export function codeIdOf(asked: Asked): string | null {
  const id = fieldOf(asked, 'id') ?? ''
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : null
}
