import { no, ok, type Result } from '../../base/result.ts'
import { base64url } from '../../base/bytes.ts'
import { epochSeconds } from '../../base/time.ts'
import type { Deps } from '../../core/deps.ts'
import type { ApiClient } from '../../core/organization/api-key.ts'
import type { KeyHolder } from '../../core/organization/find-client-by-key.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'

/** Field-facts 2.6: clients keep a token 59 minutes. */
export const bearerLives = 3599

type Digests = Pick<Deps, 'digests' | 'clock'>

const header = base64urlText('{"alg":"HS256","typ":"JWT"}')

/** Whom a token names, and the key that it was bought with; null in those of releases that did not write it. */
export type Bearer = { readonly id: string; readonly keyId: string | null }

/** An HS256 JWT that only we read (RFC 7519); its payload is `{"id", "key", "exp"}`. */
export function mintBearer(deps: Digests, { client, key }: KeyHolder): string {
  const exp = epochSeconds(deps.clock.now()) + bearerLives
  const signed = `${header}.${base64urlText(JSON.stringify({ id: client.id, key: key.id, exp }))}`
  return `${signed}.${signature(deps, signed)}`
}

/** What a bearer token says; null when it is none of ours or has expired. The header is compared, never obeyed. */
export function readBearer(deps: Digests, token: string): Bearer | null {
  const [given, payload = '', mac = '', ...more] = token.split('.')
  if (given !== header || more.length > 0) return null
  if (!deps.digests.equal(bytes(mac), bytes(signature(deps, `${header}.${payload}`)))) return null
  const { id, key, exp } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as {
    readonly id: string
    readonly key?: string
    readonly exp: number
  }
  return exp > epochSeconds(deps.clock.now()) ? { id, keyId: key ?? null } : null
}

/** The token of an Authorization header, or null. */
function bearerOf(asked: Asked): string | null {
  const match = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(asked.headers['authorization'] ?? '')
  return match?.[1] ?? null
}

/** The caller that a Bearer proves; null when the token, the caller or the key that it was bought with is no longer good. */
export async function findByBearer(deps: Deps, asked: Asked): Promise<ApiClient | null> {
  const token = bearerOf(asked)
  const bearer = token === null ? null : readBearer(deps, token)
  const client = bearer === null ? null : await deps.findApiClient(bearer.id)
  return client !== null && bearer !== null && isGood(bearer, client) ? client : null
}

/** A Bearer is optional beside the hash, but one that is sent must be valid and the same caller's. */
export function checkBearer(
  deps: Deps,
  asked: Asked,
  client: ApiClient,
): Result<null, Refusal<'bearer_invalid'>> {
  if (asked.headers['authorization'] === undefined) return ok(null)
  const token = bearerOf(asked)
  const bearer = token === null ? null : readBearer(deps, token)
  return bearer !== null && isGood(bearer, client) ? ok(null) : no(refusal('bearer_invalid'))
}

/** A token ends with its key: whoever stole the key and bought tokens with it loses both at once. */
function isGood({ id, keyId }: Bearer, client: ApiClient): boolean {
  return id === client.id && (keyId === null || client.keys.some((key) => key.id === keyId))
}

function signature({ digests }: Digests, signed: string): string {
  return base64url(digests.derive('bearer', signed))
}

function base64urlText(text: string): string {
  return base64url(new TextEncoder().encode(text))
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
