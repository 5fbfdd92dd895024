/** An organization of the console that sells something, a bank that pays its bills, and the endpoint that is told. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { pesaflow } from '@lango/sdk'
import { createApiClient } from '../../../src/core/organization/create-api-client.ts'
import { addOrigin } from '../../../src/core/organization/add-origin.ts'
import { createOrganization } from '../../../src/core/organization/create-organization.ts'
import { createService } from '../../../src/core/organization/create-service.ts'
import { deliverNotices } from '../../../src/core/notice/deliver-notices.ts'
import { noticesOf } from '../../abuse/notice-desk.ts'
import { must } from '../../world.ts'
import type { Desk } from './desk.ts'

export type Received = { readonly body: string; readonly headers: IncomingHttpHeaders }
export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export type Receiver = {
  readonly url: string
  readonly received: readonly Received[]
  readonly answerWith: (answer: Answer) => void
  /** Raises a bill, pays it, and tells nobody yet. Returns the bill's number and its notice's id. */
  readonly pay: (reference: string, more?: Paid) => Promise<{ readonly number: string; readonly id: string }>
  /** Does what the job does: sends all that is due. */
  readonly deliver: () => Promise<void>
  readonly close: () => void
}

export type Paid = { readonly service?: string; readonly path?: string; readonly origin?: string }

export const services = { rates: '100016', permits: '100024' } as const

export async function openReceiver({ deps, organization: organizationId }: Desk): Promise<Receiver> {
  const received: Received[] = []
  let answer: Answer = { status: 200, body: '{"status":"ok"}' }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({ body: Buffer.concat(parts).toString(), headers: request.headers })
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
  must(await addOrigin(deps, { organizationId, origin: url }))
  for (const [name, code] of Object.entries(services)) {
    const feeRule = { kind: 'flat', fee: 500n } as const
    must(await createService(deps, { organizationId, code, name: `Land ${name}`, currency: 'KES', feeRule }))
  }
  const shop = must(await createApiClient(deps, { organizationId, role: 'merchant' }))
  const bankId = must(await createOrganization(deps, { name: 'Benki', origins: [] })).id
  const bank = must(
    await createApiClient(deps, { organizationId: bankId, role: 'aggregator', servesAll: true }),
  )
  const at = (client: typeof shop, serviceId: string = services.rates) =>
    pesaflow({
      baseUrl: deps.publicUrl,
      apiClientId: client.id,
      keys: { key: client.key, secret: client.secret },
      serviceId,
    })
  return {
    url,
    received,
    answerWith: (next) => {
      answer = next
    },
    pay: async (reference, { service = services.rates, path = '/ipn', origin = url } = {}) => {
      const { invoiceNumber } = await at(shop, service).checkout({
        reference,
        description: ' Plot 7 rates',
        amount: '100.00',
        payer: { name: 'Amina', idNumber: '12345678', phone: '254700000002', email: 'amina@example.com' },
        successUrl: `${url}/paid`,
        notificationUrl: origin + path,
      })
      await at(bank).confirm({
        reference: invoiceNumber,
        amount: '105.00',
        currency: 'KES',
        transactionId: `TX-${reference}`,
        transactionDate: new Date(),
        payerName: 'Amina',
        payerAccount: '254700000002',
      })
      const [newest] = (await noticesOf(deps, organizationId)).filter(
        ({ event }) => event.reference === reference,
      )
      return { number: invoiceNumber, id: newest?.id ?? '' }
    },
    deliver: async () => void (await deliverNotices(deps)),
    close: () => server.close(),
  }
}
