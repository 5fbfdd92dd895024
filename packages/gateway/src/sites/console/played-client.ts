/**
 * The client that the console plays while it tries a flow: each call as the real program makes it, over HTTP, at the public
 * address.
 */
import { base64url } from '../../base/bytes.ts'
import { epochSeconds } from '../../base/time.ts'
import type { Application } from '../../core/application/application.ts'
import { profiles } from '../../core/application/profile.ts'
import type { LentProof } from '../../core/application/try-application.ts'
import { assertionType } from '../../core/client/client-assertion.ts'
import type { KeyPair } from '../../core/client/signatures.ts'
import type { Deps } from '../../core/deps.ts'

export type Player = {
  readonly application: Application
  /** Null for one that runs where no secret can be kept. */
  readonly proof: LentProof | null
  /** What its tokens are bound to (RFC 9449); null where they are good for whoever has them. */
  readonly key: KeyPair | null
}

type Fields = Readonly<Record<string, string>>
export type Said = Readonly<Record<string, unknown>>

/** Whether its requests have to be pushed ahead (RFC 9126). */
export function pushes({ requirePar, profile }: Application): boolean {
  return requirePar || profiles[profile].pushes
}

/** Whether it gets no tokens but those that are bound to a key. */
export function bindsTokens({ dpopBound, profile }: Application): boolean {
  return dpopBound || profiles[profile].bindsTokens
}

export async function push(deps: Deps, player: Player, fields: Fields): Promise<Said> {
  return await asItself(deps, player, '/oauth/par', fields)
}

export async function redeem(deps: Deps, player: Player, fields: Fields): Promise<Said> {
  return await asItself(deps, player, '/oauth/token', { grant_type: 'authorization_code', ...fields })
}

export async function readInfo(deps: Deps, { key }: Player, token: string): Promise<Said> {
  const path = '/oauth/userinfo'
  const authorization = `${key === null ? 'Bearer' : 'DPoP'} ${token}`
  return await send(deps, path, {}, { authorization, ...(await keyProof(deps, key, { path, token })) })
}

export async function revoke(deps: Deps, player: Player, token: string): Promise<void> {
  await asItself(deps, { ...player, key: null }, '/oauth/revoke', { token })
}

async function asItself(deps: Deps, player: Player, path: string, fields: Fields): Promise<Said> {
  const proof = await proofOf(deps, player)
  const headers = { ...proof.headers, ...(await keyProof(deps, player.key, { path })) }
  return await send(deps, path, { ...fields, ...proof.fields }, headers)
}

async function proofOf(
  deps: Deps,
  { application: { clientId, authMethod }, proof }: Player,
): Promise<{ readonly fields: Fields; readonly headers: Fields }> {
  if (proof === null) return { fields: { client_id: clientId }, headers: {} }
  if (proof.kind === 'key') {
    const now = epochSeconds(deps.clock.now())
    const who = { iss: clientId, sub: clientId, aud: deps.publicUrl }
    const claims = { ...who, iat: now, exp: now + 60, jti: deps.ids.next() }
    const assertion = await deps.signatures.sign(proof.key, { kid: proof.key.kid }, claims)
    return { fields: { client_assertion_type: assertionType, client_assertion: assertion }, headers: {} }
  }
  if (authMethod === 'client_secret_post')
    return { fields: { client_id: clientId, client_secret: proof.secret }, headers: {} }
  const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(proof.secret)}`
  return { fields: {}, headers: { authorization: `Basic ${btoa(pair)}` } }
}

/** RFC 9449 section 4.2. */
async function keyProof(
  { signatures, digests, ids, clock, publicUrl }: Deps,
  key: KeyPair | null,
  { path, token }: { readonly path: string; readonly token?: string },
): Promise<Fields> {
  if (key === null) return {}
  const claims = {
    jti: ids.next(),
    htm: 'POST',
    htu: publicUrl + path,
    iat: epochSeconds(clock.now()),
    ...(token === undefined ? {} : { ath: base64url(digests.sha256(token)) }),
  }
  return { dpop: await signatures.sign(key, { typ: 'dpop+jwt', jwk: key.publicJwk }, claims) }
}

async function send(deps: Deps, path: string, fields: Fields, headers: Fields): Promise<Said> {
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
