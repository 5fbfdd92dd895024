import { no, ok } from '../../base/result.ts'
import { isEmail, normalEmail } from '../../core/account/account.ts'
import { checkCode } from '../../core/one-time-code/check-code.ts'
import type { CodeView } from '../../core/one-time-code/one-time-code.ts'
import { startRegistration, type StartRegistration } from '../../core/account/start-registration.ts'
import { viewCode } from '../../core/one-time-code/view-code.ts'
import type { Deps } from '../../core/deps.ts'
import type { Contact } from '../../core/message/message.ts'
import { refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import { registerCodePage, registerPage, type RegisterProps } from '../../pages/registration.ts'
import { addressOf, fieldOf, nextOf } from './asked-fields.ts'
import {
  backToCode,
  codeSaid,
  readHeld,
  readTyped,
  refuseCode,
  startOver,
  startSaid,
  type CodeNo,
  type Held,
} from './code-steps.ts'
import { codeIdOf, localeOf, readBrowser, showGate } from './gate.ts'

const show = route<null, null, never>('GET', '/register', {
  budget: 'page',
  parse: () => ok(null),
  run: () => Promise.resolve(ok(null)),
  print: (_answer, asked, deps) => ask(200, deps, asked, startSaid(asked)),
  refuse: {},
})

type AskNo =
  | 'form_expired'
  | 'cookies_blocked'
  | 'field_missing'
  | 'too_many_tries'
  | 'medium_unavailable'
  | 'country_closed'

const refuseAsk: Refuse<AskNo> = {
  form_expired: (_refused, asked, deps) => ask(403, deps, asked, { codeNote: 'expired' }),
  cookies_blocked: (_refused, asked, deps) => ask(403, deps, asked, { codeNote: 'cookies' }),
  field_missing: (_refused, asked, deps) => ask(422, deps, asked, { note: 'unreadable' }),
  medium_unavailable: (_refused, asked, deps) => ask(422, deps, asked, { note: 'medium' }),
  country_closed: (_refused, asked, deps) => ask(422, deps, asked, { note: 'country' }),
  too_many_tries: (refused, asked, deps) => ask(429, deps, asked, { wait: refused.retryAfterSeconds ?? 60 }),
}

const submit = route<StartRegistration, { readonly id: string }, AskNo>('POST', '/register', {
  budget: 'page',
  parse: (asked, deps) => {
    const browser = readBrowser(deps, asked)
    if (!browser.ok) return browser
    const to = readContact(deps, fieldOf(asked, 'address') ?? '')
    if (to === null) return no(refusal('field_missing'))
    return ok({ to, browser: browser.value, address: asked.address, locale: localeOf(deps, asked) })
  },
  run: startRegistration,
  print: ({ id }, asked) => seeOther(addressOf('/register/code', { id, next: nextOf(asked) })),
  refuse: refuseAsk,
})

const showCode = route<Held, CodeView, 'code_gone'>('GET', '/register/code', {
  budget: 'page',
  parse: readHeld,
  run: async (deps, held) => {
    const view = await viewCode(deps, { ...held, purpose: 'register' })
    return view === null ? no(refusal('code_gone')) : ok(view)
  },
  print: (view, asked, deps) => {
    const { id, address, medium, proved } = view
    const next = nextOf(asked)
    if (proved) return seeOther(addressOf('/register/details', { id, next }))
    const shown = { id, address: medium === 'sms' ? `+${address}` : address, ...codeSaid(asked) }
    return showGate(deps, asked, { path: '/register/code', query: { id } }, (props) =>
      registerCodePage({ ...props, ...shown }),
    )
  },
  refuse: { code_gone: (_refused, asked) => startOver('/register', asked) },
})

const submitCode = route<Held & { readonly typed: string }, null, CodeNo>('POST', '/register/code', {
  budget: 'page',
  parse: readTyped,
  run: async (deps, typed) => {
    const checked = await checkCode(deps, { ...typed, purpose: 'register' })
    return checked.ok ? ok(null) : checked
  },
  print: (_answer, asked) =>
    seeOther(addressOf('/register/details', { id: codeIdOf(asked) ?? '', next: nextOf(asked) })),
  refuse: refuseCode('/register'),
})

type Again = Held & Pick<StartRegistration, 'address' | 'locale'>

const resend = route<Again, { readonly id: string }, AskNo | 'code_gone'>('POST', '/register/resend', {
  budget: 'page',
  parse: (asked, deps) => {
    const typed = readTyped(asked, deps)
    if (!typed.ok) return typed
    return ok({ ...typed.value, address: asked.address, locale: localeOf(deps, asked) })
  },
  run: async (deps, { id, ...again }) => {
    const view = await viewCode(deps, { id, browser: again.browser, purpose: 'register' })
    if (view === null) return no(refusal('code_gone'))
    return await startRegistration(deps, { ...again, to: { medium: view.medium, address: view.address } })
  },
  print: ({ id }, asked) => seeOther(addressOf('/register/code', { id, next: nextOf(asked), note: 'again' })),
  refuse: {
    ...refuseAsk,
    too_many_tries: ({ retryAfterSeconds = 60 }, asked) => backToCode('/register', asked, retryAfterSeconds),
    code_gone: (_refused, asked) => startOver('/register', asked),
  },
})

export const registerRoutes: readonly Route[] = [show, submit, showCode, submitCode, resend]

function ask(
  status: number,
  deps: Deps,
  asked: Asked,
  said: Pick<RegisterProps, 'note' | 'codeNote' | 'wait'>,
): Reply {
  const typed = fieldOf(asked, 'address')?.slice(0, 254)
  const shown = typed === undefined ? said : { ...said, address: typed }
  const { wait } = said
  const frame = { status, path: '/register', ...(wait === undefined ? {} : { wait }) }
  return showGate(deps, asked, frame, (props) => registerPage({ ...props, ...shown }))
}

function readContact({ phones }: Pick<Deps, 'phones'>, typed: string): Contact | null {
  const email = normalEmail(typed)
  if (isEmail(email)) return { medium: 'email', address: email }
  const phone = phones.read(typed)
  return phone === null ? null : { medium: 'sms', address: phone }
}
