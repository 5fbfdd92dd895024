import { pesaflow } from '@lango/wire'
import type { Deps } from '../../core/deps.ts'
import type { Refusal, RefusalCode } from '../../core/refusal.ts'
import { json, type Reply } from '../../http/reply.ts'
import type { Refuse } from '../../http/route.ts'

/** `{error}` with a status (field-facts 2.5): checkout, status and token say no like this, always as JSON. */
export const refuseWithError = {
  body_unreadable: (refused) => error(400, refused, refused.because ?? 'the body cannot be read'),
  field_missing: (refused) => error(422, refused, named(refused)),
  field_invalid: (refused) => error(422, refused, named(refused)),
  field_repeated: (refused) => error(422, refused, named(refused)),
  hash_mismatch: (refused, _asked, deps) =>
    error(401, refused, pesaflow.errors.invalidHash, mendOf(refused, deps)),
  role_forbids: (refused) => error(403, refused, refused.because ?? 'this key may not do that'),
  bearer_invalid: (refused) => error(401, refused, 'the Bearer token is not valid'),
  credentials_invalid: (refused) => error(422, refused, 'the key or the secret is wrong'),
  service_unknown: (refused) => error(422, refused, 'serviceID: it is no service of this client'),
  service_paused: (refused) => error(422, refused, 'serviceID: this service takes no new bills for now'),
  currency_differs: (refused) =>
    error(422, refused, `currency: ${refused.because ?? 'it is not the one of the service'}`),
  origin_unregistered: (refused, _asked, deps) =>
    error(422, refused, `${refused.field ?? 'address'}: its origin is not registered`, mendOf(refused, deps)),
  reference_taken: () => json(422, { error: pesaflow.errors.referenceTaken }),
  invoice_unknown: (refused) => error(404, refused, pesaflow.errors.invoiceNotFound),
} satisfies Partial<Refuse<RefusalCode>>

/** `{status, description}`, with the HTTP status equal to it: banks read the body (seed "Payments"). */
export const refuseWithDescription = {
  body_unreadable: (refused) => described(400, refused.because ?? 'the body cannot be read'),
  field_missing: (refused) => described(400, named(refused)),
  field_invalid: (refused) => described(400, named(refused)),
  field_repeated: (refused) => described(400, named(refused)),
  hash_mismatch: (refused, _asked, deps) =>
    described(401, pesaflow.errors.invalidHash, mendMember(refused, deps)),
  role_forbids: (refused) => described(403, refused.because ?? 'this key may not do that'),
  invoice_unknown: () => described(404, pesaflow.outcomes.billNotFound.description),
  invoice_settled: (refused) => described(404, refused.because ?? 'Bill not payable'),
  currency_differs: (refused) => described(400, `currency: ${refused.because ?? 'not the one of the bill'}`),
  payment_conflicts: (refused) =>
    described(pesaflow.outcomes.failed.status, pesaflow.outcomes.failed.description, {
      reason: refused.because ?? '',
    }),
} satisfies Partial<Refuse<RefusalCode>>

/** The server-side invoice answers a missing right in a shape of its own (field-facts 2.5). */
export const refuseNotGranted: Refuse<'bearer_invalid'> = {
  bearer_invalid: () => json(401, { status: 401, message: pesaflow.errors.notGranted }),
}

function error(status: number, { field }: Refusal, text: string, mend?: unknown): Reply {
  return json(status, {
    error: text,
    ...(field === undefined ? {} : { field }),
    ...(mend === undefined ? {} : { mend }),
  })
}

function described(status: number, description: string, more: Readonly<Record<string, unknown>> = {}): Reply {
  return json(status, { status, description, ...more })
}

function named({ field, because }: Refusal): string {
  return `${field ?? 'body'}: ${because ?? 'it is not allowed'}`
}

function mendMember(refused: Refusal, deps: Deps): Readonly<Record<string, unknown>> {
  const mend = mendOf(refused, deps)
  return mend === undefined ? {} : { mend }
}

/** What to mend, in the sandbox only: an answer that tells how near a guess came is an oracle. */
function mendOf({ mend }: Refusal, { mode }: Deps): Readonly<Record<string, string>> | undefined {
  return mode === 'sandbox' ? mend : undefined
}
