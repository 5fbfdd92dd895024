import type { Deps } from '../../core/deps.ts'
import { levelOf } from '../../core/factor/assurance.ts'
import { deviceCookie, deviceLives } from '../../core/session/known-device.ts'
import type { SignedIn } from '../../core/session/open-session.ts'
import { pendingCookie } from '../../core/session/pending.ts'
import { sessionCookie } from '../../core/session/session.ts'
import type { Asked } from '../../http/asked.ts'
import { clearCookie, setCookie } from '../../http/cookies.ts'
import { scopeOf } from '../../http/csrf.ts'
import { languageOf, rememberLanguage } from '../../http/locale.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { addressOf, home, nextOf, wantedOf } from './asked-fields.ts'

export const onward = '/signin/continue'

/** She is in: the browser gets its cookies and goes where she wanted to. */
export function arrive(signedIn: SignedIn, asked: Asked, deps: Deps): Reply {
  const scope = scopeOf(deps)
  // Without an age: it goes when the browser is closed, as whoever uses a shared computer expects.
  const session = setCookie(sessionCookie, signedIn.sessionCookie, scope)
  const device = setCookie(deviceCookie, signedIn.deviceCookie, { ...scope, maxAge: deviceLives.seconds })
  const [, chosen] = languageOf(deps, asked)
  const language = chosen === '' ? [rememberLanguage(deps, signedIn.account.locale)] : []
  const isShort = wantedOf(asked) === 'aal2' && levelOf(signedIn.session.methods) !== 'aal2'
  const place = isShort ? addressOf('/signin/confirm', { next: nextOf(asked), acr: 'aal2' }) : null
  return seeOther(place ?? onwardFrom(nextOf(asked)), {
    'set-cookie': [session, device, ...language, ...leaveFirstStep(deps, asked)],
  })
}

/** What the first step left behind goes, whichever way she came in. */
function leaveFirstStep(deps: Deps, asked: Asked): readonly string[] {
  const sent = Object.keys(asked.cookies).some((name) => name.endsWith(pendingCookie))
  return sent ? [clearCookie(pendingCookie, scopeOf(deps))] : []
}

/**
 * Chromium holds every redirect that follows a form to the form's `form-action`, and whoever agreed before is sent
 * from here by redirects alone to an application's own host, and perhaps to another one from there. A page in between
 * ends that chain, so that the form for passwords may go on naming nobody but ourselves.
 */
export function onwardFrom(next: string): string {
  return next.startsWith(home) ? next : `${onward}?next=${encodeURIComponent(next)}`
}
