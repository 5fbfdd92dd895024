import { oauth } from '@lango/wire'
import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import {
  answerAuthorization,
  type AnswerAuthorization,
  type AuthorizationAnswer,
} from '../../core/identity/answer-authorization.ts'
import { readAuthorizationRequest } from '../../core/identity/authorization.ts'
import { findApplication } from '../../core/identity/find-application.ts'
import { findPushedRequest } from '../../core/identity/find-pushed-request.ts'
import { widened } from '../../core/identity/grant.ts'
import { redirectWith } from '../../core/identity/redirect.ts'
import type { Asked, Pairs } from '../../http/asked.ts'
import { checkForm, sessionCookieOf } from '../../http/csrf.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { seenOf } from '../../http/seen.ts'
import { route, type Method, type Route } from '../../http/route.ts'
import { policy } from './policy.ts'
import { printConsent, printUntrusted } from './authorize-pages.ts'

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
      return seeOther(signInAddress(answer.signInMark, asked))
    case 'ask-consent':
      return printConsent({ ...answer, hidden: [[ours.pageMark, answer.pageMark]] }, asked, deps)
    case 'refuse': {
      const { redirectUri, state, refusal } = answer
      deps.noteRefusal(seenOf(asked), refusal)
      const said = {
        error: refusal.code,
        error_description: refusal.because ?? null,
        state,
        iss: deps.publicUrl,
      }
      return seeOther(redirectWith(redirectUri, said))
    }
    case 'issue-code': {
      const { redirectUri, code, state } = answer
      return seeOther(redirectWith(redirectUri, { code, state, iss: deps.publicUrl }))
    }
  }
}

/** Signing in leads back to this very request. */
function signInAddress(signInMark: string, { path, query }: Asked): string {
  const next = addressOf(path, [...withoutOurs(query), [ours.signInMark, signInMark]])
  const hint = valueOf(query, 'login_hint')
  return addressOf('/signin', [
    ['next', next],
    ...(hint === undefined ? [] : [['login_hint', hint] as const]),
  ])
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
