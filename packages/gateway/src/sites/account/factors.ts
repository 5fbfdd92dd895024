import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import {
  addAuthenticator,
  showEnrolment,
  type AddAuthenticator,
  type Enrolment,
  type FactorAdded,
} from '../../core/factor/add-authenticator.ts'
import {
  addPasskey,
  changePasskeyName,
  showPasskeyOffer,
  type AddPasskey,
  type PasskeyOffer,
} from '../../core/factor/add-passkey.ts'
import { addMessageFactor } from '../../core/factor/add-message-factor.ts'
import { createRecoveryCodes } from '../../core/factor/create-recovery-codes.ts'
import { findSession } from '../../core/session/find-session.ts'
import { removeAuthenticator, removeMessageFactor, removePasskey } from '../../core/factor/remove-factor.ts'
import type { Session } from '../../core/session/session.ts'
import type { Medium } from '../../core/message/message.ts'
import { refusal, type Refusal, type RefusalCode } from '../../core/refusal.ts'
import { sessionCookieOf } from '../../http/csrf.ts'
import type { Fields } from '../../http/fields.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import { form, toSignIn, type Form, type FormNo } from './form.ts'
import { printCodes, printEnrolment, printNewPasskey } from './print-factors.ts'
import { refuseForm, securityPath, toSecurity } from './security.ts'

const appPath = `${securityPath}/authenticator`
const keysPath = `${securityPath}/passkeys`

/** Confirm, and come back; a form that was sent is not sent again by itself. */
function toConfirm(next: string): Reply {
  return seeOther(`/signin/confirm?next=${encodeURIComponent(next)}`)
}

const refuseStale: Refuse<FormNo | 'step_up_required'> = {
  ...refuseForm,
  step_up_required: () => toConfirm(`${securityPath}?note=confirmed`),
}

/** A page of somebody who is signed in and proved it lately. */
function screen<View, R extends RefusalCode>(
  path: string,
  parts: {
    readonly load: (deps: Deps, session: Session) => Promise<Result<View, Refusal<R | 'step_up_required'>>>
    readonly print: Parameters<typeof route<unknown, View, never>>[2]['print']
    readonly refuse: Refuse<R>
  },
): Route {
  type No = R | 'step_up_required' | 'login_required'
  const refuse = {
    ...parts.refuse,
    step_up_required: () => toConfirm(path),
    login_required: () => toSignIn(path),
  } as Refuse<No>
  return route<string | undefined, View, No>('GET', path, {
    budget: 'page',
    parse: (asked, deps) => ok(sessionCookieOf(deps, asked)),
    run: async (deps, cookie): Promise<Result<View, Refusal<No>>> => {
      const session = await findSession(deps, cookie)
      return session === null ? no(refusal('login_required')) : await parts.load(deps, session)
    },
    print: parts.print,
    refuse,
  })
}

/** With the first factor come the recovery codes, which are seen this once. */
function added(
  note: 'authenticator-added' | 'messages-changed' | 'passkey-added',
): Form<never, FactorAdded, never>['print'] {
  return ({ recoveryCodes }, asked, deps) =>
    recoveryCodes === null ? toSecurity(note) : printCodes(recoveryCodes, asked, deps)
}

/** A wrong code shows the same secret again: whoever scanned it once need not do so twice. */
type AppAdded =
  | { readonly kind: 'added'; readonly added: FactorAdded }
  | { readonly kind: 'again'; readonly enrolment: Enrolment; readonly wait: number | null }

async function addApp(
  deps: Deps,
  session: Session,
  wanted: AddAuthenticator,
): Promise<Result<AppAdded, Refusal<'step_up_required' | 'form_expired'>>> {
  const done = await addAuthenticator(deps, session, wanted)
  if (done.ok) return ok({ kind: 'added', added: done.value })
  const { code, retryAfterSeconds = null } = done.refusal
  if (code === 'step_up_required' || code === 'form_expired') return no(refusal(code))
  const enrolment = await showEnrolment(deps, session, wanted.sealed)
  return enrolment.ok ? ok({ kind: 'again', enrolment: enrolment.value, wait: retryAfterSeconds }) : enrolment
}

