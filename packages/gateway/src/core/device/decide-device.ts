import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { refusal } from '../refusal.ts'
import type { Application } from '../application/application.ts'
import { lockWaitingDevice, markDevice } from './device-code.sql.ts'
import { findApplication } from '../application/find-application.ts'
import { giveConsent } from '../authorization/give-consent.ts'
import { pairwiseSubject } from '../authorization/subject.ts'
import { insertFamily } from '../token/token-family.sql.ts'
import { consentNeeded } from '../token/user-info.ts'
import { findTyped, type DeviceNo, type FoundDevice, type TypedCode } from './view-device.ts'

export type DecideDevice = TypedCode & { readonly decision: 'allowed' | 'denied' }

export type DecidedDevice = { readonly decision: 'allowed' | 'denied'; readonly application: Application }

/** She lets the device in, or sends it away. Its next question learns which. */
export async function decideDevice(
  deps: Deps,
  asked: DecideDevice,
): Promise<Result<DecidedDevice, DeviceNo>> {
  const { decision } = asked
  const found = await findTyped(deps, asked)
  if (!found.ok) return found
  const application = await findApplication(deps, found.value.device.clientId)
  if (application === null || application.disabledAt !== null) return no(refusal('not_found'))
  return decision === 'allowed'
    ? await allow(deps, found.value, application)
    : await deny(deps, found.value, application)
}

async function deny(
  deps: Deps,
  { key, session }: FoundDevice,
  application: Application,
): Promise<Result<DecidedDevice, DeviceNo>> {
  return await deps.db.transaction(async (tx) => {
    const device = await lockWaitingDevice(tx, key, deps.clock.now())
    if (device === null) return no(refusal('not_found'))
    await markDevice(tx, device, 'denied', key)
    const by = { kind: 'account', id: session.accountId } as const
    const about = { kind: 'application', id: application.clientId } as const
    const { organizationId } = application
    await recordAct(tx, { what: 'device.denied', by, about, organizationId }, deps)
    return ok({ decision: 'denied', application })
  })
}

/** The code of the device becomes the code of a new family, as if a browser had brought it back. */
async function allow(
  deps: Deps,
  { key, session }: FoundDevice,
  application: Application,
): Promise<Result<DecidedDevice, DeviceNo>> {
  const { accountId } = session
  const { clientId, organizationId } = application
  return await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const device = await lockWaitingDevice(tx, key, now)
    if (device === null) return no(refusal('not_found'))
    const agreed = consentNeeded(application.releases, device.scopes)
    await giveConsent(deps, { accountId, clientId, organizationId, scopes: agreed }, tx)
    const family = {
      id: device.familyId,
      accountId,
      clientId,
      scopes: device.scopes,
      // There is none, and the device names none: both are the empty address.
      redirectUri: '',
      nonce: null,
      sessionId: session.id,
      signedInAt: session.signedInAt,
      methods: session.methods,
      subject: pairwiseSubject(deps.digests, application, accountId),
      claims: null,
      jkt: null,
      resources: [],
      codeHash: device.hash,
      challenge: null,
      codeExpiresAt: device.expiresAt,
    }
    if (!(await insertFamily(tx, family, { agreed, pushed: null }, now))) return no(refusal('login_required'))
    await markDevice(tx, device, 'allowed', key)
    return ok({ decision: 'allowed', application })
  })
}
