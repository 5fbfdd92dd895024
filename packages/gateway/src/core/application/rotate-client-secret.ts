import { no, ok, type Result } from '../../base/result.ts'
import { after, type Seconds } from '../../base/time.ts'
import { operator, type Actor } from '../audit/act.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { isPublic } from './application.ts'
import { addSecret, findApplications, retireOtherSecrets } from './application.sql.ts'
import { hasSecret, newSecret, secretFault, secretWarnings } from './client-secret.ts'
import type { CreatedApplication } from './create-application.ts'

/** A new secret; the others live on for `overlap`, so that both sides can change over without a gap. */
export async function rotateClientSecret(
  ports: Ports,
  asked: {
    readonly clientId: string
    readonly overlap: Seconds
    readonly clientSecret?: string
    /** Who rotates it; by default whoever holds the machine. */
    readonly by?: Actor
  },
): Promise<Result<CreatedApplication, Refusal<'client_unknown' | 'field_invalid'>>> {
  const secret = asked.clientSecret ?? newSecret(ports.chance)
  const now = ports.clock.now()
  return await ports.db.transaction(async (tx) => {
    const [application] = await findApplications(tx, [asked.clientId], now)
    if (application === undefined) {
      return no(
        refusal('client_unknown', {
          field: 'clientId',
          because: `there is no application ${asked.clientId}`,
        }),
      )
    }
    if (!hasSecret(application)) {
      const because = isPublic(application)
        ? 'A public application has no secret.'
        : 'It proves itself by keys and has no secret: change its keys.'
      return no(refusal('field_invalid', { field: 'clientId', because }))
    }
    const fault = secretFault(application, secret)
    if (fault !== null) return no(refusal('field_invalid', { field: 'clientSecret', because: fault }))
    const hash = ports.digests.sha256(secret)
    await addSecret(tx, asked.clientId, hash, now)
    await retireOtherSecrets(tx, asked.clientId, hash, after(now, asked.overlap))
    const by = asked.by ?? operator
    const about = { kind: 'application', id: asked.clientId } as const
    const { organizationId } = application
    await recordAct(tx, { what: 'application.secret-rotated', by, about, organizationId }, ports)
    return ok({ clientId: asked.clientId, clientSecret: secret, warnings: secretWarnings(secret) })
  })
}
