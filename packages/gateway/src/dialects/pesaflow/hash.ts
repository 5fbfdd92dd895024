import { diagnoseHash, verifyHash, type Hashed, type Recipe } from '@lango/wire'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import type { ApiClient } from '../../core/organization/api-key.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'

export type Signed<Field extends string> = {
  readonly recipe: Recipe<Field>
  readonly values: Hashed<Field>
  readonly given: string
}

export type HashRefusal = Refusal<'hash_mismatch' | 'role_forbids'>

/**
 * Holds a message against the live keys of the caller that it names. An unknown caller and a wrong hash get the same
 * answer; in the sandbox a known one is told what was hashed and what would have matched.
 */
export function checkHash<Field extends string>(
  deps: Deps,
  caller: { readonly client: ApiClient | null; readonly role: ApiClient['role'] },
  signed: Signed<NoInfer<Field>> & { readonly recipe: Recipe<Field> },
): Result<ApiClient, HashRefusal> {
  const { client } = caller
  if (client === null) return no(mismatch())
  const { recipe, values, given } = signed
  const lenient = client.lenientHash
  const matches = client.keys.some(
    (keys) => verifyHash(recipe, values, given, { keys, mac: deps.digests.hmacSha256, lenient }) !== null,
  )
  if (!matches) return no(deps.mode === 'sandbox' ? explained(deps, client, signed) : mismatch())
  // Said only to whoever holds the key: keys are given by role, and a merchant's must never confirm a payment.
  return client.role === caller.role
    ? ok(client)
    : no(refusal('role_forbids', { because: keyFor[client.role] }))
}

const keyFor = {
  merchant: 'this key is for a merchant',
  aggregator: 'this key is for an aggregator',
} as const satisfies Readonly<Record<ApiClient['role'], string>>

function mismatch(): Refusal<'hash_mismatch'> {
  return refusal('hash_mismatch')
}

function explained<Field extends string>(
  deps: Deps,
  client: ApiClient,
  { recipe, values, given }: Signed<Field>,
): Refusal<'hash_mismatch'> {
  const [keys] = client.keys
  if (keys === undefined) return mismatch()
  const diagnosis = diagnoseHash<Field>(recipe, values, given, { keys, mac: deps.digests.hmacSha256 })
  const parts = diagnosis.parts.map((part) => `${part.field}=${part.value}`).join(' | ')
  return refusal('hash_mismatch', {
    mend: { data_string: diagnosis.dataString, parts, expected: diagnosis.expectedEncoding, hint: diagnosis.mend },
  })
}
