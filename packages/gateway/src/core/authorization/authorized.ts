import { instant, type Instant } from '../../base/time.ts'
import { isAuthenticationMethod, type AuthenticationMethod } from '../factor/assurance.ts'
import type { ClaimsRequest } from './claims-request.ts'

/** What an authorization says of the person and her sign-in. */
export type Authorized = {
  readonly accountId: string
  readonly nonce: string | null
  readonly signedInAt: Instant
  readonly methods: readonly AuthenticationMethod[]
  /** Who she is to the application. */
  readonly subject: string
  readonly claims: ClaimsRequest | null
  /** The session that ID tokens name. */
  readonly namedSession: string | null
}

export type AuthorizedColumns = {
  readonly nonce: string | null
  readonly signed_in_ms: number
  readonly methods: string
  readonly subject: string
  readonly claims: ClaimsRequest | null
  readonly named_session: string | null
}

export type AuthorizedRow = AuthorizedColumns & { readonly account_id: string }

/** Lists and times travel as texts and numbers, which cost less to read than arrays and dates. */
export function authorizedOf(row: AuthorizedRow): Authorized {
  return {
    accountId: row.account_id,
    nonce: row.nonce,
    signedInAt: instant(row.signed_in_ms),
    methods: row.methods.split(' ').filter(isAuthenticationMethod),
    subject: row.subject,
    claims: row.claims,
    namedSession: row.named_session,
  }
}
