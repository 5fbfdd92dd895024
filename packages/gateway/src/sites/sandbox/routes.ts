import type { Route } from '../../http/route.ts'
import { bankRoutes } from './bank.ts'
import { inboxRoutes } from './inbox.ts'
import { messageRoutes } from './messages.ts'
import type { SandboxOptions } from './options.ts'
import { overviewRoutes } from './overview.ts'
import { phoneRoutes } from './phone.ts'

/** The other side of a payment, to be played by hand. Absent in live mode: its addresses are then unknown. */
export function routes(options: SandboxOptions): readonly Route[] {
  return [
    ...overviewRoutes(options),
    ...phoneRoutes(options),
    ...bankRoutes(options),
    ...inboxRoutes(options),
    ...messageRoutes(),
  ]
}
