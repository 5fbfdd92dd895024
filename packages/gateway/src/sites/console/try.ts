import { base64url } from '../../base/bytes.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { masked, randomToken } from '../../base/secret.ts'
import type { Deps } from '../../core/deps.ts'
import type { Application } from '../../core/application/application.ts'
import { changeApplication, type ApplicationKey } from '../../core/application/change-application.ts'
import { viewApplication } from '../../core/application/list-applications.ts'
import { tryApplication } from '../../core/application/try-application.ts'
import { isPublic } from '../../core/application/application.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import { cookieName, setCookie } from '../../http/cookies.ts'
import { scopeOf } from '../../http/csrf.ts'
import type { Route } from '../../http/route.ts'
import { triedPage, type TriedProps } from '../../pages/console/tried.ts'
import { screenRoutes, type Here, type Screen } from '../site.ts'
import { applicationPath, keyOf, tryAtOf } from './application.ts'

/** What the console, as a client of its own house, has to remember until the browser comes back. Sealed in a cookie. */
type Pending = {
  readonly clientId: string
  readonly verifier: string
  readonly state: string
  readonly nonce: string
}

const cookie = 'lango-try'
const livesSeconds = 600
const sealedFor = 'console try'

const tried: Screen<TriedProps> = {
  path: `${applicationPath}/try`,
  load: async (deps, here) => {
    const key = keyOf(here)
    if (!key.ok) return key
    const view = await viewApplication(deps, here.asker, key.value)
    if (!view.ok) return view
    const outcome = await finish(deps, here, key.value, view.value.application)
    return outcome.ok ? ok({ ...view.value, clientId: key.value.clientId, outcome: outcome.value }) : outcome
  },
  page: triedPage,
}

export const tryRoutes: readonly Route[] = screenRoutes(tried, [
  {
    path: tried.path,
    act: async (deps, here) => {
      const key = keyOf(here)
      if (!key.ok) return key
      const view = await viewApplication(deps, here.asker, key.value)
      if (!view.ok) return view
      const { application } = view.value
      const at = tryAtOf(deps, application)
      if (at === null) return no(refusal('not_found'))
      if (!at.registered) {
        const redirectUris = [...application.redirectUris, at.uri]
        const added = await changeApplication(deps, here.asker, { ...key.value, to: { redirectUris } })
        if (!added.ok) return added
      }
      const fresh = (): string => randomToken(deps.chance)
      const pending = { clientId: application.clientId, verifier: fresh(), state: fresh(), nonce: fresh() }
      const value = base64url(deps.vault.seal(sealedFor, JSON.stringify(pending)))
      const remember = setCookie(cookie, value, { ...scopeOf(deps), maxAge: livesSeconds })
      return ok({
        to: startAddress(deps, application, { ...pending, uri: at.uri }),
        headers: { 'set-cookie': remember },
      })
    },
  },
])

function startAddress(
  deps: Deps,
  application: Application,
  asked: Pending & { readonly uri: string },
): string {
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: application.clientId,
    redirect_uri: asked.uri,
    scope: application.scopes.filter((scope) => !scope.includes(':')).join(' '),
    state: asked.state,
    nonce: asked.nonce,
    code_challenge: base64url(deps.digests.sha256(asked.verifier)),
    code_challenge_method: 'S256',
  })
  return `/oauth/authorize?${parameters.toString()}`
}

type Outcome = TriedProps['outcome']

async function finish(
  deps: Deps,
  here: Here,
  key: ApplicationKey,
  application: Application,
): Promise<Result<Outcome, Refusal>> {
  const failed = (why: string): Result<Outcome, Refusal> => ok({ kind: 'failed', why })
  const pending = readPending(deps, here)
  if (pending === null || pending.clientId !== key.clientId)
    return failed('This try was not begun in this browser, or more than ten minutes ago. Begin it again.')
  if (here.query('state') !== pending.state) return failed('The answer does not carry the state of this try.')
  const error = here.query('error')
  if (error !== '') return failed(`${error}: ${here.query('error_description')}`)
  const uri = tryAtOf(deps, application)?.uri ?? ''
  const fields = {
    grant_type: 'authorization_code',
    code: here.query('code'),
    redirect_uri: uri,
    code_verifier: pending.verifier,
  }
  if (isPublic(application)) return ok(await exchange(deps, application, fields, null))
  return await tryApplication(
    deps,
    here.asker,
    key,
    async (secret) => await exchange(deps, application, fields, secret),
  )
}

/** As the real program would: over HTTP, at the public address. What was given is revoked when it was looked at. */
async function exchange(
  deps: Deps,
  application: Application,
  fields: Readonly<Record<string, string>>,
  secret: string | null,
): Promise<Outcome> {
  const proof = proofOf(application, secret)
  const answer = await call(deps, '/oauth/token', { ...fields, ...proof.fields }, proof.headers)
  const token = answer['access_token']
  if (typeof token !== 'string') return { kind: 'failed', why: JSON.stringify(answer, null, 1) }
  const userInfo = await call(deps, '/oauth/userinfo', {}, { authorization: `Bearer ${token}` })
  await call(deps, '/oauth/revoke', { token, ...proof.fields }, proof.headers)
  const idToken = answer['id_token']
  const given = Object.entries(answer).map(([name, value]): [string, string] => [name, shown(name, value)])
  return {
    kind: 'worked',
    given,
    claims: typeof idToken === 'string' ? claimsOf(idToken) : null,
    userInfo: JSON.stringify(userInfo, null, 2),
  }
}

function proofOf({ clientId, authMethod }: Application, secret: string | null) {
  if (secret === null) return { fields: { client_id: clientId }, headers: {} }
  if (authMethod === 'client_secret_post')
    return { fields: { client_id: clientId, client_secret: secret }, headers: {} }
  const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`
  return { fields: {}, headers: { authorization: `Basic ${btoa(pair)}` } }
}

async function call(
  deps: Deps,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const answered = await deps.net.send({
    method: 'POST',
    url: deps.publicUrl + path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...headers },
    body: new URLSearchParams(fields).toString(),
    timeoutMs: 10_000,
    maxBytes: 64 * 1024,
    trust: 'configured',
  })
  if (answered.kind !== 'answer') return { error: answered.because }
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(answered.body))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return { error: `status ${answered.status}` }
  }
}

/** Tokens by their ends alone: this page may be on a projector. */
function shown(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return name.endsWith('_token') ? `${masked(text.slice(0, 24), 8, 0)} (${text.length})` : text
}

function claimsOf(idToken: string): string | null {
  const [, payload = ''] = idToken.split('.')
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (each) =>
      each.charCodeAt(0),
    )
    return JSON.stringify(JSON.parse(new TextDecoder().decode(bytes)), null, 2)
  } catch {
    return null
  }
}

function readPending(deps: Deps, { asked }: Here): Pending | null {
  const value = asked.cookies[cookieName(cookie, scopeOf(deps))] ?? ''
  try {
    const sealed = Uint8Array.from(atob(value.replaceAll('-', '+').replaceAll('_', '/')), (each) =>
      each.charCodeAt(0),
    )
    return JSON.parse(deps.vault.open(sealedFor, sealed)) as Pending
  } catch {
    return null
  }
}
