/** The exact reason behind an answer that says as little as it may. Never sent to who asked. */
import { isBefore, toDate, type Instant } from '../../base/time.ts'
import type { Refusal } from '../refusal.ts'
import type { SeenRequest } from './refused-request.ts'
import { familyOf, kindOf } from '../token/token.ts'

type Known = {
  readonly kind: string
  readonly standing: string
  readonly pausedAt: Instant | null
  readonly suspendedAt: Instant | null
  readonly disabledAt: Instant | null
  readonly authMethod: string | null
  readonly secrets: readonly { readonly hash: Uint8Array; readonly retiresAt: Instant | null }[]
}

export type Situation = {
  readonly seen: SeenRequest
  readonly refusal: Refusal
  /** SHA-256 of the secret that came. */
  readonly secretHash: Uint8Array | null
  readonly application: Known | null
  readonly now: Instant
  readonly equal: (a: Uint8Array, b: Uint8Array) => boolean
}

/** Why an application was not believed to be who it says. */
export function clientReason({ seen, secretHash, application, now, equal }: Situation): string {
  if (seen.clientId === '') return 'No client_id came, neither as a parameter nor by HTTP Basic.'
  if (application === null) return 'There is no application with this client_id.'
  const off = switchReason(application)
  if (off !== null) return off
  const isPublic = !['web', 'machine'].includes(application.kind)
  if (isPublic && secretHash !== null) return `A ${application.kind} application has no secret, and one came.`
  if (application.authMethod === 'private_key_jwt') return assertionReason(seen)
  if (secretHash === null) return 'No client secret came, and this application has one.'
  const match = application.secrets.find(({ hash }) => equal(hash, secretHash))
  if (match === undefined) return 'The secret is none that this application has or had.'
  const { retiresAt } = match
  if (retiresAt === null || isBefore(now, retiresAt)) return placeReason(application)
  return `The secret was right until it was rotated out: it ended at ${toDate(retiresAt).toISOString()}.`
}

function switchReason(application: Known): string | null {
  if (application.standing === 'waiting') return 'The organization waits for an operator’s approval.'
  if (application.standing === 'suspended') return 'The organization is suspended by an operator.'
  if (application.suspendedAt !== null) return 'The application is suspended by an operator.'
  if (application.pausedAt !== null) return 'The application is switched off in the console.'
  return application.disabledAt === null ? null : 'The application is switched off.'
}

function assertionReason({ parameters }: SeenRequest): string {
  return parameters.some(([name]) => name === 'client_assertion')
    ? 'The signed statement (client_assertion) was not believed: its key, audience, times or its jti.'
    : 'This application proves itself by a signed statement (private_key_jwt), and none came.'
}

function placeReason({ authMethod }: Known): string {
  return authMethod === null
    ? 'The secret is right, but the application could not be believed otherwise.'
    : `The secret is right, but it did not come as registered: ${authMethod}.`
}

type Presented = {
  readonly kind: string
  readonly clientId: string
  readonly expiresAt: Instant
  readonly revokedAt: Instant | null
  readonly revokedBecause: string | null
  readonly accountActive: boolean
}

/** Why a token is not good, or not for who asks. */
export function tokenReason(seen: SeenRequest, token: Presented | null, now: Instant): string {
  const text = seen.token ?? ''
  if (text === '') return 'No token came.'
  const kind = kindOf(text)
  if (kind === null) {
    return text.split('.').length === 3
      ? 'A JWT came, perhaps an ID token, where one of our access tokens belongs.'
      : 'The text is none of our tokens.'
  }
  if (familyOf(kind, text) === null) return 'The token is cut off or changed: its checksum does not fit.'
  if (token === null) return 'We gave no such token, or it ended more than a day ago.'
  if (!isBefore(now, token.expiresAt)) return `The token expired at ${toDate(token.expiresAt).toISOString()}.`
  if (token.revokedAt !== null)
    return `The token was revoked at ${toDate(token.revokedAt).toISOString()}: ${token.revokedBecause ?? 'by its application'}.`
  if (!token.accountActive) return 'The account is closed.'
  if (seen.clientId !== '' && seen.clientId !== token.clientId)
    return 'The token was given to another application.'
  return kind === 'access'
    ? 'The token is good, but not for this request.'
    : 'A refresh token came where an access token belongs.'
}
