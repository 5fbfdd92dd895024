import { ecitizen } from '@lango/wire'
import { no, ok, type Result } from '../../base/result.ts'
import { epochSeconds } from '../../base/time.ts'
import { introspectToken, type IntrospectToken } from '../../core/token/introspect-token.ts'
import type { LiveToken } from '../../core/token/token.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { json } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { seenOf } from '../../http/seen.ts'
import { readOAuthFields } from '../families/oauth/client.ts'
import { refuseAsOAuth, type OAuthNo } from '../families/oauth/refuse.ts'

type Answer = { readonly token: LiveToken; readonly toItsOwn: boolean } | null

/** Clients in the field say only the token; what they may then know, each token's own application decides. */
const introspect = route<IntrospectToken, Answer, OAuthNo>('POST', ecitizen.paths.introspect, {
  parse: readQuestion,
  run: async (deps, question) => {
    const found = await introspectToken(deps, question)
    if (!found.ok) return found
    return ok(found.value === null ? null : { token: found.value, toItsOwn: question.by !== null })
  },
  print: (answer, asked, deps) => {
    if (answer === null) deps.noteRefusal(seenOf(asked), refusal('invalid_token'))
    return json(200, say(answer))
  },
  refuse: refuseAsOAuth,
})

export const introspectionRoutes: readonly Route[] = [introspect]

function readQuestion(asked: Asked): Result<IntrospectToken, Refusal<OAuthNo>> {
  const read = readOAuthFields(asked, ['header', 'body'])
  if (!read.ok) return read
  const { fields, credentials } = read.value
  const token = fields.get('token') ?? ''
  if (token === '') return no(refusal('invalid_request', { field: 'token', because: 'token is missing.' }))
  return ok({ token, by: credentials, kinds: ['access'] })
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
    sub: token.subject,
    iat: epochSeconds(token.issuedAt),
    exp: epochSeconds(token.expiresAt),
  }
}
