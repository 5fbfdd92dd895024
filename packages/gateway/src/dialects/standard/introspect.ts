import { oauth } from '@lango/wire'
import { no, ok, type Result } from '../../base/result.ts'
import { epochSeconds } from '../../base/time.ts'
import type { Deps } from '../../core/deps.ts'
import { authenticateClient } from '../../core/client/authenticate-client.ts'
import type { ClientCredentials } from '../../core/client/client-credentials.ts'
import type { Application } from '../../core/application/application.ts'
import { introspectToken, type IntrospectToken } from '../../core/token/introspect-token.ts'
import { revokeToken } from '../../core/token/revoke-token.ts'
import type { LiveToken } from '../../core/token/token.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { json } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { seenOf } from '../../http/seen.ts'
import { readClientFields } from '../families/oauth/client.ts'
import { refuseAsOAuth, type OAuthNo } from '../families/oauth/refuse.ts'
import { policy } from './policy.ts'

/** RFC 7662. Who asks proves it: a token's answer is for its application alone. */
const introspect = route<IntrospectToken, LiveToken | null, OAuthNo>('POST', oauth.paths.introspect, {
  parse: (asked) => {
    const read = readQuestion(asked)
    return read.ok ? ok({ ...read.value, kinds: ['access', 'refresh'] }) : read
  },
  run: introspectToken,
  print: (token, asked, deps) => {
    if (token === null) deps.noteRefusal(seenOf(asked), refusal('invalid_token'))
    return json(200, say(token, deps))
  },
  refuse: refuseAsOAuth,
})

type About = { readonly token: string; readonly by: Application }

/** RFC 7009: what is unknown or another's answers 200 as well. */
const revoke = route<About, null, OAuthNo>('POST', oauth.paths.revoke, {
  parse: readAbout,
  run: async (deps, about) => {
    await revokeToken(deps, about)
    return ok(null)
  },
  print: () => json(200, {}),
  refuse: refuseAsOAuth,
})

export const introspectionRoutes: readonly Route[] = [introspect, revoke]

async function readAbout(asked: Asked, deps: Deps): Promise<Result<About, Refusal<OAuthNo>>> {
  const read = readQuestion(asked)
  if (!read.ok) return read
  const client = await authenticateClient(deps, read.value.by)
  return client.ok ? ok({ token: read.value.token, by: client.value }) : client
}

type Question = { readonly token: string; readonly by: ClientCredentials }

function readQuestion(asked: Asked): Result<Question, Refusal<OAuthNo>> {
  const read = readClientFields(asked, policy.clientSecretIn)
  if (!read.ok) return read
  const token = read.value.fields.get('token') ?? ''
  if (token === '') return no(refusal('invalid_request', { field: 'token', because: 'token is missing.' }))
  return ok({ token, by: read.value.credentials })
}

function say(token: LiveToken | null, { publicUrl }: Deps): oauth.IntrospectionAnswer {
  if (token === null) return { active: false }
  return {
    active: true,
    scope: token.scopes.join(' '),
    client_id: token.clientId,
    sub: token.subject,
    aud: token.resources.length === 0 ? publicUrl : token.resources,
    iss: publicUrl,
    iat: epochSeconds(token.issuedAt),
    exp: epochSeconds(token.expiresAt),
    ...(token.kind === 'access' ? { token_type: token.jkt === null ? 'Bearer' : 'DPoP' } : {}),
    ...(token.jkt === null ? {} : { cnf: { jkt: token.jkt } }),
  }
}
