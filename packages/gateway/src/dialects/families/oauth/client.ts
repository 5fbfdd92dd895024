import { no, ok, type Result } from '../../../base/result.ts'
import { assertionType, subjectOf } from '../../../core/client/client-assertion.ts'
import type { ClientCredentials } from '../../../core/client/client-credentials.ts'
import type { SecretPlace } from '../../../core/token/grant.ts'
import { refusal, type Refusal } from '../../../core/refusal.ts'
import type { Asked } from '../../../http/asked.ts'
import { readBasic, type Credentials } from '../../../http/authorization.ts'
import { allFields, bodyFields, type Fields } from '../../../http/fields.ts'

/** RFC 8707 section 2. */
const repeatable = new Set(['resource'])

export type OAuthFields = { readonly fields: Fields; readonly credentials: ClientCredentials | null }

type ReadRefusal = Refusal<'invalid_request' | 'invalid_client'>

/**
 * The parameters of a request to an endpoint for machines, and who says to send it. Credentials in two places at
 * once are refused (RFC 6749 section 2.3): only one of them can be what was meant.
 */
export function readOAuthFields(
  asked: Asked,
  places: readonly SecretPlace[],
): Result<OAuthFields, ReadRefusal> {
  const read = places.includes('query') ? allFields(asked, repeatable) : bodyFields(asked, repeatable)
  if (!read.ok) {
    const { field, because = 'The parameters cannot be read.' } = read.refusal
    return no(invalid(field === undefined ? because : `${field.slice(0, 40)}: ${because}`))
  }
  // RFC 6749 section 3.2: what comes without a value did not come.
  const fields = withoutEmpty(read.value)
  const basic = readBasic(asked)
  if (!basic.ok)
    return no(refusal('invalid_client', { because: 'The Authorization header is not readable as Basic.' }))
  const said = readSaid(asked, fields, basic.value)
  return said.ok
    ? ok({ fields, credentials: said.value === null ? null : { ...said.value, address: asked.address } })
    : said
}

function withoutEmpty(fields: Fields): Fields {
  for (const value of fields.values())
    if (value === '') return new Map([...fields].filter(([, each]) => each !== ''))
  return fields
}

/** As readOAuthFields, where somebody must say who asks. */
export function readClientFields(
  asked: Asked,
  places: readonly SecretPlace[],
): Result<OAuthFields & { readonly credentials: ClientCredentials }, ReadRefusal> {
  const read = readOAuthFields(asked, places)
  if (!read.ok) return read
  const { fields, credentials } = read.value
  if (credentials !== null) return ok({ fields, credentials })
  return no(refusal('invalid_client', { because: 'Say which application asks: client_id, or HTTP Basic.' }))
}

type Said = Omit<ClientCredentials, 'address'>

/** One way at most: HTTP Basic, a secret among the parameters, or a signed assertion there. */
function readSaid(asked: Asked, fields: Fields, basic: Credentials | null): Result<Said | null, ReadRefusal> {
  const id = fields.get('client_id') ?? ''
  const secret = fields.get('client_secret') ?? ''
  const assertion = fields.get('client_assertion') ?? ''
  if (assertion !== '' || (fields.get('client_assertion_type') ?? '') !== '') {
    if (basic !== null || secret !== '')
      return no(invalid('Send a client_assertion or a client secret, not both.'))
    return readAssertionOf(fields, id, assertion)
  }
  if (basic === null) {
    if (id === '') return ok(null)
    if (secret === '') return ok({ clientId: id, secret: null, method: 'none', assertion: null })
    const method = isInBody(asked, 'client_secret') ? 'client_secret_post' : null
    return ok({ clientId: id, secret, method, assertion: null })
  }
  if (secret !== '') return no(invalid('Send the client secret in one place, not in two.'))
  if (id !== '' && id !== basic.id)
    return no(invalid('client_id is not the one of the Authorization header.'))
  return ok({ clientId: basic.id, secret: basic.secret, method: 'client_secret_basic', assertion: null })
}

function readAssertionOf(fields: Fields, id: string, assertion: string): Result<Said, ReadRefusal> {
  if (fields.get('client_assertion_type') !== assertionType)
    return no(invalid(`client_assertion_type is ${assertionType}.`))
  if (assertion === '') return no(invalid('client_assertion is missing.'))
  // Without a client_id the assertion says whose it is; whether it is, its signature shows later.
  const clientId = id === '' ? subjectOf(assertion) : id
  if (clientId === null)
    return no(refusal('invalid_client', { because: 'Say which application asks: client_id, or HTTP Basic.' }))
  return ok({ clientId, secret: null, method: 'private_key_jwt', assertion })
}

function isInBody(asked: Asked, name: string): boolean {
  const body = bodyFields(asked)
  return body.ok && body.value.has(name)
}

function invalid(because: string): Refusal<'invalid_request'> {
  return refusal('invalid_request', { because })
}
