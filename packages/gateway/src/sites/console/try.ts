import { base64url } from '../../base/bytes.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { masked, randomToken } from '../../base/secret.ts'
import type { Deps } from '../../core/deps.ts'
import { isPublic, type Application } from '../../core/application/application.ts'
import { changeApplication } from '../../core/application/change-application.ts'
import { viewApplication } from '../../core/application/list-applications.ts'
import { tryApplication, type LentProof } from '../../core/application/try-application.ts'
import type { KeyPair } from '../../core/client/signatures.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import { cookieName, setCookie } from '../../http/cookies.ts'
import { scopeOf } from '../../http/csrf.ts'
import type { Route } from '../../http/route.ts'
import { triedPage, type TriedProps } from '../../pages/console/tried.ts'
import { screenRoutes, type Here, type Screen } from '../site.ts'
import { applicationPath, keyOf, tryAtOf } from './application.ts'
import { bindsTokens, push, pushes, readInfo, redeem, revoke, type Player } from './played-client.ts'

/** What the console, as a client of its own house, has to remember until the browser comes back. Sealed in a cookie. */
type Pending = {
  readonly clientId: string
  readonly verifier: string
  readonly state: string
  readonly nonce: string
  /** What its tokens will be bound to. */
  readonly key: KeyPair | null
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
    const outcome = await finish(deps, here, view.value.application)
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
      const pending = await newPending(deps, application)
      const started = await start(deps, here, application, { ...pending, uri: at.uri })
      if (!started.ok) return started
      if ('why' in started.value) {
        const props = { ...view.value, clientId: key.value.clientId, outcome: started.value }
        return ok({ once: (frame) => triedPage(props, frame) })
      }
      const value = base64url(deps.vault.seal(sealedFor, JSON.stringify(pending)))
      const remember = setCookie(cookie, value, { ...scopeOf(deps), maxAge: livesSeconds })
      return ok({ to: started.value.to, headers: { 'set-cookie': remember } })
    },
  },
])

async function newPending(deps: Deps, application: Application): Promise<Pending> {
  const fresh = (): string => randomToken(deps.chance)
  const key = bindsTokens(application) ? await deps.signatures.newKey() : null
  return { clientId: application.clientId, verifier: fresh(), state: fresh(), nonce: fresh(), key }
}

/** Where the browser goes: the whole request in the address, or the name of one that was pushed ahead. */
async function start(
  deps: Deps,
  here: Here,
  application: Application,
  { key, ...asked }: Pending & { readonly uri: string },
): Promise<Result<{ readonly to: string } | Failed, Refusal>> {
  const { clientId } = application
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: asked.uri,
    scope: application.scopes.filter((scope) => !scope.includes(':')).join(' '),
    state: asked.state,
    nonce: asked.nonce,
    code_challenge: base64url(deps.digests.sha256(asked.verifier)),
    code_challenge_method: 'S256',
    ...(key === null ? {} : { dpop_jkt: key.kid }),
  }
  if (!pushes(application)) return ok({ to: authorizeAt(parameters) })
  const pushed = await proving(deps, here, application, async (proof) => {
    return await push(deps, { application, proof, key }, parameters)
  })
  if (!pushed.ok) return pushed
  const uri = pushed.value['request_uri']
  return typeof uri === 'string'
    ? ok({ to: authorizeAt({ client_id: clientId, request_uri: uri }) })
    : ok({ kind: 'failed', why: JSON.stringify(pushed.value, null, 1) })
}

function authorizeAt(parameters: Readonly<Record<string, string>>): string {
  return `/oauth/authorize?${new URLSearchParams(parameters).toString()}`
}

/** With what the application proves itself by; one that keeps no secret has nothing to lend. */
async function proving<Value>(
  deps: Deps,
  here: Here,
  application: Application,
  use: (proof: LentProof | null) => Promise<Value>,
): Promise<Result<Value, Refusal>> {
  if (isPublic(application)) return ok(await use(null))
  return await tryApplication(deps, here.asker, application, use)
}

type Outcome = TriedProps['outcome']
type Failed = Extract<Outcome, { readonly kind: 'failed' }>

async function finish(deps: Deps, here: Here, application: Application): Promise<Result<Outcome, Refusal>> {
  const failed = (why: string): Result<Outcome, Refusal> => ok({ kind: 'failed', why })
  const pending = readPending(deps, here)
  if (pending === null || pending.clientId !== application.clientId)
    return failed('This try was not begun in this browser, or more than ten minutes ago. Begin it again.')
  if (here.query('state') !== pending.state) return failed('The answer does not carry the state of this try.')
  const error = here.query('error')
  if (error !== '') return failed(`${error}: ${here.query('error_description')}`)
  const uri = tryAtOf(deps, application)?.uri ?? ''
  const { key: bound, verifier } = pending
  const fields = { code: here.query('code'), redirect_uri: uri, code_verifier: verifier }
  return await proving(
    deps,
    here,
    application,
    async (proof) => await exchange(deps, { application, proof, key: bound }, fields),
  )
}

/** What was given is revoked when it was looked at. */
async function exchange(
  deps: Deps,
  player: Player,
  fields: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const answer = await redeem(deps, player, fields)
  const token = answer['access_token']
  if (typeof token !== 'string') return { kind: 'failed', why: JSON.stringify(answer, null, 1) }
  const userInfo = await readInfo(deps, player, token)
  await revoke(deps, player, token)
  const idToken = answer['id_token']
  const given = Object.entries(answer).map(([name, value]): [string, string] => [name, shown(name, value)])
  return {
    kind: 'worked',
    how: {
      asked: pushes(player.application) ? 'pushed' : 'plain',
      provedBy: player.proof?.kind ?? 'none',
      boundTo: player.key?.kid ?? null,
    },
    given,
    claims: typeof idToken === 'string' ? claimsOf(idToken) : null,
    userInfo: JSON.stringify(userInfo, null, 2),
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
