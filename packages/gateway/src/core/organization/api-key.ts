/** A caller of the signed APIs and its secure-hash keys. */

export type ApiKey = { readonly key: string; readonly secret: string }

export type ApiClient = {
  readonly id: string
  readonly organizationId: string
  readonly role: 'merchant' | 'aggregator'
  readonly lenientHash: boolean
  /** Aggregators: whom it may pay into; null means every organization. */
  readonly serves: ReadonlySet<string> | null
  /** One, or two while keys are rotated; newest first. */
  readonly keys: readonly ApiKey[]
}
