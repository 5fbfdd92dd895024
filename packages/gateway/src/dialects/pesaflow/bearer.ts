import { no, ok, type Result } from '../../base/result.ts'
import { base64url } from '../../base/bytes.ts'
import { epochSeconds } from '../../base/time.ts'
import type { Deps } from '../../core/deps.ts'
import type { ApiClient } from '../../core/organization/api-key.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'

/** Field-facts 2.6: clients keep a token 59 minutes. */
export const bearerLives = 3599

type Digests = Pick<Deps, 'digests' | 'clock'>

const header = base64urlText('{"alg":"HS256","typ":"JWT"}')

/** An HS256 JWT that only we read (RFC 7519); its payload is `{"id", "exp"}`. */
export function mintBearer(deps: Digests, apiClientId: string): string {
  const payload = JSON.stringify({ id: apiClientId, exp: epochSeconds(deps.clock.now()) + bearerLives })
  const signed = `${header}.${base64urlText(payload)}`
  return `${signed}.${signature(deps, signed)}`
}

/** Whom a bearer token names; null when it is none of ours or has expired. The header is compared, never obeyed. */
export function readBearer(deps: Digests, token: string): string | null {
  const [given, payload = '', mac = '', ...more] = token.split('.')
  if (given !== header || more.length > 0) return null
  if (!deps.digests.equal(bytes(mac), bytes(signature(deps, `${header}.${payload}`)))) return null
  const { id, exp } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as {
    readonly id: string
    readonly exp: number
  }
  return exp > epochSeconds(deps.clock.now()) ? id : null
}

/** The token of an Authorization header, or null. */
export function bearerOf(asked: Asked): string | null {
  const match = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(asked.headers['authorization'] ?? '')
  return match?.[1] ?? null
}

/** A Bearer is optional beside the hash, but one that is sent must be valid and the same caller's. */
export function checkBearer(
  deps: Deps,
  asked: Asked,
  client: ApiClient,
): Result<null, Refusal<'bearer_invalid'>> {
  if (asked.headers['authorization'] === undefined) return ok(null)
  const token = bearerOf(asked)
  return token !== null && readBearer(deps, token) === client.id ? ok(null) : no(refusal('bearer_invalid'))
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
