/** A caller of the signed APIs and its secure-hash keys. */

export type ApiKey = { readonly key: string; readonly secret: string }

/** One of a caller's keys, by the id of its row. */
export type LiveKey = ApiKey & { readonly id: string }

export const apiClientRoles = ['merchant', 'aggregator'] as const
export type ApiClientRole = (typeof apiClientRoles)[number]

export type ApiClient = {
  readonly id: string
  readonly organizationId: string
  readonly role: ApiClientRole
  readonly lenientHash: boolean
  /** Aggregators: whom it may pay into; null means every organization. */
  readonly serves: ReadonlySet<string> | null
  /** One, or two while keys are rotated; newest first. */
  readonly keys: readonly LiveKey[]
}

/** What the vault seals them for. */
export const apiKeyPurpose = 'api-key'

/** Ours have 43 characters; installations that moved in brought shorter ones. */
export function isWeakKey({ key, secret }: ApiKey): boolean {
  return [key, secret].some((text) => text.length < 16)
}
