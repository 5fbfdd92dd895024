/**
 * The oracle: oidc-provider with the clients, the account and the strictness that the gateway has in these tests. What
 * asks a person there is answered here at once, as a person who agrees would.
 */
import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import type { Client } from './side.ts'

export type PeerClient = {
  readonly clientId: string
  readonly secret: string
  readonly redirectUris: readonly string[]
  readonly kind: 'web' | 'single-page'
  readonly pkce: 'required' | 'optional'
}

export function clientOf({ clientId, secret, redirectUris }: PeerClient): Client {
  return { clientId, secret, redirectUri: redirectUris[0] ?? '' }
}

export type Peer = {
  readonly url: string
  /** What somebody who follows the redirect would be asked: `login` or `consent`. */
  readonly asksFor: (interactionPath: string) => Promise<string>
  readonly close: () => Promise<void>
}

const accountId = 'wanjiku'
const scopes = ['openid', 'profile', 'email', 'phone', 'offline_access']

export async function openPeer(clients: readonly PeerClient[]): Promise<Peer> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(url, configuration(clients))
  const serve = provider.callback()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/interaction/') === true) void agree(provider, request, response)
    else serve(request, response)
  })
  return {
    url,
    asksFor: async (path) =>
      (await provider.Interaction.find(path.split('/').at(-1) ?? ''))?.prompt.name ?? 'nothing',
    close: async () => await closed(server),
  }
}

async function agree(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { prompt, params } = await provider.interactionDetails(request, response)
  if (prompt.name === 'login') {
    await provider.interactionFinished(request, response, { login: { accountId } })
    return
  }
  const grant = new provider.Grant({ accountId, clientId: params['client_id'] })
  grant.addOIDCScope(String(params['scope']))
  await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
}

function configuration(clients: readonly PeerClient[]): object {
  return {
    clients: clients.map(({ clientId, secret, redirectUris, kind }) => ({
      client_id: clientId,
      ...(kind === 'web' ? { client_secret: secret } : {}),
      redirect_uris: redirectUris,
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: kind === 'web' ? 'client_secret_basic' : 'none',
    })),
    jwks: { keys: [key('rsa'), key('ec')] },
    scopes,
    claims: {
      openid: ['sub'],
      profile: ['name'],
      email: ['email', 'email_verified'],
      phone: ['phone_number'],
    },
    features: {
      introspection: {
        enabled: true,
        allowedPolicy: (_: unknown, client: { clientId: string }, token: { clientId: string }) =>
          token.clientId === client.clientId,
      },
      revocation: { enabled: true },
      devInteractions: { enabled: false },
    },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    pkce: {
      required: (_: unknown, client: { clientId: string }) =>
        clients.find((one) => one.clientId === client.clientId)?.pkce === 'required',
    },
    routes: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      introspection: '/oauth/introspect',
      revocation: '/oauth/revoke',
      userinfo: '/oauth/userinfo',
      jwks: '/oauth/jwks',
    },
    enableHttpPostMethods: true,
    responseTypes: ['code'],
    allowOmittingSingleRegisteredRedirectUri: false,
    rotateRefreshToken: true,
    // By itself it gives a refresh token only to whoever is asked anew each time.
    issueRefreshToken: () => true,
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, name: 'Wanjiku' }),
    }),
    cookies: { keys: ['an oracle keeps no secrets'], long: { sameSite: 'none' } },
  }
}

function key(kind: 'rsa' | 'ec'): object {
  const privateKey =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
      : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  return {
    ...privateKey.export({ format: 'jwk' }),
    alg: kind === 'rsa' ? 'RS256' : 'ES256',
    use: 'sig',
    kid: kind,
  }
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}
