/**
 * Every no that the core and the doors in front of it can say. A dialect has words for each that its endpoints can
 * meet: `Record<R, Printer>` does not compile until it does.
 */
export type RefusalCode =
  // What was asked cannot be read.
  | 'body_unreadable'
  | 'field_missing'
  | 'field_invalid'
  | 'field_repeated'
  // Who asks is not known, or may not.
  | 'client_unknown'
  | 'hash_mismatch'
  | 'bearer_invalid'
  | 'bearer_missing'
  | 'credentials_invalid'
  | 'role_forbids'
  | 'not_granted'
  // Invoices and payments.
  | 'service_unknown'
  | 'service_paused'
  | 'origin_unregistered'
  | 'reference_taken'
  | 'invoice_unknown'
  | 'invoice_settled'
  | 'amount_differs'
  | 'currency_differs'
  | 'payment_conflicts'
  // Attempts through a channel.
  | 'channel_unavailable'
  | 'channel_refused'
  | 'attempt_open'
  | 'phone_limited'
  // OAuth 2 and OpenID Connect: RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6.
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'invalid_target'
  | 'invalid_dpop_proof'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'access_denied'
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  | 'login_required'
  | 'consent_required'
  | 'interaction_required'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'invalid_request_uri'
  | 'unmet_authentication_requirements'
  | 'redirect_unregistered'
  // A page's form.
  | 'form_expired'
  | 'cookies_blocked'
  | 'sign_in_failed'
  // The password has to be given (again) before the second step.
  | 'first_step_missing'
  // Signed in, but not surely enough or not lately enough; or with nothing that would make it surer.
  | 'step_up_required'
  | 'second_factor_missing'
  | 'passkey_unproved'
  | 'too_many_passkeys'
  // It is the only way in that is left.
  | 'last_factor'
  | 'identifier_taken'
  | 'password_weak'
  | 'too_many_tries'
  // Messages to people, and the codes in them.
  | 'medium_unavailable'
  | 'country_closed'
  | 'code_wrong'
  | 'code_gone'
  | 'link_gone'
  | 'not_found'
  // A desk's form.
  | 'limit_reached'
  | 'last_owner'

export type Refusal<Code extends RefusalCode = RefusalCode> = {
  readonly code: Code
  /** The field at fault, by the name that the asker used. */
  readonly field?: string
  /** One sentence for the asker that says which rule was broken. Holds no secret. */
  readonly because?: string
  /** What to mend; shown in sandbox mode only. */
  readonly mend?: Readonly<Record<string, string>>
  /** When to try again. */
  readonly retryAfterSeconds?: number
}

export function refusal<Code extends RefusalCode>(
  code: Code,
  more: Omit<Refusal<Code>, 'code'> = {},
): Refusal<Code> {
  return { code, ...more }
}
