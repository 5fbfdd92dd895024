import { no, ok } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import type { CodeView } from '../../core/one-time-code/one-time-code.ts'
import { recoverPassword, type RecoverPassword } from '../../core/account/recover-password.ts'
import { redeemRecoveryCode, type RedeemRecoveryCode } from '../../core/account/redeem-recovery-code.ts'
import { requestRecovery, type RequestRecovery } from '../../core/account/request-recovery.ts'
import { viewCode } from '../../core/one-time-code/view-code.ts'
import { viewRecovery } from '../../core/account/view-recovery.ts'
import { refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import { newPasswordPage, recoverCodePage, recoverPage, type RecoverProps } from '../../pages/recovery.ts'
import { addressOf, fieldOf, nextOf } from './asked-fields.ts'
import {
  codeSaid,
  readHeld,
  readTyped,
  refuseCode,
  startOver,
  startSaid,
  type CodeNo,
  type Held,
} from './code-steps.ts'
import { localeOf, readBrowser, showGate } from './gate.ts'
import { readIdentifiers } from './identifiers.ts'

const show = route<null, null, never>('GET', '/recover', {
  budget: 'page',
  parse: () => ok(null),
  run: () => Promise.resolve(ok(null)),
  print: (_answer, asked, deps) => {
    const isGone = fieldOf(asked, 'note') === 'link'
    return ask(200, deps, asked, isGone ? { note: 'gone' } : startSaid(asked))
  },
  refuse: {},
})

type AskNo = 'form_expired' | 'cookies_blocked' | 'field_missing' | 'too_many_tries'

const refuseAsk: Refuse<AskNo> = {
  form_expired: (_refused, asked, deps) => ask(403, deps, asked, { codeNote: 'expired' }),
  cookies_blocked: (_refused, asked, deps) => ask(403, deps, asked, { codeNote: 'cookies' }),
  field_missing: (_refused, asked, deps) => ask(422, deps, asked, { note: 'unreadable' }),
  too_many_tries: (refused, asked, deps) => ask(429, deps, asked, { wait: refused.retryAfterSeconds ?? 60 }),
}

const submit = route<RequestRecovery, { readonly id: string }, AskNo>('POST', '/recover', {
  budget: 'page',
  parse: (asked, deps) => {
    const browser = readBrowser(deps, asked)
    if (!browser.ok) return browser
    const identifiers = readIdentifiers(deps, fieldOf(asked, 'identifier') ?? '')
    if (identifiers === null) return no(refusal('field_missing'))
    const { address } = asked
    return ok({ identifiers, browser: browser.value, address, locale: localeOf(deps, asked) })
  },
  run: requestRecovery,
  print: ({ id }, asked) => seeOther(addressOf('/recover/code', { id, next: nextOf(asked) })),
  refuse: refuseAsk,
})

const showCode = route<Held, CodeView, 'code_gone'>('GET', '/recover/code', {
  budget: 'page',
  parse: readHeld,
  run: async (deps, held) => {
    const view = await viewCode(deps, { ...held, purpose: 'recover' })
    return view === null || view.proved ? no(refusal('code_gone')) : ok(view)
  },
  // What the view knows of the address stays unsaid: it would tell whose account it is.
  print: ({ id }, asked, deps) =>
    showGate(deps, asked, { path: '/recover/code', query: { id } }, (props) =>
      recoverCodePage({ ...props, id, ...codeSaid(asked) }),
    ),
  refuse: { code_gone: (_refused, asked) => startOver('/recover', asked) },
})

const submitCode = route<RedeemRecoveryCode, { readonly key: string }, CodeNo>('POST', '/recover/code', {
  budget: 'page',
  parse: readTyped,
  run: redeemRecoveryCode,
  print: ({ key }, asked) => seeOther(addressOf('/recover/password', { key, next: nextOf(asked) })),
  refuse: refuseCode('/recover'),
})

const showPassword = route<string, null, 'link_gone'>('GET', '/recover/password', {
  budget: 'page',
  parse: (asked) => ok(fieldOf(asked, 'key') ?? ''),
  run: async (deps, key) => ((await viewRecovery(deps, key)) ? ok(null) : no(refusal('link_gone'))),
  print: (_answer, asked, deps) => choose(200, deps, asked, false),
  refuse: { link_gone: (_refused, asked) => linkGone(asked) },
})

type PasswordNo = 'form_expired' | 'cookies_blocked' | 'link_gone' | 'password_weak'

const submitPassword = route<RecoverPassword, null, PasswordNo>('POST', '/recover/password', {
  budget: 'page',
  parse: (asked, deps) => {
    const browser = readBrowser(deps, asked)
    if (!browser.ok) return browser
    return ok({ key: fieldOf(asked, 'key') ?? '', chosen: fieldOf(asked, 'password') ?? '' })
  },
  run: recoverPassword,
  print: (_answer, asked) => seeOther(addressOf('/signin', { next: nextOf(asked), note: 'recovered' })),
  refuse: {
    form_expired: (_refused, asked, deps) => choose(403, deps, asked, false),
    cookies_blocked: (_refused, asked, deps) => ask(403, deps, asked, { codeNote: 'cookies' }),
    link_gone: (_refused, asked) => linkGone(asked),
    password_weak: (_refused, asked, deps) => choose(422, deps, asked, true),
  },
})

export const recoverRoutes: readonly Route[] = [
  show,
  submit,
  showCode,
  submitCode,
  showPassword,
  submitPassword,
]

function ask(
  status: number,
  deps: Deps,
  asked: Asked,
  said: Pick<RecoverProps, 'note' | 'codeNote' | 'wait'>,
): Reply {
  const typed = fieldOf(asked, 'identifier')?.slice(0, 254)
  const shown = typed === undefined ? said : { ...said, identifier: typed }
  const { wait } = said
  const frame = { status, path: '/recover', ...(wait === undefined ? {} : { wait }) }
  return showGate(deps, asked, frame, (props) => recoverPage({ ...props, ...shown }))
}

function choose(status: number, deps: Deps, asked: Asked, isWeak: boolean): Reply {
  const key = fieldOf(asked, 'key') ?? ''
  return showGate(deps, asked, { status, path: '/recover/password', query: { key } }, (props) =>
    newPasswordPage({ ...props, key, isWeak }),
  )
}

function linkGone(asked: Asked): Reply {
  return seeOther(addressOf('/recover', { next: nextOf(asked), note: 'link' }))
}
