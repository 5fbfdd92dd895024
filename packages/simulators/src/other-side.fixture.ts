import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import type { DarajaSettings, ManualClock } from './index.ts'
import { defaultSettings, manualClock, startSimulators } from './index.ts'
import { nairobiStamp } from './nairobi.ts'

/** 2019-12-19 10:20:36 in Nairobi, the moment of the provider's own sample. */
export const sampleMoment = Date.parse('2019-12-19T10:20:36+03:00')

export type Side = {
  readonly url: string
  readonly clock: ManualClock
  /** A merchant's callback receiver; bodies in the order of arrival. */
  readonly callbackUrl: string
  readonly received: readonly string[]
  readonly arrives: (count: number) => Promise<readonly string[]>
  readonly token: () => Promise<string>
  readonly push: (changes?: Readonly<Record<string, unknown>>) => Promise<Answered>
  readonly query: (checkoutRequestId: string) => Promise<Answered>
  readonly control: (method: string, path: string, body?: unknown) => Promise<Answered>
}

export type Answered = {
  readonly status: number
  readonly text: string
  readonly json: Record<string, unknown>
}

/** Starts simulators on a clock that stands still, and a receiver for callbacks. */
export async function otherSide(
  t: TestContext,
  daraja: Partial<DarajaSettings> = {},
  seed = 'a seed',
): Promise<Side> {
  const clock = manualClock(sampleMoment)
  const simulators = await startSimulators({ port: 0, seed, clock, daraja })
  t.after(simulators.close)
  const { callbackUrl, received, arrives } = await receiver(t)
  const ask = async (method: string, path: string, headers: Record<string, string>, body?: unknown) => {
    const answer = await fetch(simulators.url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, text, json: parsed(text) }
  }
  const basic = `${defaultSettings.consumerKey}:${defaultSettings.consumerSecret}`
  const token = async (): Promise<string> => {
    const authorization = `Basic ${Buffer.from(basic).toString('base64')}`
    const answer = await ask('GET', '/daraja/oauth/v1/generate?grant_type=client_credentials', {
      authorization,
    })
    return String(answer.json['access_token'])
  }
  const bearing = async (path: string, body: unknown): Promise<Answered> =>
    ask('POST', path, { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' }, body)
  return {
    url: simulators.url,
    clock,
    callbackUrl,
    received,
    arrives,
    token,
    push: (changes = {}) =>
      bearing('/daraja/mpesa/stkpush/v1/processrequest', {
        ...credentials(clock.now()),
        TransactionType: 'CustomerPayBillOnline',
        Amount: '105',
        PartyA: '254712000001',
        PartyB: '174379',
        PhoneNumber: '254712000001',
        CallBackURL: callbackUrl,
        AccountReference: 'WQBGPWRR',
        TransactionDesc: 'Lango',
        ...changes,
      }),
    query: (checkoutRequestId) =>
      bearing('/daraja/mpesa/stkpushquery/v1/query', {
        ...credentials(clock.now()),
        CheckoutRequestID: checkoutRequestId,
      }),
    control: (method, path, body) =>
      ask(method, `/control${path}`, { 'content-type': 'application/json' }, body),
  }
}

export function credentials(now: number, shortCode = '174379', passkey = 'sandbox-passkey') {
  const timestamp = nairobiStamp(now)
  return {
    BusinessShortCode: Number(shortCode),
    Password: Buffer.from(shortCode + passkey + timestamp).toString('base64'),
    Timestamp: timestamp,
  }
}

async function receiver(t: TestContext) {
  const received: string[] = []
  let look = (): void => undefined
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      received.push(body)
      response.end('{"ResultCode":0}')
      look()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const arrives = (count: number): Promise<readonly string[]> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`${received.length} of ${count} callbacks arrived`)),
        3_000,
      )
      look = () => {
        if (received.length < count) return
        clearTimeout(late)
        resolve(received)
      }
      look()
    })
  return { callbackUrl: `http://127.0.0.1:${port}/channels/till/0f1e2d`, received, arrives }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