const appRoutes: readonly Route[] = [
  screen<Enrolment, never>(appPath, {
    load: async (deps, session) => await showEnrolment(deps, session),
    print: (enrolment, asked, deps) => printEnrolment(enrolment, asked, deps),
    refuse: {},
  }),
  form<AddAuthenticator, AppAdded, 'step_up_required' | 'form_expired'>(appPath, {
    read: (fields) => texts(fields, ['sealed', 'code']),
    act: addApp,
    print: (done, asked, deps) =>
      done.kind === 'added'
        ? added('authenticator-added')(done.added, asked, deps)
        : printEnrolment(done.enrolment, asked, deps, { wait: done.wait }),
    refuse: { ...refuseStale, form_expired: () => seeOther(appPath) },
  }),
  form<'it', null, 'step_up_required' | 'not_found' | 'last_factor'>(`${appPath}/remove`, {
    read: () => 'it',
    act: async (deps, session) => await removeAuthenticator(deps, session),
    print: () => toSecurity('authenticator-removed', '#authenticator'),
    refuse: {
      ...refuseStale,
      not_found: () => toSecurity('authenticator-removed', '#authenticator'),
      last_factor: () => toSecurity('last-factor'),
    },
  }),
]

const keyRoutes: readonly Route[] = [
  screen<PasskeyOffer, 'too_many_passkeys'>(keysPath, {
    load: showPasskeyOffer,
    print: printNewPasskey,
    refuse: { too_many_passkeys: () => toSecurity('passkey-limit', '#passkeys') },
  }),
  form<AddPasskey, FactorAdded, 'step_up_required' | 'passkey_unproved' | 'too_many_passkeys'>(keysPath, {
    read: (fields) => {
      const sent = texts(fields, ['challenge', 'response', 'token'])
      return sent === null ? null : { ...sent, formToken: sent.token, name: fields.get('name') ?? '' }
    },
    act: addPasskey,
    print: added('passkey-added'),
    refuse: {
      ...refuseStale,
      passkey_unproved: () => toSecurity('passkey-failed', '#passkeys'),
      too_many_passkeys: () => toSecurity('passkey-limit', '#passkeys'),
    },
  }),
  form<{ readonly passkey: string; readonly name: string }, null, 'not_found' | 'field_invalid'>(
    `${keysPath}/rename`,
    {
      read: (fields) => texts(fields, ['passkey', 'name']),
      act: async (deps, session, { passkey, name }) =>
        await changePasskeyName(deps, session, { credentialId: passkey, name }),
      print: () => toSecurity('passkey-renamed', '#passkeys'),
      refuse: { ...refuseForm, not_found: () => toSecurity('unknown', '#passkeys') },
    },
  ),
  form<{ readonly passkey: string }, null, 'step_up_required' | 'not_found' | 'last_factor'>(
    `${keysPath}/remove`,
    {
      read: (fields) => texts(fields, ['passkey']),
      act: async (deps, session, { passkey }) => await removePasskey(deps, session, passkey),
      print: () => toSecurity('passkey-removed', '#passkeys'),
      refuse: {
        ...refuseStale,
        not_found: () => toSecurity('passkey-removed', '#passkeys'),
        last_factor: () => toSecurity('last-factor', '#passkeys'),
      },
    },
  ),
]

const codesRoute = form<'new', readonly string[], 'step_up_required'>(`${securityPath}/recovery-codes`, {
  read: () => 'new',
  act: async (deps, session) => await createRecoveryCodes(deps, session),
  print: printCodes,
  refuse: refuseStale,
})

const readMedium = (fields: Fields): Medium | null => {
  const medium = fields.get('medium')
  return medium === 'sms' || medium === 'email' ? medium : null
}

const messagesPath = `${securityPath}/messages`

const messageRoutes: readonly Route[] = [
  form<Medium, FactorAdded, 'step_up_required' | 'medium_unavailable'>(messagesPath, {
    read: readMedium,
    act: addMessageFactor,
    print: added('messages-changed'),
    refuse: { ...refuseStale, medium_unavailable: () => toSecurity('unknown', '#messages') },
  }),
  form<Medium, null, 'step_up_required' | 'not_found' | 'last_factor'>(`${messagesPath}/remove`, {
    read: readMedium,
    act: removeMessageFactor,
    print: () => toSecurity('messages-changed', '#messages'),
    refuse: {
      ...refuseStale,
      not_found: () => toSecurity('messages-changed', '#messages'),
      last_factor: () => toSecurity('last-factor'),
    },
  }),
]

/** What a form of ours always sends; null when one is missing. */
function texts<Name extends string>(
  fields: Fields,
  names: readonly Name[],
): Readonly<Record<Name, string>> | null {
  if (names.some((name) => !fields.has(name))) return null
  return Object.fromEntries(names.map((name) => [name, fields.get(name) ?? ''])) as Record<Name, string>
}

/** What proves its owner to the account; each change of it asks for a fresh proof. */
export const factorRoutes: readonly Route[] = [...appRoutes, ...keyRoutes, ...messageRoutes, codesRoute]
