import { within } from '../../base/db.ts'
import { no, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import { lockOrganization } from '../organization/member.sql.ts'
import { byMember, type Asker } from '../organization/member.ts'
import { isOverlap, overlaps } from '../organization/overlap.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { addWebhookSecret } from './add-webhook-secret.ts'
import { listWebhookSecrets } from './notice-settings.sql.ts'

type RotateNo = MemberNo | Refusal<'limit_reached' | 'field_invalid'>

/** Two may live at once: one signature for each stands in every notice. */
const mostAlive = 2

/** Gives a member's organization a new secret for its notices; those before it sign beside it for the overlap. */
export async function rotateWebhookSecret(
  deps: Deps,
  asker: Asker,
  { organizationId, overlap }: { readonly organizationId: string; readonly overlap: string },
): Promise<Result<{ readonly secret: string }, RotateNo>> {
  if (!isOverlap(overlap)) return no(refusal('field_invalid', { field: 'overlap' }))
  return await deps.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    const allowed = await checkMember(tx, organizationId, asker, 'keys.change')
    if (!allowed.ok) return allowed
    const alive = await listWebhookSecrets(tx, organizationId, deps.clock.now())
    if (alive.length >= mostAlive && overlaps[overlap].seconds > 0) {
      const because =
        'Two secrets sign already. Wait until the older one ends, or let all of them end at once.'
      return no(refusal('limit_reached', { field: 'overlap', because }))
    }
    const { by, requestId } = byMember(asker, organizationId)
    const asked = { organizationId, overlap: overlaps[overlap], by, requestId }
    return await addWebhookSecret({ ...deps, db: within(tx) }, asked)
  })
}
