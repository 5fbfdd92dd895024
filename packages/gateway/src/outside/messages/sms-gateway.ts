import type { Answered, Messages, Net, Outgoing } from '../../core/ports.ts'
import type { Sent } from '../../core/message/message.ts'

/** An SMS gateway that is spoken to by HTTP. */
export type SmsGateway = {
  readonly shape: SmsShape
  readonly url: string
  readonly token: string
  /** Sender name or number; null: the gateway's own. */
  readonly from: string | null
}

export const smsShapes = ['json', 'africastalking'] as const
export type SmsShape = (typeof smsShapes)[number]

type Sms = Parameters<Messages['sendSms']>[0]

type Speech = {
  readonly ask: (gateway: SmsGateway, sms: Sms) => Pick<Outgoing, 'headers' | 'body'>
  /** Whether an answer of 2xx means that this SMS was taken. */
  readonly isTaken: (body: string) => boolean
}

/** How each kind of gateway wants to be asked. */
const speeches: Readonly<Record<SmsShape, Speech>> = {
  json: {
    ask: ({ token, from }, { id, to, text }) => ({
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'idempotency-key': id,
      },
      body: JSON.stringify({ to: `+${to}`, ...(from === null ? {} : { from }), text }),
    }),
    isTaken: () => true,
  },
  // The token is `username:key`. A refused number is told in a 201 whose recipient has another statusCode than 100–102.
  africastalking: {
    ask: ({ token, from }, { to, text }) => {
      const cut = token.indexOf(':')
      const fields = { username: token.slice(0, Math.max(0, cut)), to: `+${to}`, message: text }
      return {
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
          apikey: token.slice(cut + 1),
        },
        body: new URLSearchParams({ ...fields, ...(from === null ? {} : { from }) }).toString(),
      }
    },
    isTaken: (body) => /"statusCode"\s*:\s*10[012]\b/.test(body),
  },
}

export function openSmsGateway(gateway: SmsGateway, net: Net): Messages['sendSms'] {
  const { ask, isTaken } = speeches[gateway.shape]
  return async (sms) => {
    const answered = await net.send({
      method: 'POST',
      url: gateway.url,
      ...ask(gateway, sms),
      timeoutMs: 15_000,
      maxBytes: 64 * 1024,
      trust: 'configured',
    })
    return outcome(answered, isTaken)
  }
}

/** What the gateway says of the request itself is final; that it is busy, down or does not know us is not. */
function outcome(answered: Answered, isTaken: Speech['isTaken']): Sent {
  if (answered.kind === 'no-answer')
    return { kind: 'failed', because: `sms ${answered.because}`, final: false }
  const { status, body } = answered
  if (status >= 200 && status < 300) {
    if (isTaken(new TextDecoder().decode(body))) return { kind: 'sent' }
    return { kind: 'failed', because: `sms ${status} refused`, final: true }
  }
  const mayPass = status < 400 || status >= 500 || [401, 403, 408, 425, 429].includes(status)
  return { kind: 'failed', because: `sms ${status}`, final: !mayPass }
}
