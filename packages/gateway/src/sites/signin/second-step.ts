import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import type { ChallengePurpose } from '../../core/identity/challenge.ts'
import { confirmSession, type Confirmed, type ConfirmSession } from '../../core/identity/confirm-session.ts'
import { confirmSignIn, type ConfirmSignIn } from '../../core/identity/confirm-sign-in.ts'
import type { SignedIn } from '../../core/identity/open-session.ts'
import { pendingCookie } from '../../core/identity/pending.ts'
import { sessionCookie } from '../../core/identity/session.ts'
import type { FactorProof } from '../../core/identity/verify-factor.ts'
import {
  viewConfirmation,
  viewSecondStep,
  type Confirmation,
  type SecondStep,
} from '../../core/identity/view-second-step.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { cookieName, setCookie } from '../../http/cookies.ts'
import { scopeOf, sessionCookieOf } from '../../http/csrf.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import { visitOf } from '../../http/visit.ts'
import type { SecondStepNote } from '../../pages/copy/second-step.ts'
import { arrive, onwardFrom } from './arrive.ts'
import { addressOf, carried, fieldOf, nextOf, wantedOf } from './asked-fields.ts'
import { showConfirmation, showSecondStep } from './show-second-step.ts'
import { checkBrowser } from './sign-in.ts'

const secondPath = '/signin/second'
const confirmPath = '/signin/confirm'

/** Notes come back in the address of a page that is loaded afresh, so that its way is the ordinary one. */
const notes: readonly SecondStepNote[] = ['failed', 'expired', 'cookies', 'other-tab', 'unreadable']

function noteOf(asked: Asked): { readonly note?: SecondStepNote; readonly wait?: number } {
  const note = notes.find((each) => each === fieldOf(asked, 'note'))
  const wait = Number(/^[1-9]\d{0,4}$/.exec(fieldOf(asked, 'wait') ?? '')?.[0] ?? 0)
  return { ...(note === undefined ? {} : { note }), ...(wait === 0 ? {} : { wait }) }
}

function toFirstStep(_refused: Refusal, asked: Asked): Reply {
  return seeOther(addressOf('/signin', { ...carried(asked), note: 'start-again' }))
}

const showSecond = route<string | undefined, SecondStep, 'first_step_missing'>('GET', secondPath, {
  budget: 'page',
  parse: (asked, deps) => ok(pendingOf(asked, deps)),
  run: viewSecondStep,
  print: (step, asked, deps) => showSecondStep(step, asked, deps, noteOf(asked)),
  refuse: { first_step_missing: toFirstStep },
})

type StepNo = 'form_expired' | 'cookies_blocked' | 'field_missing' | 'sign_in_failed' | 'too_many_tries'

/** Every no leads back to the page, which says what happened; its address then holds nothing that was typed. */
function refuseAt(path: string): Refuse<StepNo> {
  const back = (note: SecondStepNote) => (_refused: Refusal, asked: Asked) =>
    seeOther(addressOf(path, { ...carried(asked), note }))
  return {
    form_expired: back('expired'),
    cookies_blocked: (_refused, asked) => seeOther(addressOf('/signin', carried(asked))),
    field_missing: back('unreadable'),
    sign_in_failed: back('failed'),
    too_many_tries: (refused, asked) => {
      const wait = String(refused.retryAfterSeconds ?? 60)
      return seeOther(addressOf(path, { ...carried(asked), wait }), { 'retry-after': wait })
    },
  }
}

const submitSecond = route<ConfirmSignIn, SignedIn, StepNo | 'first_step_missing'>('POST', secondPath, {
  budget: 'page',
  parse: (asked, deps) => {
    const proof = readProof(asked, deps, 'passkey second step')
    if (!proof.ok) return proof
    return ok({
      ...visitOf(deps, asked),
      pendingCookie: pendingOf(asked, deps),
      mark: fieldOf(asked, 'mark') ?? '',
      proof: proof.value,
      trust: fieldOf(asked, 'trust') === 'yes',
    })
  },
  run: confirmSignIn,
  print: arrive,
  refuse: {
    ...refuseAt(secondPath),
    // Either nothing waits any more, and the page leads to the first step, or another tab's sign-in does.
    first_step_missing: (_refused, asked) =>
      seeOther(addressOf(secondPath, { ...carried(asked), note: 'other-tab' })),
  },
})

type Asking = { readonly cookie: string | undefined; readonly asked: Asked }

const showConfirm = route<Asking, Confirmation, 'login_required'>('GET', confirmPath, {
  budget: 'page',
  parse: (asked, deps) => ok({ cookie: sessionCookieOf(deps, asked), asked }),
  run: async (deps, { cookie, asked }) => await viewConfirmation(deps, cookie, wantedOf(asked)),
  print: (confirmation, asked, deps) => showConfirmation(confirmation, asked, deps, noteOf(asked)),
  refuse: { login_required: (_refused, asked) => seeOther(addressOf('/signin', carried(asked))) },
})

const submitConfirm = route<ConfirmSession, Confirmed, StepNo | 'login_required'>('POST', confirmPath, {
  budget: 'page',
  parse: (asked, deps) => {
    const password = fieldOf(asked, 'password') ?? ''
    if (fieldOf(asked, 'way') === 'password' && password !== '') {
      const proved = checkBrowser(asked, deps)
      if (!proved.ok) return proved
      return ok({ ...visitOf(deps, asked), proof: { kind: 'password', password } })
    }
    const proof = readProof(asked, deps, 'passkey confirmation')
    return proof.ok ? ok({ ...visitOf(deps, asked), proof: proof.value }) : proof
  },
  run: confirmSession,
  print: (confirmed, asked, deps) =>
    seeOther(onwardFrom(nextOf(asked)), {
      'set-cookie': setCookie(sessionCookie, confirmed.sessionCookie, scopeOf(deps)),
    }),
  refuse: {
    ...refuseAt(confirmPath),
    login_required: (_refused, asked) => seeOther(addressOf('/signin', carried(asked))),
  },
})

export const secondStepRoutes: readonly Route[] = [showSecond, submitSecond, showConfirm, submitConfirm]

function pendingOf(asked: Asked, deps: Deps): string | undefined {
  return asked.cookies[cookieName(pendingCookie, scopeOf(deps))]
}

function readProof(
  asked: Asked,
  deps: Deps,
  purpose: ChallengePurpose,
): Result<FactorProof, Refusal<'form_expired' | 'cookies_blocked' | 'field_missing'>> {
  const proved = checkBrowser(asked, deps)
  if (!proved.ok) return proved
  const way = fieldOf(asked, 'way')
  const code = fieldOf(asked, 'code')?.trim() ?? ''
  if ((way === 'code' || way === 'recovery-code') && code !== '') return ok({ kind: way, code })
  const [challenge = '', response = ''] = [fieldOf(asked, 'challenge'), fieldOf(asked, 'response')]
  if (way !== 'passkey' || response === '') return no(refusal('field_missing'))
  return ok({ kind: 'passkey', purpose, challenge, response, formToken: proved.value })
}
