/** Why a request was refused, as it is on record; pages have the words. */

/** By what it is on record for, with what has to be said along with it: times as ISO 8601, names as registered. */
export type RefusalReason = {
  readonly code: ReasonCode
  readonly details: Readonly<Partial<Record<ReasonDetail, string>>>
}

type ReasonDetail = 'at' | 'kind' | 'method' | 'because'

export type ReasonCode =
  // The application is not there, or is off.
  | 'client_id_missing'
  | 'client_unknown'
  | 'organization_waiting'
  | 'organization_suspended'
  | 'application_suspended'
  | 'application_paused'
  | 'application_off'
  // It did not prove itself.
  | 'secret_missing'
  | 'secret_unknown'
  | 'secret_ended'
  | 'secret_needless'
  | 'secret_misplaced'
  | 'secret_right'
  | 'assertion_missing'
  | 'assertion_unbelieved'
  // Its token is not good.
  | 'bearer_missing'
  | 'token_missing'
  | 'token_alien'
  | 'token_jwt'
  | 'token_cut'
  | 'token_unknown'
  | 'token_expired'
  | 'token_revoked'
  | 'token_of_another'
  | 'token_refreshes'
  | 'token_good'
  | 'account_closed'
