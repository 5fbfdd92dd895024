import { bytesOfBase64url } from '../../base/bytes.ts'
import { ok } from '../../base/result.ts'
import { changePassword } from '../../core/account/change-password.ts'
import { forgetDevices } from '../../core/session/forget-devices.ts'
import type { Visit } from '../../core/session/session.ts'
import { sessionCookie } from '../../core/session/session.ts'
import { signOut } from '../../core/session/sign-out.ts'
import { viewSecurity, type SecurityView } from '../../core/factor/view-security.ts'
import { clearCookie } from '../../http/cookies.ts'
import { scopeOf } from '../../http/csrf.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import { visitOf } from '../../http/visit.ts'
import type { SecurityNote } from '../../pages/copy/security/words.ts'
import { form, toSignIn, uuidOf, type FormNo } from './form.ts'
import { printSecurity } from './print-security.ts'

export const securityPath = '/account/security'

const show = route<Visit, SecurityView, 'login_required'>('GET', securityPath, {
  budget: 'page',
  parse: (asked, deps) => ok(visitOf(deps, asked)),
  run: viewSecurity,
  print: printSecurity,
  refuse: { login_required: () => toSignIn(securityPath) },
})

/** See, then continue: a reload of the page that follows changes nothing a second time. */
export function toSecurity(note: SecurityNote, place = ''): Reply {
  return seeOther(`${securityPath}?note=${note}${place}`)
}

export const refuseForm: Refuse<FormNo> = {
  login_required: () => toSignIn(securityPath),
  form_expired: () => toSecurity('expired'),
  field_invalid: () => toSecurity('unknown'),
}

type Passwords = { readonly current: string; readonly chosen: string }

/** What is changed without a fresh proof: it makes the account safer, or asks for the password itself. */
export const securityRoutes: readonly Route[] = [
  show,
  form<Passwords, null, 'sign_in_failed' | 'too_many_tries' | 'password_weak'>('/account/password', {
    read: (fields) => {
      const [current, chosen] = [fields.get('current'), fields.get('chosen')]
      return current === undefined || chosen === undefined ? null : { current, chosen }
    },
    act: async (deps, session, wanted) => await changePassword(deps, { session, ...wanted }),
    print: () => toSecurity('password-changed'),
    refuse: {
      ...refuseForm,
      sign_in_failed: () => toSecurity('password-wrong'),
      too_many_tries: () => toSecurity('password-wait'),
      password_weak: () => toSecurity('password-weak'),
    },
  }),
  form<string, null, never>('/account/sessions/end', {
    read: (fields) => uuidOf(fields.get('session')),
    act: async (deps, { accountId }, id) => {
      await signOut(deps, { accountId, id }, 'here')
      return ok(null)
    },
    print: () => toSecurity('session-ended', '#sessions'),
    refuse: refuseForm,
  }),
  form<'all', null, never>('/account/sessions/end-all', {
    read: () => 'all',
    act: async (deps, session) => {
      await signOut(deps, session, 'everywhere')
      return ok(null)
    },
    print: (_done, _asked, deps) =>
      seeOther('/signin?note=signed-out', { 'set-cookie': clearCookie(sessionCookie, scopeOf(deps)) }),
    refuse: refuseForm,
  }),
  form<{ readonly nameHash: Uint8Array | null }, null, never>(`${securityPath}/devices/forget`, {
    read: (fields) => {
      const device = fields.get('device') ?? ''
      if (device === 'all') return { nameHash: null }
      const nameHash = bytesOfBase64url(device)
      return nameHash?.length === 32 ? { nameHash } : null
    },
    act: async (deps, session, { nameHash }) => await forgetDevices(deps, session, nameHash),
    print: () => toSecurity('device-forgotten', '#devices'),
    refuse: refuseForm,
  }),
]
