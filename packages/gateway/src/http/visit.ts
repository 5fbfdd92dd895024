import type { Deps } from '../core/deps.ts'
import { deviceCookie } from '../core/session/known-device.ts'
import type { Visit } from '../core/session/session.ts'
import type { Asked } from './asked.ts'
import { cookieName } from './cookies.ts'
import { scopeOf, sessionCookieOf } from './csrf.ts'

const longestUserAgent = 400

/** The browser that asks, as the use cases of signing in know it. */
export function visitOf(deps: Pick<Deps, 'publicUrl'>, asked: Asked): Visit {
  return {
    address: asked.address,
    userAgent: asked.headers['user-agent']?.slice(0, longestUserAgent) ?? null,
    sessionCookie: sessionCookieOf(deps, asked),
    deviceCookie: asked.cookies[cookieName(deviceCookie, scopeOf(deps))],
  }
}
