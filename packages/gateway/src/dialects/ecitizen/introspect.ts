import { ecitizen } from '@lango/wire'
import { no, ok, type Result } from '../../base/result.ts'
import { epochSeconds } from '../../base/time.ts'
import type { Deps } from '../../core/deps.ts'
import type { Application } from '../../core/identity/application.ts'
import { authenticateClient } from '../../core/identity/authenticate-client.ts'
import { introspectToken } from '../../core/identity/introspect-token.ts'
import type { LiveToken } from '../../core/identity/token.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { json } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { readOAuthFields } from '../families/oauth/client.ts'
import { refuseAsOAuth, type OAuthNo } from '../families/oauth/refuse.ts'

type About = { readonly token: string; readonly by: Application | null }
type Answer = { readonly token: LiveToken; readonly toItsOwn: boolean } | null

/** Clients in the field say only the token; what they may then know, each token's own application decides. */
const introspect = route<About, Answer, OAuthNo>('POST', ecitizen.paths.introspect, {
  parse: readAbout,
  run: async (deps, { token, by }) => {
    const found = await introspectToken(deps, { token, by, kinds: ['access'] })
    return ok(found === null ? null : { token: found, toItsOwn: by !== null })
  },
  print: (answer) => json(200, say(answer)),
  refuse: refuseAsOAuth,
})

export const introspectionRoutes: readonly Route[] = [introspect]

async function readAbout(asked: Asked, deps: Deps): Promise<Result<About, Refusal<OAuthNo>>> {
  const read = readOAuthFields(asked, ['header', 'body'])
  if (!read.ok) return read
  const { fields, credentials } = read.value
  const token = fields.get('token') ?? ''
  if (token === '') return no(refusal('invalid_request', { field: 'token', because: 'token is missing.' }))
  if (credentials === null) return ok({ token, by: null })
  const client = await authenticateClient(deps, credentials)
  return client.ok ? ok({ token, by: client.value }) : client
}

/** The seed's four members; its own application also learns when the token ends and for whom it is. */
function say(answer: Answer): ecitizen.Introspection {
  if (answer === null) return { active: false }
  const { token, toItsOwn } = answer
  const least = {
    active: true,
    scope: token.scopes.join(' '),
    token_type: 'authorization_code',
    client_id: token.clientId,
  } as const
  if (!toItsOwn) return least
  return {
    ...least,
    sub: token.accountId,
    iat: epochSeconds(token.issuedAt),
    exp: epochSeconds(token.expiresAt),
  }
}
