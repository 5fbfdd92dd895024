import { no, ok, type Result } from '../../base/result.ts'
import { after, type Seconds } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { Refusal } from '../refusal.ts'
import type { Application } from '../application/application.ts'
import { deviceCodeLives, newUserCode, pollInterval, userCodeKey } from './device-code.ts'
import { insertDevice } from './device-code.sql.ts'
import { notRegisteredFor } from '../token/grant-refusal.ts'
import { readScope } from '../application/scope.ts'
import { newToken } from '../token/token.ts'

export type StartedDevice = {
  readonly deviceCode: string
  /** For a person to read and type. */
  readonly userCode: string
  readonly expiresIn: Seconds
  readonly interval: Seconds
}

/** The device authorization request: RFC 8628 section 3.1. */
export async function startDevice(
  deps: Deps,
  { application, scope }: { readonly application: Application; readonly scope: string },
): Promise<Result<StartedDevice, Refusal<'unauthorized_client' | 'invalid_scope'>>> {
  if (!application.grants.includes('device_code')) return no(notRegisteredFor('device_code'))
  const scopes = readScope(scope, application.scopes)
  if (!scopes.ok) return scopes
  const familyId = deps.ids.next()
  const deviceCode = newToken('device', familyId, deps.chance)
  const device = {
    familyId,
    hash: deps.digests.sha256(deviceCode),
    clientId: application.clientId,
    scopes: scopes.value,
    expiresAt: after(deps.clock.now(), deviceCodeLives),
    interval: pollInterval,
  }
  for (let tries = 0; tries < mostTries; tries += 1) {
    const userCode = newUserCode(deps.chance)
    if (await insertDevice(deps.db, { ...device, userCodeKey: userCodeKey(deps.digests, userCode) }))
      return ok({ deviceCode, userCode, expiresIn: deviceCodeLives, interval: pollInterval })
  }
  throw new Error('no letters are free for one more device')
}

/** Two devices draw the same letters once in millions of times. */
const mostTries = 5
