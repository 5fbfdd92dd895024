/** Something that somebody did and that an auditor may ask about. Written in the transaction that does it. */

/** What was done, as `subject.past-participle`. A new one is a line. */
export type ActName =
  | 'account.password-changed'
  | 'application.created'
  | 'application.secret-rotated'
  | 'consent.withdrawn'
  | 'resource.created'

export type Actor = {
  /** `stranger`: somebody who proved nothing. `system`: the house by itself. */
  readonly kind: 'account' | 'application' | 'operator' | 'system' | 'stranger'
  readonly id: string | null
}

export type Act = {
  readonly what: ActName
  readonly by: Actor
  /** What it was done to. */
  readonly about: {
    readonly kind: 'account' | 'application' | 'organization' | 'key'
    readonly id: string
  } | null
  /** Whose audit trail it belongs to beside the operator's; null: nobody else's. */
  readonly organizationId?: string | null
  /** Plain facts, never a secret, a token, a code or a full identity number. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>
  /** Correlation id of the request. */
  readonly requestId?: string | null
}
