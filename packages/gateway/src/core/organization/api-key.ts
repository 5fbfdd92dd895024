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

/** Why a caller's id, key and secret cannot be taken along, in one sentence; null when they can. */
export function keyFault({ id, key, secret }: ApiKey & { readonly id: string }): string | null {
  if (!/^[!-~]{1,100}$/.test(id))
    return 'api_client_id: printable ASCII without blanks, at most 100 characters.'
  const bad = Object.entries({ key, secret }).find(([, text]) => !/^[\x20-\x7e]{8,200}$/.test(text))
  return bad === undefined ? null : `${bad[0]}: 8 to 200 characters of printable ASCII.`
}

export function keyWarnings(key: ApiKey): readonly string[] {
  return isWeakKey(key)
    ? ['the key or the secret is shorter than 16 characters and could be guessed: rotate it soon']
    : []
}
