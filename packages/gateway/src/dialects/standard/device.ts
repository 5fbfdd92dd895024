import { oauth } from '@lango/wire'
import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import type { Application } from '../../core/application/application.ts'
import { authenticateClient } from '../../core/client/authenticate-client.ts'
import { startDevice, type StartedDevice } from '../../core/device/start-device.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { readableFromBrowsers } from '../../http/cors.ts'
import { json } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { readClientFields } from '../families/oauth/client.ts'
import { refuseAsOAuth, type OAuthNo } from '../families/oauth/refuse.ts'
import { policy } from './policy.ts'

type Start = { readonly application: Application; readonly scope: string }

/** RFC 8628 section 3.1: a device asks for letters that a person types elsewhere (sites/device). */
const start = route<Start, StartedDevice, OAuthNo>('POST', oauth.paths.device, {
  parse: readStart,
  run: startDevice,
  print: ({ deviceCode, userCode, expiresIn, interval }, _asked, { publicUrl }) =>
    json(200, {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: `${publicUrl}/device`,
      verification_uri_complete: `${publicUrl}/device?user_code=${userCode}`,
      expires_in: expiresIn.seconds,
      interval: interval.seconds,
    } satisfies oauth.DeviceAnswer),
  refuse: refuseAsOAuth,
})

export const deviceRoutes: readonly Route[] = readableFromBrowsers([start])

async function readStart(asked: Asked, deps: Deps): Promise<Result<Start, Refusal<OAuthNo>>> {
  const read = readClientFields(asked, policy.clientSecretIn)
  if (!read.ok) return read
  const client = await authenticateClient(deps, read.value.credentials)
  if (!client.ok) return client
  return ok({ application: client.value, scope: read.value.fields.get('scope') ?? '' })
}
