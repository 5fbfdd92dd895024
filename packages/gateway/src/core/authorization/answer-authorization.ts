import { base64url } from '../../base/bytes.ts'
import { instant, type Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findAccount } from '../account/account.sql.ts'
import { accountName } from '../account/account.ts'
import type { Application } from '../application/application.ts'
import type {
  AuthorizationRefusal,
  AuthorizationRequest,
  Decision,
  Effect,
  Situation,
} from './authorization.ts'
import type { AssuranceLevel } from '../factor/assurance.ts'
import { responseModeOf, type ResponseMode } from './authorization-checks.ts'
import { findConsent } from './consent.sql.ts'
import { decide } from './decide-authorization.ts'
import type { Face } from '../application/face.ts'
import { findFace } from '../application/face.sql.ts'
import { findSession } from '../session/find-session.ts'
import { issueCode } from './issue-code.ts'
import type { GrantPolicy } from '../token/grant.ts'
import { spendPushedRequest } from './pushed-request.sql.ts'
import { readHint } from './read-hint.ts'
import { markRepeats } from './mark-repeats.ts'
import type { Api } from '../application/resource.ts'
import { findApis } from '../application/resource-server.sql.ts'
import { subjectOf } from './subject.ts'
import type { Session } from '../session/session.ts'

export type AnswerAuthorization = {
  readonly request: AuthorizationRequest
  readonly application: Application | null
  readonly policy: GrantPolicy
  /** The session's cookie. */
  readonly cookie: string | undefined
  /** What came back with the person from signing in: `signInMark` of an earlier answer. */
  readonly signInMark: string | undefined
  /** What she pressed, on a page of ours in her browser, and the mark of the page. */
  readonly pressed: { readonly decision: Decision; readonly pageMark: string } | null
}

export type AuthorizationAnswer =
  | Extract<Effect, { readonly kind: 'show-error' }>
  | (Target & { readonly kind: 'refuse'; readonly refusal: Refusal<AuthorizationRefusal> })
  /** Sign in and come back with the mark. */
  | (Wishes & {
      readonly kind: 'sign-in'
      readonly signInMark: string
      readonly level: AssuranceLevel | null
    })
  | (Wishes & {
      readonly kind: 'ask-consent'
      readonly application: Application
      /** Null in the moment in which it is switched off. */
      readonly face: Face | null
      readonly accountName: string
      /** What she has to agree to, in the words of a consent. */
      readonly needed: readonly string[]
      /** The APIs that the application may ask tokens for. */
      readonly apis: readonly Api[]
      readonly redirectUri: string
      /** Comes back with what she presses: it was shown for this request, to this account. */
      readonly pageMark: string
    })
  | (Target & { readonly kind: 'issue-code'; readonly code: string })

/** What the application wishes of our pages; empty where it says nothing. */
type Wishes = { readonly loginHint: string; readonly uiLocales: string }

/** Where an answer goes: checked by then. */
export type Target = {
  readonly redirectUri: string
  readonly state: string | null
  /** In the address, or as a form that the browser posts. */
  readonly by: ResponseMode
}

/**
 * Answers an authorization request. Nothing is kept between its steps: the request itself comes back from signing in
 * and from the consent page and is judged anew, so it can be begun again from any tab, and never ends in a dead end.
 */
export async function answerAuthorization(
  deps: Deps,
  command: AnswerAuthorization,
): Promise<AuthorizationAnswer> {
  return await act(deps, command, decide(command.request, await load(deps, command)))
}

async function act(deps: Deps, command: AnswerAuthorization, effect: Effect): Promise<AuthorizationAnswer> {
  switch (effect.kind) {
    case 'show-error':
      return effect
    case 'refuse':
      return await refuse(deps, command.request, effect.refusal)
    case 'sign-in':
      return signInFirst(deps, command.request, effect.level)
    case 'ask-consent':
      return await askConsent(deps, command, effect)
    case 'issue-code':
      return await grant(deps, command, effect)
  }
}

async function load(deps: Deps, command: AnswerAuthorization): Promise<Situation> {
  const { application, policy, request, pressed } = command
  const session = await findSession(deps, command.cookie)
  const asked = session !== null && application !== null
  const consent = asked ? await findConsent(deps.db, session.accountId, application.clientId) : null
  const shown = session !== null && pressed?.pageMark === pageMark(deps, request, session)
  return {
    application,
    policy,
    session,
    agreed: consent?.scopes ?? [],
    decision: shown ? pressed.decision : null,
    sentToSignInAt: readSignInMark(deps, request, command.signInMark),
    hint: await readHint(deps, request.parameters.get('id_token_hint')),
    subject: asked ? subjectOf(deps.digests, application, session.accountId) : null,
    issuer: deps.publicUrl,
    now: deps.clock.now(),
  }
}

