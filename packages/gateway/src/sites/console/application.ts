import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { allowances, isAllowance } from '../../core/application/allowance.ts'
import { isPublic, type Application, type JsonWebKeys } from '../../core/application/application.ts'
import { assertionType } from '../../core/client/client-assertion.ts'
import {
  changeApplication,
  pauseApplication,
  rotateOwnSecret,
  type ApplicationKey,
  type ChangeApplication,
} from '../../core/application/change-application.ts'
import { viewApplication } from '../../core/application/list-applications.ts'
import { addressLines, addressWarnings } from '../../core/application/own-application.ts'
import { isOverlap } from '../../core/organization/overlap.ts'
import { profileNames } from '../../core/application/profile.ts'
import { signingAlgs } from '../../core/signing-key/signing-key.ts'
import { setLogo } from '../../core/application/set-logo.ts'
import { no } from '../../base/result.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Route } from '../../http/route.ts'
import { applicationPage } from '../../pages/console/application.ts'
import type { ApplicationProps } from '../../pages/console/application-props.ts'
import { secretPage } from '../../pages/console/applications.ts'
import {
  screenRoutes,
  uuidParam,
  type Action,
  type Here,
  type Next,
  type Screen,
  type Sent,
} from '../site.ts'
import { bindsTokens } from './played-client.ts'

export const applicationPath = '/console/:organization/applications/:client'

const application: Screen<ApplicationProps> = {
  path: applicationPath,
  load: async (deps, here) => {
    const key = keyOf(here)
    if (!key.ok) return key
    const view = await viewApplication(deps, here.asker, key.value)
    if (!view.ok) return view
    const { application: found } = view.value
    return ok({
      ...view.value,
      live: deps.mode === 'live',
      profiles: profileNames,
      allowances: Object.entries(allowances).map(([name, risk]) => ({
        name,
        risk,
        on: found.allowances.some((each) => each === name),
      })),
      warnings: addressWarnings(found.redirectUris),
      algs: signingAlgs,
      tryAt: tryAtOf(deps, found),
      firstCall: firstCallOf(deps, found),
    })
  },
  page: applicationPage,
}

export function keyOf(here: Here): Result<ApplicationKey, Refusal<'not_found'>> {
  const id = uuidParam(here, 'organization')
  return id.ok ? ok({ organizationId: id.value, clientId: here.param('client') }) : id
}

/** Where a try of this application comes back to; null where nobody is signed in through a browser. */
export function tryAtOf(
  { publicUrl }: Pick<Deps, 'publicUrl'>,
  found: Application,
): ApplicationProps['tryAt'] {
  if (!found.grants.includes('authorization_code')) return null
  const uri = `${publicUrl}/console/${found.organizationId}/applications/${encodeURIComponent(found.clientId)}/try`
  return { uri, registered: found.redirectUris.includes(uri) }
}

/** The first call of one that signs nobody in through a browser, for a shell; what we do not have stands in capitals. */
function firstCallOf({ publicUrl }: Pick<Deps, 'publicUrl'>, found: Application): string {
  const parts = bindsTokens(found) ? ["-H 'DPoP: PROOF'"] : []
  if (found.authMethod === 'private_key_jwt')
    parts.push(`-d client_assertion_type=${assertionType}`, '-d client_assertion=SIGNED')
  else parts.push(isPublic(found) ? `-d client_id=${found.clientId}` : `-u '${found.clientId}:SECRET'`)
  return found.grants.includes('client_credentials')
    ? ['curl', ...parts, '-d grant_type=client_credentials', `${publicUrl}/oauth/token`].join(' ')
    : ['curl', ...parts, '-d scope=openid', `${publicUrl}/oauth/device`].join(' ')
}

/** A form of this page, and the note that it ends with. */
function onApplication(
  path: string,
  act: (deps: Deps, here: Here, key: ApplicationKey, sent: Sent) => Promise<Result<string | Next, Refusal>>,
): Action {
  return {
    path: applicationPath + path,
    act: async (deps, here, sent) => {
      const key = keyOf(here)
      return key.ok ? await act(deps, here, key.value, sent) : key
    },
  }
}

