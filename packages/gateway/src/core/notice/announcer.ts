import type { ApiKey } from '../organization/api-key.ts'
import type { Digests } from '../ports.ts'
import type { InvoiceEvent } from './event.ts'

/** How a dialect prints an event for a merchant. The body must be the same bytes at every try. */
export type Announcer = (event: InvoiceEvent, keys: readonly ApiKey[], digests: Digests) => Announcement

export type Announcement = {
  readonly contentType: string
  readonly body: string
}