function signInFirst(
  deps: Deps,
  request: AuthorizationRequest,
  level: AssuranceLevel | null,
): AuthorizationAnswer {
  return {
    kind: 'sign-in',
    ...wishesOf(request),
    level,
    signInMark: signInMark(deps, request, deps.clock.now()),
  }
}

async function askConsent(
  deps: Deps,
  { application, request }: AnswerAuthorization,
  { session, needed }: Extract<Effect, { readonly kind: 'ask-consent' }>,
): Promise<AuthorizationAnswer> {
  const account = await findAccount(deps.db, session.accountId)
  // The account went between two reads: whoever is there now signs in.
  if (account === null || application === null) return signInFirst(deps, request, null)
  return {
    kind: 'ask-consent',
    ...wishesOf(request),
    application,
    face: await findFace(deps.db, application.clientId),
    accountName: accountName(account),
    needed,
    apis: await findApis(deps.db, application.resources),
    redirectUri: targetOf(request).redirectUri,
    pageMark: pageMark(deps, request, session),
  }
}

/** A refusal is an answer too: a pushed request has got it, and gets no other. */
async function refuse(
  deps: Deps,
  request: AuthorizationRequest,
  refused: Refusal<AuthorizationRefusal>,
): Promise<AuthorizationAnswer> {
  if (request.pushed !== null) await spendPushedRequest(deps.db, request.pushed.hash, deps.clock.now())
  return { ...targetOf(request), kind: 'refuse', refusal: refused }
}

/** What it rests on may go in the very moment: then it is judged once more, by what is there now. */
async function grant(
  deps: Deps,
  command: AnswerAuthorization,
  effect: Extract<Effect, { readonly kind: 'issue-code' }>,
): Promise<AuthorizationAnswer> {
  const { application, request, policy } = command
  if (application === null) throw new Error('a code was issued for no application')
  const target = targetOf(request)
  const code = await issueCode(deps, {
    application,
    request,
    policy,
    effect,
    redirectUri: target.redirectUri,
  })
  if (code !== null) {
    await noteValues(deps, request, application, effect.session)
    return { ...target, kind: 'issue-code', code }
  }
  const again = decide(request, await load(deps, { ...command, pressed: null }))
  return again.kind === 'issue-code'
    ? await refuse(
        deps,
        request,
        refusal('invalid_request_uri', { because: 'The request_uri was answered before.' }),
      )
    : await act(deps, command, again)
}

async function noteValues(
  deps: Deps,
  request: AuthorizationRequest,
  { clientId, organizationId }: Application,
  session: Session,
): Promise<void> {
  const valueOf = (name: string): string | null => request.parameters.get(name) ?? null
  const values = { code_challenge: valueOf('code_challenge'), nonce: valueOf('nonce') }
  await markRepeats(deps, { clientId, organizationId, values, request: `${session.id} ${textOf(request)}` })
}

function wishesOf({ parameters }: AuthorizationRequest): Wishes {
  return { loginHint: parameters.get('login_hint') ?? '', uiLocales: parameters.get('ui_locales') ?? '' }
}

function targetOf({ parameters }: AuthorizationRequest): Target {
  return {
    redirectUri: parameters.get('redirect_uri') ?? '',
    state: parameters.get('state') ?? null,
    by: responseModeOf(parameters),
  }
}

/** When this very request sent her to sign in; nobody else can make one, and it is of no use to another request. */
function signInMark(deps: Pick<Deps, 'digests'>, request: AuthorizationRequest, at: Instant): string {
  const proof = deps.digests.derive('authorization sign-in', `${at.epochMs} ${textOf(request)}`)
  return `${at.epochMs}.${base64url(proof)}`
}

function readSignInMark(
  deps: Pick<Deps, 'digests'>,
  request: AuthorizationRequest,
  mark: string | undefined,
): Instant | null {
  const [, ms] = /^([0-9]{1,15})\.[\w-]{43}$/.exec(mark ?? '') ?? []
  if (ms === undefined) return null
  const at = instant(Number(ms))
  return signInMark(deps, request, at) === mark ? at : null
}

function pageMark(deps: Pick<Deps, 'digests'>, request: AuthorizationRequest, session: Session): string {
  return base64url(deps.digests.derive('authorization consent', `${session.accountId} ${textOf(request)}`))
}

/** The request as one text that no other request has. */
function textOf({ parameters, resources }: AuthorizationRequest): string {
  return JSON.stringify([[...parameters].sort(([a], [b]) => (a < b ? -1 : 1)), resources])
}
