// @node-oauth/oauth2-server behind a plain node:http server, as its documentation wires it, over maps in memory. It is a
// token endpoint: it signs no ID tokens and brings no introspection, no user information and no sign-in.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomBytes } from 'node:crypto'
import OAuth2Server from '@node-oauth/oauth2-server'
import { answerParent } from './answer-parent.ts'
import type { GrantPeer, OpenPeer } from './peer.ts'

type Client = OAuth2Server.Client

const secrets = new Map<string, string>()
const clients = new Map<string, Client>()
const accessTokens = new Map<string, OAuth2Server.Token>()
const refreshTokens = new Map<string, OAuth2Server.RefreshToken>()
let accountIds: readonly string[] = []

const model: OAuth2Server.RefreshTokenModel & OAuth2Server.ClientCredentialsModel = {
  getClient: (id, secret) => Promise.resolve(secrets.get(id) === secret ? clients.get(id) : undefined),
  getAccessToken: (text) => Promise.resolve(accessTokens.get(text)),
  getRefreshToken: (text) => Promise.resolve(refreshTokens.get(text)),
  revokeToken: ({ refreshToken }) => Promise.resolve(refreshTokens.delete(refreshToken)),
  saveToken: (token, client, user) => {
    const saved = { ...token, client, user }
    accessTokens.set(saved.accessToken, saved)
    const { refreshToken } = saved
    if (refreshToken !== undefined) refreshTokens.set(refreshToken, { ...saved, refreshToken })
    return Promise.resolve(saved)
  },
  getUserFromClient: ({ id }) => Promise.resolve({ id }),
  validateScope: (_user, _client, scope) => Promise.resolve(scope ?? []),
}

const server = new OAuth2Server({
  model,
  accessTokenLifetime: 3600,
  refreshTokenLifetime: 30 * 86_400,
  alwaysIssueNewRefreshToken: true,
})

answerParent<never, number | readonly string[]>({ open, grant })

async function open({ applications, accountIds: ids }: OpenPeer): Promise<number> {
  accountIds = ids
  for (const { clientId, clientSecret } of applications) {
    secrets.set(clientId, clientSecret)
    clients.set(clientId, { id: clientId, grants: ['refresh_token', 'client_credentials'] })
  }
  const listening = createServer((request, response) => {
    void answer(request, response)
  })
  listening.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  return (listening.address() as AddressInfo).port
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  let text = ''
  incoming.setEncoding('utf8')
  for await (const chunk of incoming) text += String(chunk)
  const { headers: given, method = '' } = incoming
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
  const body = Object.fromEntries(new URLSearchParams(text))
  const request = new OAuth2Server.Request({ headers, method, query: {}, body })
  const response = new OAuth2Server.Response({})
  // A refusal is written into the response too; the bench then ends over its status.
  await server.token(request, response).catch(() => undefined)
  const json = JSON.stringify(response.body)
  const about = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }
  outgoing.writeHead(response.status ?? 500, { ...response.headers, ...about }).end(json)
}

/** Refresh tokens, as an authorization would have left them. */
function grant({ clientId, scopes, count }: GrantPeer): readonly string[] {
  const client = clients.get(clientId)
  if (client === undefined) throw new Error(`no client ${clientId}`)
  return Array.from({ length: count }, (_, place) => {
    const text = randomBytes(32).toString('hex')
    const later = new Date(Date.now() + 86_400_000)
    refreshTokens.set(text, {
      refreshToken: text,
      refreshTokenExpiresAt: later,
      scope: [...scopes],
      client,
      user: { id: accountIds[place % accountIds.length] ?? '' },
    })
    return text
  })
}
