import { no, ok } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import type { CodeView } from '../../core/one-time-code/one-time-code.ts'
import { registerAccount, type RegisterAccount } from '../../core/account/register-account.ts'
import type { SignedIn } from '../../core/session/open-session.ts'
import type { Visit } from '../../core/session/session.ts'
import { signIn } from '../../core/session/sign-in.ts'
import { viewCode } from '../../core/one-time-code/view-code.ts'
import { refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { visitOf } from '../../http/visit.ts'
import type { DetailsFault } from '../../pages/copy/registration.ts'
import { registerDetailsPage } from '../../pages/registration.ts'
import { arrive } from './arrive.ts'
import { addressOf, fieldOf, nextOf } from './asked-fields.ts'
import { readHeld, startOver, type Held } from './code-steps.ts'
import { codeIdOf, localeOf, readBrowser, showGate } from './gate.ts'

const show = route<Held, CodeView, 'code_gone'>('GET', '/register/details', {
  budget: 'page',
  parse: readHeld,
  run: async (deps, held) => {
    const view = await viewCode(deps, { ...held, purpose: 'register' })
    return view?.proved === true ? ok(view) : no(refusal('code_gone'))
  },
  print: (view, asked, deps) => details(200, deps, asked, { address: contactOf(view) }),
  refuse: { code_gone: (_refused, asked) => startOver('/register', asked) },
})

type Create = { readonly account: RegisterAccount; readonly visit: Visit }
type CreateNo =
  'form_expired' | 'cookies_blocked' | 'code_gone' | 'field_invalid' | 'password_weak' | 'identifier_taken'

const create = route<Create, SignedIn | null, CreateNo>('POST', '/register/details', {
  budget: 'page',
  parse: (asked, deps) => {
    const browser = readBrowser(deps, asked)
    if (!browser.ok) return browser
    const id = codeIdOf(asked)
    if (id === null) return no(refusal('code_gone'))
    const text = (name: string): string => fieldOf(asked, name) ?? ''
    const account = {
      id,
      browser: browser.value,
      firstName: text('first_name'),
      lastName: text('last_name'),
      password: text('password'),
      locale: localeOf(deps, asked),
    }
    return ok({ account, visit: visitOf(deps, asked) })
  },
  run: async (deps, { account: wanted, visit }) => {
    const made = await registerAccount(deps, wanted)
    if (!made.ok) return made
    const { email, phone } = made.value
    const identifier =
      email === null
        ? ({ kind: 'phone', value: phone ?? '' } as const)
        : ({ kind: 'email', value: email } as const)
    // She has just chosen the password, and is let in by it as by any sign-in.
    const step = await signIn(deps, { ...visit, identifiers: [identifier], password: wanted.password })
    return ok(step.ok && step.value.kind === 'signed-in' ? step.value : null)
  },
  print: (signedIn, asked, deps) => {
    const toSignIn = seeOther(addressOf('/signin', { next: nextOf(asked), note: 'registered' }))
    return signedIn === null ? toSignIn : arrive(signedIn, asked, deps)
  },
  refuse: {
    form_expired: (_refused, asked) => back(asked),
    cookies_blocked: (_refused, asked) => startOver('/register', asked),
    code_gone: (_refused, asked) => startOver('/register', asked),
    identifier_taken: (_refused, asked) => startOver('/register', asked),
    field_invalid: ({ field }, asked, deps) =>
      details(422, deps, asked, { fault: field === 'last_name' ? 'last_name' : 'first_name' }),
    password_weak: (_refused, asked, deps) => details(422, deps, asked, { fault: 'password' }),
  },
})

export const registerDetailsRoutes: readonly Route[] = [show, create]

type Shown = { readonly address?: string; readonly fault?: DetailsFault }

function details(status: number, deps: Deps, asked: Asked, { address, fault }: Shown): Reply {
  const id = codeIdOf(asked) ?? ''
  const typed = (name: string): string => (fieldOf(asked, name) ?? '').slice(0, 100)
  return showGate(deps, asked, { status, path: '/register/details', query: { id } }, (props) =>
    registerDetailsPage({
      ...props,
      id,
      firstName: typed('first_name'),
      lastName: typed('last_name'),
      ...(address === undefined ? {} : { address }),
      ...(fault === undefined ? {} : { fault }),
    }),
  )
}

function back(asked: Asked): Reply {
  return seeOther(addressOf('/register/details', { id: codeIdOf(asked) ?? '', next: nextOf(asked) }))
}

function contactOf({ medium, address }: CodeView): string {
  return medium === 'sms' ? `+${address}` : address
}
