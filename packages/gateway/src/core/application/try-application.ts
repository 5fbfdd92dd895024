import type { Tx } from '../../base/db.ts'
import { randomToken } from '../../base/secret.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { after, minutes, type Instant } from '../../base/time.ts'
import { recordAct } from '../audit/act.sql.ts'
import { dropKey, lendKey } from '../client/lent-key.sql.ts'
import type { KeyPair } from '../client/signatures.ts'
import type { Deps } from '../deps.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import { byMember, type Asker } from '../organization/member.ts'
import { refusal } from '../refusal.ts'
import type { Application } from './application.ts'
import { dropSecret, lendSecret, lockOwnApplication } from './own-application.sql.ts'

type Needs = Pick<Deps, 'db' | 'ids' | 'clock' | 'chance' | 'digests' | 'signatures'>

/** By what a try proves the application, in the way that it is registered for. */
export type LentProof =
  { readonly kind: 'secret'; readonly secret: string } | { readonly kind: 'key'; readonly key: KeyPair }

/**
 * Lends the console a proof of the application for as long as `use` takes, so that a try proves itself as the real program
 * does: a secret, or a key of which the public half counts as one of its own. We could not use what it has: of its secret
 * we have the hash alone, and of its key the public half. Should we die meanwhile, it ends by itself.
 */
export async function tryApplication<Outcome>(
  deps: Needs,
  asker: Asker,
  { organizationId, clientId, authMethod }: Pick<Application, 'organizationId' | 'clientId' | 'authMethod'>,
  use: (proof: LentProof) => Promise<Outcome>,
): Promise<Result<Outcome, MemberNo>> {
  const proof: LentProof =
    authMethod === 'private_key_jwt'
      ? { kind: 'key', key: await deps.signatures.newKey() }
      : { kind: 'secret', secret: `sec_${randomToken(deps.chance)}` }
  const lent = await deps.db.transaction(async (tx) => {
    const allowed = await checkMember(tx, organizationId, asker, 'applications.change')
    if (!allowed.ok) return allowed
    if (!(await lockOwnApplication(tx, organizationId, clientId)))
      return no(refusal('not_found', { field: 'application' }))
    await lend(deps, tx, clientId, proof)
    const about = { kind: 'application', id: clientId } as const
    const details = { lent: proof.kind }
    await recordAct(
      tx,
      { ...byMember(asker, organizationId), what: 'application.tried', about, details },
      deps,
    )
    return ok(null)
  })
  if (!lent.ok) return lent
  try {
    return ok(await use(proof))
  } finally {
    await takeBack(deps, clientId, proof)
  }
}

/** From now, and no longer than any step of a try takes. */
function timeOf({ clock }: Needs): { readonly at: Instant; readonly until: Instant } {
  const at = clock.now()
  return { at, until: after(at, minutes(2)) }
}

async function lend(deps: Needs, tx: Tx, clientId: string, proof: LentProof): Promise<void> {
  const time = timeOf(deps)
  if (proof.kind === 'key') await lendKey(tx, { clientId, ...proof.key }, time)
  else await lendSecret(tx, { clientId, hash: deps.digests.sha256(proof.secret), ...time })
}

async function takeBack({ db, digests }: Needs, clientId: string, proof: LentProof): Promise<void> {
  if (proof.kind === 'key') await dropKey(db, { clientId, kid: proof.key.kid })
  else await dropSecret(db, clientId, digests.sha256(proof.secret))
}
