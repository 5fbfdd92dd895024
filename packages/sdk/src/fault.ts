import type { Keys, pesaflow } from '@lango/wire'

/** What went wrong, by kind: the closed list that a caller can switch over. */
export type LangoErrorCode = keyof typeof kinds

/** Each code and what it means; where it says so, the same call may be made again. */
export const kinds = {
  // Before anything was sent.
  invalid_input: 'An argument breaks the rules of the wire; the message names it. Nothing was sent.',
  // No answer came.
  network:
    'No connection, or it broke. The call may have had its effect; validate, confirm and status may be repeated.',
  timeout: 'No answer in time. As `network`.',
  aborted: 'The caller aborted. As `network`.',
  // An answer that says no.
  invalid_hash: 'The secure hash is wrong (401): see `mend` in a sandbox, and check key and secret.',
  invalid_request: 'A field or parameter is missing or malformed (400 or 422).',
  reference_taken: 'The reference was used before with other content (422): choose another.',
  invalid_client: 'Client id or secret is wrong (OAuth).',
  invalid_grant: 'The code or refresh token is wrong, used or too old (OAuth): sign in again.',
  access_denied: 'The person declined at the consent page (OAuth).',
  invalid_token: 'The access token is wrong, expired or revoked.',
  unauthorized: 'The server does not know the caller (401).',
  forbidden: 'The caller may not do this (403).',
  not_found: 'There is no such thing, or not for this caller (404).',
  rate_limited: 'Too many calls (429): wait `retryAfter` seconds.',
  unavailable:
    'Down for maintenance or overloaded (502, 503, 504): may be repeated, after `retryAfter` if given.',
  refused:
    'The server refused for another reason; see `status` and `body`. A confirm answered "Failed" moved nothing.',
  unexpected_answer: 'The answer is not what this call answers, so it is no word of our server.',
  // A sign-in that came back wrong.
  state_mismatch:
    'The `state` or issuer that came back is not the one that was sent: start the sign-in anew.',
  id_token_mismatch: 'The ID token is malformed, expired, or not for this client, issuer or nonce.',
  // A notice that must not be believed: answer 400 and change nothing.
  notice_malformed: 'It is not the JSON of a notice.',
  notice_amount:
    'An amount is not in the one exact form with two decimals, so digits may have moved into it.',
  notice_hash: 'Its secure_hash was not made with these keys over these values.',
  notice_unsigned: 'It lacks the webhook-signature headers that a webhook secret demands.',
  notice_signature: 'No webhook-signature was made with these secrets over this body.',
  notice_timestamp:
    'Its webhook-timestamp is too far from now: a repeat of an old delivery, or a wrong clock.',
} as const

/** Refuses an empty key or secret, as an unset setting gives: anyone could sign with it. */
export function demandKeys({ key, secret }: Keys): void {
  if (key === '' || secret === '') throw new LangoError('invalid_input', 'Key and secret may not be empty.')
}

type Details = {
  readonly status?: number | undefined
  readonly body?: string | undefined
  readonly mend?: pesaflow.Mend | undefined
  readonly retryAfter?: number | undefined
  readonly cause?: unknown
}

/** The one error of this package. Whatever else is thrown is a fault in it. */
export class LangoError extends Error {
  override readonly name = 'LangoError'
  readonly code: LangoErrorCode
  /** The HTTP status, if an answer came. */
  readonly status: number | undefined
  /** The answer's body as it was sent, at most its first 64 KiB. */
  readonly body: string | undefined
  /** How to mend it, which sandboxes say: `hint` is a sentence; for a wrong hash, `data_string` is what was hashed. */
  readonly mend: pesaflow.Mend | undefined
  /** Seconds to wait before another try, if the server said so. */
  readonly retryAfter: number | undefined

  constructor(code: LangoErrorCode, message: string, details: Details = {}) {
    const hint = details.mend?.['hint']
    super(hint === undefined ? message : `${message} ${hint}`, { cause: details.cause })
    this.code = code
    this.status = details.status
    this.body = details.body
    this.mend = details.mend
    this.retryAfter = details.retryAfter
  }
}
