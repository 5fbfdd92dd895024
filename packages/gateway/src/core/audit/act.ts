/** Something that somebody did and that an auditor may ask about. Written in the transaction that does it. */

/** What is recorded, as `subject.past-participle`, each with what it means. A new one is a line, here and in docs/audit.md. */
export const acts = {
  'account.password-changed': 'somebody changed the password of an account; all other sessions ended',
  'application.created': 'an application was registered',
  'application.secret-rotated': 'an application got a new secret beside the old one',
  'consent.withdrawn': 'an account took back what it allowed an application',
  'resource.created': 'a resource server was registered',
} as const

export type ActName = keyof typeof acts

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
