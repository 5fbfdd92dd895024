/** Credentials that prove nothing. */
import { other } from './cases.ts'
import { basic, type Client } from './side.ts'

export type Headers = Readonly<Record<string, string>>

export const wrongCredentials: readonly (readonly [string, (client: Client) => Headers])[] = [
  ['a wrong secret', ({ clientId }) => basic({ clientId, secret: 'wrong' })],
  ['an unknown client', ({ secret }) => basic({ clientId: 'nobody', secret })],
  ['no credentials', () => ({})],
  ['an empty secret', ({ clientId }) => ({ authorization: `Basic ${btoa(`${clientId}:`)}` })],
  ['no colon', ({ clientId }) => ({ authorization: `Basic ${btoa(clientId)}` })],
  ['loose base64', ({ clientId, secret }) => ({ authorization: `Basic ${btoa(`${clientId}:${secret}`)}!!` })],
  ['another scheme', ({ secret }) => ({ authorization: `Bearer ${secret}` })],
  ['another client’s', () => basic(other)],
  [
    'broken escapes',
    ({ clientId, secret }) => ({ authorization: `Basic ${btoa(`${clientId}:%zz${secret}`)}` }),
  ],
]
