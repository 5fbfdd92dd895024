import { oauth } from '@lango/wire'
import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { readAuthorizationRequest } from '../../core/authorization/authorization.ts'
import { endSession, type EndSession, type SessionEnded } from '../../core/session/end-session.ts'
import { sessionCookie } from '../../core/session/session.ts'
import type { Asked, Pairs } from '../../http/asked.ts'
import { clearCookie } from '../../http/cookies.ts'
import { checkForm, formToken, scopeOf, sessionCookieOf } from '../../http/csrf.ts'
import { freshNonce, page } from '../../http/html.ts'
import { keepLanguage, languageOf } from '../../http/locale.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Method, type Route } from '../../http/route.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import { endSessionPage } from '../../pages/end-session.ts'
import { languagesOf } from '../../pages/ui/language.ts'
import { wishedLocale } from './authorize-pages.ts'

type Command = EndSession | 'restart'
type Answer = SessionEnded | 'restart'

/** OpenID Connect RP-Initiated Logout 1.0. */
const endSessionRoute = (method: Method): Route =>
  route<Command, Answer, never>(method, oauth.paths.endSession, {
    budget: 'page',
    parse: readCommand,
    run: async (deps, command) => ok(command === 'restart' ? command : await endSession(deps, command)),
    print: (answer, asked, deps) => {
      if (answer === 'restart') return seeOther(addressOf(asked, [...asked.query, ...formOf(asked)]))
      return answer.kind === 'ask' ? ask(answer, asked, deps) : left(answer, deps)
    },
    refuse: {},
  })

export const endSessionRoutes: readonly Route[] = [endSessionRoute('GET'), endSessionRoute('POST')]

function readCommand(asked: Asked, deps: Deps): Result<Command, never> {
  const form = formOf(asked)
  const pressed = form.some(([name, value]) => name === 'decision' && value === 'leave')
  // An application's own POST comes without the session's cookie; as a GET it brings it along.
  if (asked.method === 'POST' && !pressed) return ok('restart')
  const { parameters, repeated } = readAuthorizationRequest(asked.query)
  const token = form.find(([name]) => name === 'token')?.[1]
  return ok({
    // Of two readings of a request that names something twice, neither counts: then she is asked.
    request: { parameters: repeated.length === 0 ? parameters : new Map<string, string>() },
    cookie: sessionCookieOf(deps, asked),
    confirmed: pressed && checkForm(deps, asked, token),
  })
}

function left({ to }: SessionEnded, deps: Deps): Reply {
  const cookie = clearCookie(sessionCookie, scopeOf(deps))
  return seeOther(to ?? '/signin?note=signed-out', { 'set-cookie': cookie })
}

function ask({ application, strayed, to }: SessionEnded, asked: Asked, deps: Deps): Reply {
  const nonce = freshNonce(deps)
  const [accepted, chosen] = languageOf(deps, asked)
  const wished = wishedLocale(asked, asked.query.find(([name]) => name === 'ui_locales')?.[1] ?? '')
  const { token, setCookie } = formToken(deps, asked)
  const markup = endSessionPage({
    locale: pickLocale(accepted, chosen === '' ? (wished ?? '') : chosen),
    nonce,
    token,
    languages: languagesOf(asked.path, Object.fromEntries(asked.query)),
    sandbox: deps.mode === 'sandbox',
    applicationName: application?.name ?? null,
    strayed,
    action: addressOf(asked, asked.query),
  })
  const cookies = [...keepLanguage(deps, asked), ...(setCookie === null ? [] : [setCookie])]
  return page(200, markup, {
    nonce,
    formAction: to === null ? [] : [to],
    ...(cookies.length === 0 ? {} : { headers: { 'set-cookie': cookies } }),
  })
}

function formOf({ body }: Pick<Asked, 'body'>): Pairs {
  return body.kind === 'form' ? body.pairs : []
}

function addressOf({ path }: Pick<Asked, 'path'>, pairs: Pairs): string {
  const query = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString()
  return query === '' ? path : `${path}?${query}`
}
