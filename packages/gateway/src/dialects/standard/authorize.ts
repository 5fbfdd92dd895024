import { oauth } from '@lango/wire'
import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import {
  answerAuthorization,
  type AnswerAuthorization,
  type AuthorizationAnswer,
  type Target,
} from '../../core/authorization/answer-authorization.ts'
import { readAuthorizationRequest } from '../../core/authorization/authorization.ts'
import { findApplication } from '../../core/application/find-application.ts'
import { findPushedRequest } from '../../core/authorization/find-pushed-request.ts'
import { widened } from '../../core/token/grant.ts'
import { redirectWith } from '../../core/application/redirect.ts'
import type { Asked, Pairs } from '../../http/asked.ts'
import { checkForm, sessionCookieOf } from '../../http/csrf.ts'
import { languageOf } from '../../http/locale.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { seenOf } from '../../http/seen.ts'
import { route, type Method, type Route } from '../../http/route.ts'
import { policy } from './policy.ts'
import { printConsent, printFormPost, printUntrusted, wishedLocale } from './authorize-pages.ts'

type Command = AnswerAuthorization | 'restart'
type Answer = AuthorizationAnswer | { readonly kind: 'restart' }

/** What only we add to the address while somebody signs in or picks a language; no part of the request. */
const ours = { signInMark: 'signed_in', pageMark: 'page', language: 'lang' } as const

const authorize = (method: Method, path: string): Route =>
  route<Command, Answer, never>(method, path, {
    budget: 'page',
    parse: readCommand,
    run: async (deps, command) =>
      ok(command === 'restart' ? { kind: 'restart' } : await answerAuthorization(deps, command)),
    print,
    refuse: {},
  })

/** `/{locale}` before it is for clients that were told so (field-facts section 3). */
export const authorizeRoutes: readonly Route[] = [
  oauth.paths.authorize,
  `/:locale${oauth.paths.authorize}`,
].flatMap((path) => [authorize('GET', path), authorize('POST', path)])

async function readCommand(asked: Asked, deps: Deps): Promise<Result<Command, never>> {
  const form: Pairs = asked.body.kind === 'form' ? asked.body.pairs : []
  const decision = valueOf(form, 'decision')
  // A request may come by POST (OpenID Connect Core 3.1.2.1); as a GET it brings the session's cookie along.
  if (asked.method === 'POST' && decision === undefined) return ok('restart')
  const request = await findPushedRequest(deps, readAuthorizationRequest(withoutOurs(asked.query)))
  const application = await findApplication(deps, valueOf(asked.query, 'client_id') ?? '')
  const honest = checkForm(deps, asked, valueOf(form, 'token'))
  const pageMark = valueOf(form, ours.pageMark) ?? ''
  return ok({
    request,
    application,
    policy: application === null ? policy : widened(policy, application),
    cookie: sessionCookieOf(deps, asked),
    signInMark: valueOf(asked.query, ours.signInMark),
    pressed: honest && (decision === 'proceed' || decision === 'back') ? { decision, pageMark } : null,
  })
}

function print(answer: Answer, asked: Asked, deps: Deps): Reply {
  switch (answer.kind) {
    case 'restart': {
      const form: Pairs = asked.body.kind === 'form' ? asked.body.pairs : []
      return seeOther(addressOf(asked.path, [...asked.query, ...form]))
    }
    case 'show-error':
      deps.noteRefusal(seenOf(asked), answer.refusal)
      return printUntrusted(answer.refusal, asked, deps)
    case 'sign-in':
      return seeOther(signInAddress(answer, asked, deps))
    case 'ask-consent':
      return printConsent({ ...answer, hidden: [[ours.pageMark, answer.pageMark]] }, asked, deps)
    case 'refuse': {
      deps.noteRefusal(seenOf(asked), answer.refusal)
      const { code: error, because = null } = answer.refusal
      return sendBack(answer, { error, error_description: because }, asked, deps)
    }
    case 'issue-code':
      return sendBack(answer, { code: answer.code }, asked, deps)
  }
}

/** Every answer says who gives it (RFC 9207), so that none can be taken for another server's. */
function sendBack(
  { redirectUri, state, by }: Target,
  said: Readonly<Record<string, string | null>>,
  asked: Asked,
  deps: Deps,
): Reply {
  const whole = { ...said, state, iss: deps.publicUrl }
  return by === 'form_post'
    ? printFormPost(redirectUri, whole, asked, deps)
    : seeOther(redirectWith(redirectUri, whole))
}

/** Signing in leads back to this very request. */
function signInAddress(
  answer: Extract<Answer, { readonly kind: 'sign-in' }>,
  asked: Asked,
  deps: Deps,
): string {
  const next = addressOf(asked.path, [...withoutOurs(asked.query), [ours.signInMark, answer.signInMark]])
  const [, chosen] = languageOf(deps, asked)
  const wished = {
    login_hint: answer.loginHint,
    acr: answer.level ?? '',
    // A language that she picked herself goes before the application's wish.
    lang: chosen === '' ? (wishedLocale(asked, answer.uiLocales) ?? '') : '',
  }
  return addressOf('/signin', [['next', next], ...Object.entries(wished).filter(([, value]) => value !== '')])
}

function withoutOurs(pairs: Pairs): Pairs {
  const names: readonly string[] = Object.values(ours)
  return pairs.filter(([name]) => !names.includes(name))
}

function valueOf(pairs: Pairs, name: string): string | undefined {
  return pairs.find(([each]) => each === name)?.[1]
}

function addressOf(path: string, pairs: Pairs): string {
  return `${path}?${new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString()}`
}
