import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { decideDevice, type DecidedDevice, type DecideDevice } from '../../core/device/decide-device.ts'
import { saysWhatIsSeen } from '../../core/token/user-info.ts'
import { viewDevice, type DeviceView } from '../../core/device/view-device.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { checkForm, cookiesBlocked, formToken, sessionCookieOf } from '../../http/csrf.ts'
import { bodyFields, queryFields } from '../../http/fields.ts'
import { freshNonce, page, type Markup } from '../../http/html.ts'
import { keepLanguage, languageOf } from '../../http/locale.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import type { DeviceNote } from '../../pages/copy/device.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import {
  allowDevicePage,
  decidedDevicePage,
  enterCodePage,
  type DeviceFrame,
  type EnterCodeProps,
} from '../../pages/device.ts'
import { languagesOf } from '../../pages/ui/language.ts'

const path = '/device'

/** The address of verification_uri_complete fills the field; she still compares the letters and presses the button. */
const show = route<null, null, never>('GET', path, {
  budget: 'page',
  parse: () => ok(null),
  run: () => Promise.resolve(ok(null)),
  print: (_answer, asked, deps) => enter(200, {}, asked, deps),
  refuse: {},
})

type FormNo = 'form_expired' | 'cookies_blocked' | 'login_required' | 'not_found' | 'too_many_tries'

/** Every no shows the field again with what was typed, and says how to go on. */
const refuse: Refuse<FormNo> = {
  form_expired: (_refused, asked, deps) => again(403, 'expired', asked, deps),
  cookies_blocked: (_refused, asked, deps) => again(403, 'cookies', asked, deps),
  not_found: (_refused, asked, deps) => again(422, 'unknown', asked, deps),
  // Signing in leads back here, with the letters filled in.
  login_required: (_refused, asked) => {
    const next = `${path}?${new URLSearchParams({ user_code: typedIn(asked) }).toString()}`
    return seeOther(`/signin?${new URLSearchParams({ next }).toString()}`)
  },
  too_many_tries: (refused, asked, deps) => {
    const wait = refused.retryAfterSeconds ?? 60
    const reply = enter(429, { wait }, asked, deps)
    return { ...reply, headers: { ...reply.headers, 'retry-after': String(wait) } }
  },
}

type Command = Omit<DecideDevice, 'decision'> & { readonly decision: DecideDevice['decision'] | null }
type Answer =
  | { readonly kind: 'asks'; readonly view: DeviceView }
  | { readonly kind: 'decided'; readonly decided: DecidedDevice }

const submit = route<Command, Answer, FormNo>('POST', path, {
  budget: 'page',
  parse: readForm,
  run: async (deps, { decision, ...typed }) => {
    if (decision === null) {
      const view = await viewDevice(deps, typed)
      return view.ok ? ok({ kind: 'asks', view: view.value }) : view
    }
    const decided = await decideDevice(deps, { ...typed, decision })
    return decided.ok ? ok({ kind: 'decided', decided: decided.value }) : decided
  },
  print: (answer, asked, deps) =>
    answer.kind === 'asks' ? ask(answer.view, asked, deps) : tell(answer.decided, asked, deps),
  refuse,
})

export const routes: readonly Route[] = [show, submit]

function readForm(asked: Asked, deps: Deps): Result<Command, Refusal<FormNo>> {
  const fields = bodyFields(asked)
  const value = (name: string): string | undefined => (fields.ok ? fields.value.get(name) : undefined)
  if (cookiesBlocked(deps, asked)) return no(refusal('cookies_blocked'))
  if (!checkForm(deps, asked, value('token'))) return no(refusal('form_expired'))
  const decision = value('decision')
  return ok({
    cookie: sessionCookieOf(deps, asked),
    typed: value('user_code') ?? '',
    address: asked.address,
    decision: decision === 'allowed' || decision === 'denied' ? decision : null,
  })
}

function again(status: number, note: DeviceNote, asked: Asked, deps: Deps): Reply {
  return enter(status, { note }, asked, deps)
}

function enter(
  status: number,
  shown: Pick<EnterCodeProps, 'note' | 'wait'>,
  asked: Asked,
  deps: Deps,
): Reply {
  return framed(status, asked, deps, (frame, token) =>
    enterCodePage({ ...frame, ...shown, token, typed: typedIn(asked) }),
  )
}

function ask(view: DeviceView, asked: Asked, deps: Deps): Reply {
  const { userCode, application, face, scopes, apis, accountName } = view
  return framed(200, asked, deps, (frame, token) =>
    allowDevicePage({
      ...frame,
      token,
      userCode,
      face,
      accountName,
      applicationName: application.name,
      organizationName: application.organizationName,
      items: saysWhatIsSeen(application.releases, scopes, apis, frame.locale),
    }),
  )
}

function tell({ decision, application }: DecidedDevice, asked: Asked, deps: Deps): Reply {
  return framed(200, asked, deps, (frame) =>
    decidedDevicePage({ ...frame, decision, applicationName: application.name }),
  )
}

function framed(
  status: number,
  asked: Asked,
  deps: Deps,
  body: (frame: DeviceFrame, token: string) => Markup,
): Reply {
  const nonce = freshNonce(deps)
  // Bound to the account that is signed in: nobody allows as one person what was shown to another.
  const { token, setCookie } = formToken(deps, asked)
  const typed = typedIn(asked)
  const frame = {
    locale: pickLocale(...languageOf(deps, asked)),
    nonce,
    languages: languagesOf(path, typed === '' ? {} : { user_code: typed }),
    sandbox: deps.mode === 'sandbox',
  }
  const cookies = [...keepLanguage(deps, asked), ...(setCookie === null ? [] : [setCookie])]
  return page(status, body(frame, token), {
    nonce,
    ...(cookies.length === 0 ? {} : { headers: { 'set-cookie': cookies } }),
  })
}

function typedIn(asked: Asked): string {
  const fields = asked.method === 'POST' ? bodyFields(asked) : queryFields(asked)
  return ((fields.ok ? fields.value.get('user_code') : undefined) ?? '').slice(0, 40)
}
