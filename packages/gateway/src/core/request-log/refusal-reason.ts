/** The exact reason behind an answer that says as little as it may. Never sent to who asked. */
import { isBefore, toDate, type Instant } from '../../base/time.ts'
import type { Refusal } from '../refusal.ts'
import type { ReasonCode, RefusalReason } from './reason.ts'
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
export function clientReason({ seen, secretHash, application, now, equal }: Situation): RefusalReason {
  if (seen.clientId === '') return reason('client_id_missing')
  if (application === null) return reason('client_unknown')
  const off = switchReason(application)
  if (off !== null) return off
  const { kind, authMethod, secrets } = application
  const isPublic = !['web', 'machine'].includes(kind)
  if (isPublic && secretHash !== null) return reason('secret_needless', { kind })
  if (authMethod === 'private_key_jwt') return assertionReason(seen)
  if (secretHash === null) return reason('secret_missing')
  const match = secrets.find(({ hash }) => equal(hash, secretHash))
  if (match === undefined) return reason('secret_unknown')
  const { retiresAt } = match
  if (retiresAt !== null && !isBefore(now, retiresAt)) return reason('secret_ended', { at: iso(retiresAt) })
  return authMethod === null ? reason('secret_right') : reason('secret_misplaced', { method: authMethod })
}

function switchReason(application: Known): RefusalReason | null {
  if (application.standing === 'waiting') return reason('organization_waiting')
  if (application.standing === 'suspended') return reason('organization_suspended')
  if (application.suspendedAt !== null) return reason('application_suspended')
  if (application.pausedAt !== null) return reason('application_paused')
  return application.disabledAt === null ? null : reason('application_off')
}

function assertionReason({ parameters }: SeenRequest): RefusalReason {
  const came = parameters.some(([name]) => name === 'client_assertion')
  return reason(came ? 'assertion_unbelieved' : 'assertion_missing')
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
export function tokenReason(seen: SeenRequest, token: Presented | null, now: Instant): RefusalReason {
  const text = seen.token ?? ''
  if (text === '') return reason('token_missing')
  const kind = kindOf(text)
  if (kind === null) return reason(text.split('.').length === 3 ? 'token_jwt' : 'token_alien')
  if (familyOf(kind, text) === null) return reason('token_cut')
  if (token === null) return reason('token_unknown')
  const { expiresAt, revokedAt, revokedBecause } = token
  if (!isBefore(now, expiresAt)) return reason('token_expired', { at: iso(expiresAt) })
  if (revokedAt !== null)
    return reason('token_revoked', { at: iso(revokedAt), because: revokedBecause ?? 'revoked' })
  if (!token.accountActive) return reason('account_closed')
  if (seen.clientId !== '' && seen.clientId !== token.clientId) return reason('token_of_another')
  return reason(kind === 'access' ? 'token_good' : 'token_refreshes')
}

function reason(code: ReasonCode, details: RefusalReason['details'] = {}): RefusalReason {
  return { code, details }
}

function iso(at: Instant): string {
  return toDate(at).toISOString()
}
