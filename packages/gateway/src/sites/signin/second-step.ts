import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { confirmSession, type Confirmed, type ConfirmSession } from '../../core/session/confirm-session.ts'
import { confirmSignIn, type ConfirmSignIn } from '../../core/session/confirm-sign-in.ts'
import type { SignedIn } from '../../core/session/open-session.ts'
import { pendingCookie } from '../../core/session/pending.ts'
import { sendSecondCode, type SendSecondCode } from '../../core/factor/send-second-code.ts'
import { sessionCookie } from '../../core/session/session.ts'
import type { FactorProof } from '../../core/factor/verify-factor.ts'
import {
  viewConfirmation,
  viewSecondStep,
  type Confirmation,
  type SecondStep,
} from '../../core/factor/view-second-step.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { cookieName, setCookie } from '../../http/cookies.ts'
import { browserKey, scopeOf, sessionCookieOf } from '../../http/csrf.ts'
import { languageOf } from '../../http/locale.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import { visitOf } from '../../http/visit.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import type { SecondStepNote } from '../../pages/copy/second-step.ts'
import { arrive, onwardFrom } from './arrive.ts'
import { addressOf, carried, fieldOf, isUuid, nextOf, wantedOf } from './asked-fields.ts'
import { showConfirmation, showSecondStep } from './show-second-step.ts'
import { checkBrowser } from './sign-in.ts'

const secondPath = '/signin/second'
const confirmPath = '/signin/confirm'

/** Notes come back in the address of a page that is loaded afresh, so that its way is the ordinary one. */
const notes: readonly SecondStepNote[] = ['failed', 'expired', 'other-tab', 'unreadable', 'not-sent']

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

function back(path: string, note: SecondStepNote) {
  return (_refused: Refusal, asked: Asked): Reply => {
    const sent = fieldOf(asked, 'sent')
    return seeOther(addressOf(path, { ...carried(asked), note, ...(sent === undefined ? {} : { sent }) }))
  }
}

/** Every no leads back to the page, which says what happened; its address then holds nothing that was typed. */
function refuseAt(path: string): Refuse<StepNo> {
  return {
    form_expired: back(path, 'expired'),
    cookies_blocked: (_refused, asked) => seeOther(addressOf('/signin', carried(asked))),
    field_missing: back(path, 'unreadable'),
    sign_in_failed: back(path, 'failed'),
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

/** A code by message: it goes out, and the page comes back with a field for it. */
function sender(path: typeof secondPath | typeof confirmPath): Route {
  const again = refuseAt(path)
  return route<SendSecondCode, { readonly id: string }, SendNo>('POST', `${path}/send`, {
    budget: 'secret',
    parse: (asked, deps) => {
      const proved = checkBrowser(asked, deps)
      if (!proved.ok) return proved
      const browser = browserKey(deps, asked) ?? ''
      const { address, sessionCookie: cookie } = visitOf(deps, asked)
      return ok({
        who:
          path === secondPath
            ? { kind: 'second-factor', pendingCookie: pendingOf(asked, deps) }
            : { kind: 'step-up', sessionCookie: cookie },
        medium: fieldOf(asked, 'medium') === 'sms' ? 'sms' : 'email',
        browser,
        address,
        locale: pickLocale(...languageOf(deps, asked)),
      })
    },
    run: sendSecondCode,
    print: ({ id }, asked) => seeOther(addressOf(path, { ...carried(asked), sent: id })),
    refuse: {
      ...again,
      first_step_missing: toFirstStep,
      medium_unavailable: back(path, 'not-sent'),
      country_closed: back(path, 'not-sent'),
    },
  })
}

type SendNo =
  | 'form_expired'
  | 'cookies_blocked'
  | 'first_step_missing'
  | 'medium_unavailable'
  | 'country_closed'
  | 'too_many_tries'

const codePurposes = {
  'passkey second step': 'second-factor',
  'passkey confirmation': 'step-up',
} as const

export const secondStepRoutes: readonly Route[] = [
  showSecond,
  submitSecond,
  sender(secondPath),
  showConfirm,
  submitConfirm,
  sender(confirmPath),
]

function pendingOf(asked: Asked, deps: Deps): string | undefined {
  return asked.cookies[cookieName(pendingCookie, scopeOf(deps))]
}

function readProof(
  asked: Asked,
  deps: Deps,
  purpose: keyof typeof codePurposes,
): Result<FactorProof, Refusal<'form_expired' | 'cookies_blocked' | 'field_missing'>> {
  const proved = checkBrowser(asked, deps)
  if (!proved.ok) return proved
  const way = fieldOf(asked, 'way')
  const code = fieldOf(asked, 'code')?.trim() ?? ''
  if ((way === 'code' || way === 'recovery-code') && code !== '') return ok({ kind: way, code })
  const browser = browserKey(deps, asked)
  const id = fieldOf(asked, 'sent') ?? ''
  if (way === 'message' && code !== '' && browser !== null && isUuid(id)) {
    return ok({ kind: 'message', id, code, browser, purpose: codePurposes[purpose] })
  }
  const [challenge = '', response = ''] = [fieldOf(asked, 'challenge'), fieldOf(asked, 'response')]
  if (way !== 'passkey' || response === '') return no(refusal('field_missing'))
  return ok({ kind: 'passkey', purpose, challenge, response, formToken: proved.value })
}
