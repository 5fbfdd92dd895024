import { no, ok, type Result } from '../../base/result.ts'
import { after, type Seconds } from '../../base/time.ts'
import { recordAct } from '../audit/act.sql.ts'
import { operator, type Actor } from '../audit/act.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { isWebhookSecret, newWebhookSecret } from './signature.ts'
import { insertWebhookSecret, retireOtherSecrets } from './webhook-secret.sql.ts'

/** What webhook secrets are sealed for. */
export const webhookSecretPurpose = 'webhook-secret'

export type AddWebhookSecret = {
  readonly organizationId: string
  /** Given by whoever moves in (`whsec_…`); made here otherwise. */
  readonly secret?: string
  /** How long the secrets before it still sign beside it. */
  readonly overlap: Seconds
  /** Who adds it; whoever holds the machine, when nobody is named. */
  readonly by?: Actor
  /** Correlation id of the request, when there is one. */
  readonly requestId?: string
}

/** Gives an organization a (new) secret that signs its notices. Answers with it once; afterwards it exists only sealed. */
export async function addWebhookSecret(
  ports: Ports,
  asked: AddWebhookSecret,
): Promise<Result<{ readonly secret: string }, Refusal<'field_invalid'>>> {
  const secret = asked.secret ?? newWebhookSecret(ports.chance)
  if (!isWebhookSecret(secret)) {
    return no(
      refusal('field_invalid', { field: 'secret', because: 'whsec_ and the base64 of 24 to 64 bytes' }),
    )
  }
  const made = {
    organizationId: asked.organizationId,
    id: ports.ids.next(),
    sealed: ports.vault.seal(webhookSecretPurpose, secret),
  }
  const now = ports.clock.now()
  await ports.db.transaction(async (tx) => {
    await insertWebhookSecret(tx, made, now)
    await retireOtherSecrets(tx, made, after(now, asked.overlap))
    const { organizationId, by = operator, requestId = null } = asked
    const about = { kind: 'organization', id: organizationId } as const
    const details = { secret: made.id, overlapSeconds: asked.overlap.seconds }
    const act = { what: 'webhook-secret.added', by, about, organizationId, details, requestId } as const
    await recordAct(tx, act, ports)
  })
  return ok({ secret })
}
