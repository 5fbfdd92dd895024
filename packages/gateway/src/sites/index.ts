import type { Route } from '../http/route.ts'
import { routes as account } from './account/routes.ts'
import { routes as admin } from './admin/routes.ts'
import { routes as assets } from './assets/routes.ts'
import { routes as callbacks } from './callbacks/routes.ts'
import { routes as checkout } from './checkout/routes.ts'
import { routes as console } from './console/routes.ts'
import { routes as device } from './device/routes.ts'
import { routes as docs, type DocsOptions } from './docs/routes.ts'
import { printFault } from './fault.ts'
import { routes as ops, type OpsOptions } from './ops/routes.ts'
import type { SandboxOptions } from './sandbox/options.ts'
import { routes as sandbox } from './sandbox/routes.ts'
import { routes as signIn } from './signin/routes.ts'

export type SitesOptions = {
  readonly docs: DocsOptions
  readonly ops: OpsOptions
  /** Null where there is no sandbox: then its pages do not exist. */
  readonly sandbox: SandboxOptions | null
}

/** Everything that people and providers meet beside the dialects. */
export function sites(options: SitesOptions): readonly Route[] {
  return [
    ...assets,
    ...checkout,
    ...signIn,
    ...device,
    ...account,
    ...console,
    ...admin,
    ...callbacks,
    ...docs(options.docs),
    ...ops(options.ops),
    ...(options.sandbox === null ? [] : sandbox(options.sandbox)),
  ]
}

export { printFault }
export type { SandboxOptions }
