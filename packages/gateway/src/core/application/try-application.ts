import { randomToken } from '../../base/secret.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { after, minutes } from '../../base/time.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import { byMember, type Asker } from '../organization/member.ts'
import { refusal } from '../refusal.ts'
import type { ApplicationKey } from './change-application.ts'
import { dropSecret, lendSecret, lockOwnApplication } from './own-application.sql.ts'

type Needs = Pick<Deps, 'db' | 'ids' | 'clock' | 'chance' | 'digests'>

/**
 * Lends the console a secret of the application for as long as `use` takes, so that a try proves itself as the real
 * program does. We could not use its own: of that we have the hash alone. Should we die meanwhile, it ends by itself.
 */
export async function tryApplication<Outcome>(
  deps: Needs,
  asker: Asker,
  { organizationId, clientId }: ApplicationKey,
  use: (secret: string) => Promise<Outcome>,
): Promise<Result<Outcome, MemberNo>> {
  const secret = `sec_${randomToken(deps.chance)}`
  const hash = deps.digests.sha256(secret)
  const lent = await deps.db.transaction(async (tx) => {
    const allowed = await checkMember(tx, organizationId, asker, 'applications.change')
    if (!allowed.ok) return allowed
    if (!(await lockOwnApplication(tx, organizationId, clientId)))
      return no(refusal('not_found', { field: 'application' }))
    const now = deps.clock.now()
    await lendSecret(tx, { clientId, hash, at: now, until: after(now, minutes(2)) })
    const about = { kind: 'application', id: clientId } as const
    await recordAct(tx, { ...byMember(asker, organizationId), what: 'application.tried', about }, deps)
    return ok(null)
  })
  if (!lent.ok) return lent
  try {
    return ok(await use(secret))
  } finally {
    await dropSecret(deps.db, clientId, hash)
  }
}
