import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { pesaflow } from '@lango/sdk'
import type { Config } from './config.ts'

/** What the shop of the tests was given. */
const credentials = {
  clientId: 'shop',
  clientSecret: 'shop-secret',
  apiClientId: '77',
  apiKey: 'shop-key',
  apiSecret: 'shop-pay-secret',
  serviceId: '410027',
  webhookSecret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
}

const wanjiku = {
  sub: 'account-1',
  id: 1,
  id_number: '12345678',
  email: 'wanjiku@example.com',
  active: true,
  first_name: 'Wanjiku',
  last_name: 'Kamau',
  surname: 'Kamau',
  name: 'Wanjiku Kamau',
  account_type: 'citizen',
  mobile_number: '254700000001',
  mobile_verified: true,
}

type Taken = Readonly<Record<string, string>>

export type FakeGateway = {
  readonly url: string
  /** The checkouts whose secure hash was right. */
  readonly checkouts: readonly Taken[]
  /** The person agrees: gives where the browser goes back to. */
  readonly agree: (authorizeUrl: string) => string
  /** What `status` answers from now on. */
  readonly says: (status: string) => void
}

/** A gateway that knows one person and signs as the guide says; its hashes are made by hand here, not by the SDK. */
export async function fakeGateway(t: TestContext): Promise<FakeGateway> {
  const memory: Memory = { url: '', checkouts: [], grants: new Map(), status: 'pending' }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://gateway')
    const answer = async (): Promise<void> => {
      const form = new URLSearchParams(await textOf(request))
      const said = await answers[pathname]?.(memory, form, request.headers.authorization ?? '')
      response.writeHead(said === null || said === undefined ? 401 : 200, {
        'content-type': 'application/json',
      })
      response.end(JSON.stringify(said ?? { error: 'Invalid Hash', mend: { hint: 'Look at the secret.' } }))
    }
    void answer()
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  memory.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: memory.url,
    checkouts: memory.checkouts,
    says: (status) => {
      memory.status = status
    },
    agree: (authorizeUrl) => agree(memory, new URL(authorizeUrl).searchParams),
  }
}

type Grant = { readonly challenge: string; readonly nonce: string; readonly redirectUri: string }
type Memory = {
  url: string
  readonly checkouts: Taken[]
  readonly grants: Map<string, Grant>
  status: string
}
/** Null is a refusal. */
type Answer = (memory: Memory, form: URLSearchParams, authorization: string) => unknown

const answers: Readonly<Record<string, Answer>> = {
  '/oauth/access-token': token,
  '/api/user-info': (_memory, _form, bearer) => (bearer === 'Bearer token-of-wanjiku' ? wanjiku : null),
  '/api/PaymentAPI/checkout': checkout,
  '/api/invoice/payment/status': status,
}

function agree({ url, grants }: Memory, asked: URLSearchParams): string {
  const of = (name: string): string => asked.get(name) ?? ''
  const code = randomBytes(8).toString('hex')
  grants.set(code, { challenge: of('code_challenge'), nonce: of('nonce'), redirectUri: of('redirect_uri') })
  return `${of('redirect_uri')}?${new URLSearchParams({ code, state: of('state'), iss: url }).toString()}`
}

function token({ url, grants }: Memory, form: URLSearchParams): unknown {
  const grant = grants.get(form.get('code') ?? '')
  grants.delete(form.get('code') ?? '')
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  const isShop = form.get('client_id') === 'shop' && form.get('client_secret') === 'shop-secret'
  if (grant?.challenge !== challenge || grant.redirectUri !== form.get('redirect_uri') || !isShop) return null
  const claims = { iss: url, aud: 'shop', sub: wanjiku.sub, nonce: grant.nonce, exp: Date.now() / 1000 + 60 }
  const part = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString('base64url')
  const id_token = `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`
  return {
    access_token: 'token-of-wanjiku',
    token_type: 'Bearer',
    expires_in: 3600,
    id_token,
    scope: 'openid',
  }
}

async function checkout({ url, checkouts }: Memory, form: URLSearchParams): Promise<unknown> {
  const given = Object.fromEntries(form)
  if ((await expectedHash(given, url)) !== given['secureHash']) return null
  checkouts.push(given)
  return {
    ...amounts,
    invoice_number: 'WQBGPWRR',
    invoice_link: `${url}/checkout?request_id=abcdefghijklmnopqrst`,
  }
}

function status(memory: Memory): unknown {
  return {
    status: memory.status,
    ref_no: 'WQBGPWRR',
    payment_date: memory.status === 'pending' ? null : '2024-01-01 12:30:01',
    name: wanjiku.name,
    currency: 'KES',
    client_invoice_ref: memory.checkouts.at(-1)?.['billRefNumber'] ?? '',
    amount_paid: '1900.00',
    amount_expected: '1900.00',
  }
}

export function configFor(gatewayUrl: string, changes: Partial<Config> = {}): Config {
  return { ...credentials, port: 0, host: '127.0.0.1', publicUrl: 'http://127.0.0.1', gatewayUrl, ...changes }
}

const amounts = { commission: '50.00', amount_net: '1850.00', amount_expected: '1900.00' }

/** A notice as the gateway sends it, with its headers. */
export function signedNotice(reference: string, changes: Readonly<Record<string, unknown>> = {}) {
  const notice = {
    payment_channel: 'MPesa',
    client_invoice_ref: reference,
    payment_reference: [
      {
        payment_reference: 'SAB1CD2EFG',
        payment_date: '2024-01-01T09:30:01',
        inserted_at: '2024-01-01T09:30:01',
        currency: 'KES',
        amount: '1900.00',
      },
    ],
    currency: 'KES',
    amount_paid: '1900.00',
    invoice_amount: '1900.00',
    status: 'settled',
    invoice_number: 'WQBGPWRR',
    payment_date: '2024-01-01 09:30:01Z',
    last_payment_amount: '1900.00',
    phone_number: '254700000001',
    ...changes,
  }
  const { client_invoice_ref, invoice_number, amount_paid, payment_date } = notice
  const hashed = `${client_invoice_ref}${invoice_number}${amount_paid}${payment_date}${credentials.apiSecret}`
  const body = JSON.stringify({ ...notice, secure_hash: guideHash(hashed) })
  return { body, headers: webhookHeaders(body, 'msg_1') }
}

export function webhookHeaders(
  body: string,
  id: string,
  at = Math.floor(Date.now() / 1000),
): Record<string, string> {
  const key = Buffer.from(credentials.webhookSecret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${signature}` }
}

/** The guide's hash: base64 of the lower-case hex of the HMAC. */
function guideHash(text: string): string {
  return Buffer.from(createHmac('sha256', credentials.apiKey).update(text).digest('hex')).toString('base64')
}

/** What the hash of a checkout must be, signed anew by the SDK over what was received. */
async function expectedHash(given: Taken, baseUrl: string): Promise<string> {
  const keys = { key: credentials.apiKey, secret: credentials.apiSecret }
  const { apiClientId, serviceId } = credentials
  const of = (name: string): string => given[name] ?? ''
  const signed = await pesaflow({ baseUrl, apiClientId, serviceId, keys }).signCheckout({
    reference: of('billRefNumber'),
    amount: of('amountExpected'),
    description: of('billDesc'),
    currency: of('currency'),
    payer: { name: of('clientName'), idNumber: of('clientIDNumber'), phone: of('clientMSISDN') },
    notificationUrl: of('notificationURL'),
    successUrl: of('callBackURLOnSuccess'),
  })
  return signed.secureHash
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
