/** How an application says who it is: RFC 6749 section 2.3, RFC 7523 section 2.2, OpenID Connect Core 9. */
import { instant, type Instant } from '../../base/time.ts'
import type { Digests } from '../ports.ts'
import type { Refusal } from '../refusal.ts'
import { isPublic, type ApplicationWithSecrets, type AuthMethod } from '../application/application.ts'

/** What came along with a request. Nothing of it is believed yet. */
export type ClientCredentials = {
  readonly clientId: string
  /** None comes from an application that cannot keep one. */
  readonly secret: string | null
  /** The way it came; null for one that has no name, such as a secret in the address. */
  readonly method: AuthMethod | null
  /** A signed statement of the application's own (private_key_jwt). */
  readonly assertion: string | null
  /** From where, for counting wrong guesses. */
  readonly address: string
}

/** Credentials whose assertion, if there was one, holds and is spent. Made by checkAssertion alone. */
export type CheckedCredentials = ClientCredentials & { readonly asserted: boolean }

/** What is known of an application that proved itself: when the secret that it used ends, if that was rotated out. */
export type Known = { readonly secretEndsAt: Instant | null }

/** Of a row of the statements that prove an application. */
export function secretEnd({
  secret_ends_ms: ends,
}: {
  readonly secret_ends_ms: number | null
}): Instant | null {
  return ends === null ? null : instant(ends)
}

export type ClientRefusal = Refusal<'invalid_client' | 'too_many_tries'>

/** What a statement needs to prove an application on its way (proof.sql.ts). */
export type Proof = {
  readonly clientId: string
  readonly method: AuthMethod | null
  /** SHA-256 of the secret that came along; null when none did. */
  readonly secretHash: Uint8Array | null
  readonly asserted: boolean
}

export function proofOf(digests: Pick<Digests, 'sha256'>, by: CheckedCredentials): Proof {
  const { clientId, method, secret, asserted } = by
  return { clientId, method, asserted, secretHash: secret === null ? null : digests.sha256(secret) }
}

/** Why an application has not proved itself; null when it has. Takes as long for each reason. */
export function whyNotProved(
  digests: Digests,
  application: ApplicationWithSecrets | null,
  given: CheckedCredentials,
): string | null {
  const hash = digests.sha256(given.secret ?? '')
  // Every live secret is compared, and one that is none where there is none, so that time tells nothing.
  const hashes = (application?.secrets ?? []).map((live) => live.hash)
  const matches = [...hashes, nothing].filter((live) => digests.equal(live, hash)).length
  if (application === null) return 'There is no such application.'
  if (application.disabledAt !== null) return 'The application is switched off.'
  const registered = application.authMethod
  if (registered !== null && registered !== given.method) return `It is registered for ${registered}.`
  if (registered === 'private_key_jwt') return given.asserted ? null : 'It came without a signed assertion.'
  if (isPublic(application))
    return given.secret === null ? null : 'A public application has no secret, and sent one.'
  return given.secret !== null && matches > 0 ? null : 'The secret is wrong or missing.'
}

/** When the secret ends by which the application has proved itself; null for one that stays, or none. */
export function secretEndOf(
  digests: Digests,
  { secrets }: Pick<ApplicationWithSecrets, 'secrets'>,
  { secret }: CheckedCredentials,
): Instant | null {
  const hash = digests.sha256(secret ?? '')
  return secrets.find((live) => digests.equal(live.hash, hash))?.endsAt ?? null
}

const nothing = new Uint8Array(32)
