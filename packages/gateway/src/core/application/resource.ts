/**
 * Resource indicators: RFC 8707. A resource is a server that takes access tokens, named by an address of its own; a
 * token that names none is for us alone (user information).
 */
import { no, ok, type Result } from '../../base/result.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Scope } from './scope.ts'

export type ResourceServer = {
  /** An absolute URI without a fragment, compared to the letter. */
  readonly identifier: string
  /** The application that it is when it asks about tokens. */
  readonly clientId: string
  readonly organizationId: string
  readonly name: string
  /** Its own scopes; it hears of no other. None: of whatever a token holds. */
  readonly scopes: readonly Scope[]
}

/** A resource server as a person reads of it. */
export type Api = Pick<ResourceServer, 'identifier' | 'name' | 'scopes'>

/** Most resources that one request, grant or token may name. */
const mostResources = 10

/** Why an identifier cannot name a resource (RFC 8707 section 2); null when it can. */
export function resourceFault(identifier: string): string | null {
  if (!/^[\x21-\x7e]{1,500}$/.test(identifier))
    return 'A resource is 1 to 500 printable ASCII characters without blanks.'
  if (identifier.includes('#')) return 'A resource has no fragment.'
  if (!/^[a-z][a-z0-9+.-]*:./i.test(identifier) || !URL.canParse(identifier))
    return 'A resource is an absolute URI, such as https://api.example.com.'
  return null
}

/**
 * The `resource` parameters of a request, each once. Refused unless each is one of `allowed`: at the authorization
 * endpoint what the application is registered for and our own address, at the token endpoint what was granted.
 */
export function readResources(
  asked: readonly string[],
  allowed: readonly string[],
): Result<readonly string[], Refusal<'invalid_target'>> {
  const resources = [...new Set(asked)]
  if (resources.length > mostResources) return no(unfit(`At most ${mostResources} resources at once.`))
  for (const resource of resources) {
    const because = resourceFault(resource)
    if (because !== null) return no(unfit(because))
    if (!allowed.includes(resource))
      return no(unfit('A resource is unknown, or not one that this application may ask for.'))
  }
  return ok(resources)
}

function unfit(because: string): Refusal<'invalid_target'> {
  return refusal('invalid_target', { field: 'resource', because })
}
