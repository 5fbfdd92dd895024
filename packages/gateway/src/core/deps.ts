/** All that a use case may reach: the ports, and what the house builds over them. `app.ts` fills it once. */
import type { Channel } from './attempt/channel.ts'
import type { InvoiceCreator } from './invoice/create-invoice.ts'
import type { InvoiceRouter } from './invoice/route-invoice.ts'
import type { ApiClient } from './organization/api-key.ts'
import type { SeenRequest } from './request-log/refused-request.ts'
import type { Refusal } from './refusal.ts'
import type { Signatures } from './client/signatures.ts'
import type { TokenSigner } from './signing-key/signing-key.ts'
import type { Announcer } from './notice/announcer.ts'
import type { Booked, Report } from './payment/report.ts'
import type {
  Messages,
  Net,
  OneTimeCodes,
  Passkeys,
  Passwords,
  Phones,
  Pictures,
  Ports,
  QrCodes,
} from './ports.ts'

export type Deps = Ports & {
  readonly mode: 'sandbox' | 'live'
  /** Our own address without a trailing slash: the issuer, and what links begin with. */
  readonly publicUrl: string
  readonly passwords: Passwords
  readonly phones: Phones
  readonly messages: Messages
  /** How many SMS may go to a country in a day, by its ISO code; one that is not listed gets none. */
  readonly smsCountries: ReadonlyMap<string, number>
  readonly passkeys: Passkeys
  readonly oneTimeCodes: OneTimeCodes
  readonly qrCodes: QrCodes
  readonly signer: TokenSigner
  readonly signatures: Signatures
  readonly net: Net
  readonly pictures: Pictures
  /** Ways to be paid, by id. */
  readonly channels: ReadonlyMap<string, Channel>
  /** How a notice is printed, by dialect. */
  readonly announcers: ReadonlyMap<string, Announcer>
  /** The operator's own organization: owns money whose home is not known. */
  readonly operatorId: string
  /** Books one report of money; concurrent calls share a transaction. */
  readonly book: (report: Report) => Promise<Booked>
  readonly findApiClient: (id: string) => Promise<ApiClient | null>
  readonly routeInvoice: InvoiceRouter
  readonly createInvoice: InvoiceCreator
  /** Keeps why somebody was refused, for the request log of who made the application; never waits. */
  readonly noteRefusal: (seen: SeenRequest, refusal: Refusal) => void
  /** Work that an answer does not wait for; a graceful stop does. */
  readonly background: (name: string, work: () => Promise<unknown>) => void
}
