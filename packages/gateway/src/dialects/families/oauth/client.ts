import { no, ok, type Result } from '../../../base/result.ts'
import type { ClientCredentials } from '../../../core/identity/authenticate-client.ts'
import type { SecretPlace } from '../../../core/identity/grant.ts'
import { refusal, type Refusal } from '../../../core/refusal.ts'
import type { Asked } from '../../../http/asked.ts'
import { readBasic } from '../../../http/authorization.ts'
import { allFields, bodyFields, type Fields } from '../../../http/fields.ts'

export type OAuthFields = { readonly fields: Fields; readonly credentials: ClientCredentials | null }

/**
 * The parameters of a request to an endpoint for machines, and who says to send it. Credentials in two places at
 * once are refused (RFC 6749 section 2.3): only one of them can be what was meant.
 */
export function readOAuthFields(
  asked: Asked,
  places: readonly SecretPlace[],
): Result<OAuthFields, Refusal<'invalid_request' | 'invalid_client'>> {
  const read = places.includes('query') ? allFields(asked) : bodyFields(asked)
  if (!read.ok) {
    const { field, because = 'The parameters cannot be read.' } = read.refusal
    return no(invalid(field === undefined ? because : `${field.slice(0, 40)}: ${because}`))
  }
  // RFC 6749 section 3.2: what comes without a value did not come.
  const fields: Fields = new Map([...read.value].filter(([, value]) => value !== ''))
  const basic = readBasic(asked)
  if (!basic.ok)
    return no(refusal('invalid_client', { because: 'The Authorization header is not readable as Basic.' }))
  const id = fields.get('client_id') ?? ''
  const secret = fields.get('client_secret') ?? ''
  if (basic.value === null) {
    const credentials =
      id === '' ? null : { clientId: id, secret: secret === '' ? null : secret, address: asked.address }
    return ok({ fields, credentials })
  }
  if (secret !== '') return no(invalid('Send the client secret in one place, not in two.'))
  if (id !== '' && id !== basic.value.id)
    return no(invalid('client_id is not the one of the Authorization header.'))
  return ok({
    fields,
    credentials: { clientId: basic.value.id, secret: basic.value.secret, address: asked.address },
  })
}

/** As readOAuthFields, where somebody must say who asks. */
export function readClientFields(
  asked: Asked,
  places: readonly SecretPlace[],
): Result<
  OAuthFields & { readonly credentials: ClientCredentials },
  Refusal<'invalid_request' | 'invalid_client'>
> {
  const read = readOAuthFields(asked, places)
  if (!read.ok) return read
  const { fields, credentials } = read.value
  if (credentials !== null) return ok({ fields, credentials })
  return no(refusal('invalid_client', { because: 'Say which application asks: client_id, or HTTP Basic.' }))
}

function invalid(because: string): Refusal<'invalid_request'> {
  return refusal('invalid_request', { because })
}
