import { diagnoseHash, verifyHash, type Hashed, type Recipe } from '@lango/wire'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import type { ApiClient } from '../../core/organization/api-key.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Fields } from '../../http/fields.ts'

/** A kind of signed message: its grammar, what its hash covers, and whose key signs it. */
export type SignedMessage<Field extends string, Said extends Hashed<Field>> = {
  readonly read: (fields: Fields) => Result<Said, Refusal<'field_missing' | 'field_invalid'>>
  readonly recipe: Recipe<Field>
  readonly role: ApiClient['role']
  readonly clientId: (said: Said) => string
  readonly hash: (said: Said) => string
}

export type Heard<Said> = { readonly said: Said; readonly client: ApiClient }

type SignedRefusal = Refusal<'field_missing' | 'field_invalid' | 'hash_mismatch' | 'role_forbids'>

/** Reads a message by its grammar first, because only one reading of it may have been signed; then checks its hash. */
export async function readSigned<Field extends string, Said extends Hashed<Field>>(
  deps: Deps,
  fields: Fields,
  message: SignedMessage<Field, Said>,
): Promise<Result<Heard<Said>, SignedRefusal>> {
  const read = message.read(fields)
  if (!read.ok) return read
  const said = read.value
  const client = await deps.findApiClient(message.clientId(said))
  const signed = { recipe: message.recipe, values: said, given: message.hash(said) }
  const checked = checkHash(deps, { client, role: message.role }, signed)
  return checked.ok ? ok({ said, client: checked.value }) : checked
}

type Signed<Field extends string> = {
  readonly recipe: Recipe<Field>
  readonly values: Hashed<Field>
  readonly given: string
}

/**
 * Holds a message against the live keys of the caller that it names. An unknown caller and a wrong hash get the same
 * answer; in the sandbox a known one is told what was hashed and what would have matched.
 */
function checkHash<Field extends string>(
  deps: Deps,
  caller: { readonly client: ApiClient | null; readonly role: ApiClient['role'] },
  signed: Signed<Field>,
): Result<ApiClient, Refusal<'hash_mismatch' | 'role_forbids'>> {
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
    mend: {
      data_string: diagnosis.dataString,
      parts,
      expected: diagnosis.expectedEncoding,
      hint: diagnosis.mend,
    },
  })
}
