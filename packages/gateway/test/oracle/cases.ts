/** A request as it is sent to both sides; each makes its own codes and tokens for it. */
import type { Client, Outcome, Side } from './side.ts'
import { clientOf, type PeerClient } from './peer.ts'

export type Case = { readonly name: string; readonly run: (side: Side) => Promise<Outcome> }

export const clients: readonly PeerClient[] = [
  client('shop', 'web', 'required'),
  client('other', 'web', 'required'),
  client('loose', 'web', 'optional'),
  client('page', 'single-page', 'required'),
]

function client(clientId: string, kind: PeerClient['kind'], pkce: PeerClient['pkce']): PeerClient {
  const secret = kind === 'web' ? `a-secret-of-${clientId}-for-the-oracle-0123456789` : ''
  return { clientId, secret, kind, pkce, redirectUris: [`https://${clientId}.example/back`] }
}

function named(clientId: string): Client {
  const found = clients.find((one) => one.clientId === clientId)
  if (found === undefined) throw new Error(`no client ${clientId}`)
  return clientOf(found)
}

export const shop = named('shop')
export const other = named('other')
export const loose = named('loose')
export const page = named('page')
