import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { accountName } from '../account/account.ts'
import type { Application } from '../application/application.ts'
import { drawsOnUserCodes, readUserCode, userCodeKey } from './device-code.ts'
import { findWaitingDevice, type WaitingDevice } from './device-code.sql.ts'
import type { Face } from '../application/face.ts'
import { findFace } from '../application/face.sql.ts'
import { findActiveAccount } from '../account/find-account.ts'
import { findApplication } from '../application/find-application.ts'
import { findSession } from '../session/find-session.ts'
import type { Api } from '../application/resource.ts'
import { findApis } from '../application/resource-server.sql.ts'
import type { Scope } from '../application/scope.ts'
import type { Session } from '../session/session.ts'
import { spendTry } from '../limit/spend-try.ts'

export type TypedCode = {
  readonly cookie: string | undefined
  /** As she typed it. */
  readonly typed: string
  readonly address: string
}

export type DeviceView = {
  readonly userCode: string
  readonly application: Application
  readonly face: Face | null
  readonly scopes: readonly Scope[]
  readonly apis: readonly Api[]
  readonly accountName: string
}

export type DeviceNo = Refusal<'login_required' | 'not_found' | 'too_many_tries'>

/** The device behind a typed code, for whoever is signed in. Every wrong code costs a try. */
export async function viewDevice(deps: Deps, asked: TypedCode): Promise<Result<DeviceView, DeviceNo>> {
  const found = await findTyped(deps, asked)
  if (!found.ok) return found
  const { userCode, device, session } = found.value
  const application = await findApplication(deps, device.clientId)
  const account = await findActiveAccount(deps, session.accountId)
  if (account === null) return no(refusal('login_required'))
  if (application === null || application.disabledAt !== null) return no(refusal('not_found'))
  const face = await findFace(deps.db, application.clientId)
  const apis = await findApis(deps.db, application.resources)
  return ok({ userCode, application, face, scopes: device.scopes, apis, accountName: accountName(account) })
}

export type FoundDevice = {
  readonly userCode: string
  readonly key: Uint8Array
  readonly device: WaitingDevice
  readonly session: Session
}

/** What was typed and who typed it, if that is a device which waits. */
export async function findTyped(
  deps: Deps,
  { cookie, typed, address }: TypedCode,
): Promise<Result<FoundDevice, DeviceNo>> {
  const session = await findSession(deps, cookie)
  if (session === null) return no(refusal('login_required'))
  const userCode = readUserCode(typed)
  // What can be no code guesses at none.
  if (userCode === null) return no(refusal('not_found'))
  const key = userCodeKey(deps.digests, userCode)
  let device: WaitingDevice | null = null
  const tried = await spendTry(
    deps,
    drawsOnUserCodes(deps.digests, { accountId: session.accountId, address }),
    async () => {
      device = await findWaitingDevice(deps.db, key, deps.clock.now())
      return device !== null
    },
  )
  if (!tried.ok) return tried
  return device === null ? no(refusal('not_found')) : ok({ userCode, key, device, session })
}