function noted({ organizationId, clientId }: ApplicationKey, note: string): string {
  return `/console/${organizationId}/applications/${encodeURIComponent(clientId)}?note=${note}`
}

export const applicationRoutes: readonly Route[] = screenRoutes(application, [
  onApplication('', async (deps, here, key, sent) => {
    const wanted = readChange(sent)
    if (!wanted.ok) return wanted
    const done = await changeApplication(deps, here.asker, { ...key, to: wanted.value })
    return done.ok ? ok(noted(key, 'changed')) : done
  }),
  onApplication('/secret', async (deps, here, key, sent) => {
    const overlap = sent.text('overlap')
    if (!isOverlap(overlap)) return no(refusal('field_invalid', { field: 'overlap' }))
    const made = await rotateOwnSecret(deps, here.asker, { ...key, overlap })
    if (!made.ok) return made
    const view = await viewApplication(deps, here.asker, key)
    return view.ok
      ? ok({ once: (frame) => secretPage({ ...view.value, ...made.value, title: 'rotated' }, frame) })
      : view
  }),
  onApplication('/switch', async (deps, here, key, sent) => {
    const on = sent.text('on') === 'yes'
    const done = await pauseApplication(deps, here.asker, { ...key, on })
    return done.ok ? ok(noted(key, on ? 'resumed' : 'paused')) : done
  }),
  onApplication('/logo', async (deps, here, key, sent) => {
    const logo = sent.has('remove') ? null : sent.file('logo')
    if (!sent.has('remove') && (logo === null || logo.length === 0))
      return no(refusal('field_invalid', { field: 'logo', because: 'Choose a picture first.' }))
    const done = await setLogo(deps, here.asker, { ...key, logo })
    return done.ok ? ok(noted(key, 'logo')) : done
  }),
])

/** Only what stands here is taken from the form; whatever else a request carries is left aside. */
function readChange(sent: Sent): Result<ChangeApplication['to'], Refusal<'field_invalid'>> {
  const orNull = (name: string): string | null => (sent.text(name) === '' ? null : sent.text(name))
  const jwks = readKeys(sent.text('jwks'))
  if (jwks === 'unreadable')
    return no(
      refusal('field_invalid', { field: 'jwks', because: 'This is no JSON object with a list of keys.' }),
    )
  // A profile that is not known must not become a weaker one in silence.
  const profile = profileNames.find((each) => each === sent.text('profile'))
  if (profile === undefined)
    return no(refusal('field_invalid', { field: 'profile', because: 'Choose one of the profiles.' }))
  const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const
  return ok({
    name: sent.text('name'),
    redirectUris: addressLines(sent.text('redirectUris')),
    postLogoutRedirectUris: addressLines(sent.text('postLogoutRedirectUris')),
    backchannelLogoutUri: orNull('backchannelLogoutUri'),
    colour: orNull('colour')?.toLowerCase() ?? null,
    authMethod: methods.find((each) => each === sent.text('authMethod')) ?? null,
    jwks,
    jwksUri: orNull('jwksUri'),
    idTokenAlg: signingAlgs.find((each) => each === sent.text('idTokenAlg')) ?? 'RS256',
    profile,
    requirePar: sent.has('requirePar'),
    dpopBound: sent.has('dpopBound'),
    allowances: Object.keys(allowances)
      .filter(isAllowance)
      .filter((name) => sent.has(`allow.${name}`)),
  })
}

function readKeys(text: string): JsonWebKeys | null | 'unreadable' {
  if (text === '') return null
  try {
    const value: unknown = JSON.parse(text)
    return isKeys(value) ? value : 'unreadable'
  } catch {
    return 'unreadable'
  }
}

function isKeys(value: unknown): value is JsonWebKeys {
  return typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys)
}
