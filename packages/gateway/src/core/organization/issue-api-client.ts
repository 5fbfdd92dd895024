import { within, type Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { settleOwnSwitches } from '../application/own-application.sql.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { insertLink } from './api-client.sql.ts'
import { apiClientRoles, type ApiClientRole } from './api-key.ts'
import { checkMember, type MemberNo } from './check-member.ts'
import { createApiClient, type CreatedApiClient } from './create-api-client.ts'
import { lockOrganization } from './member.sql.ts'
import { byMember, type Asker } from './member.ts'
import { nameFault, tidyName } from './name.ts'
import { countOwnClients } from './own-api-client.sql.ts'
import { quotaFault } from './quota.ts'

export type IssueApiClient = {
  readonly organizationId: string
  readonly name: string
  readonly role: string
}

type Needs = Pick<Deps, 'db' | 'ids' | 'clock' | 'chance' | 'digests' | 'vault' | 'log' | 'mode'>
type IssueNo = MemberNo | Refusal<'field_invalid' | 'limit_reached' | 'reference_taken'>

/** Makes a caller of the signed APIs by a member's form. Its id and keys are ours to choose, so none is ever short. */
export async function issueApiClient(
  deps: Needs,
  asker: Asker,
  asked: IssueApiClient,
): Promise<Result<CreatedApiClient, IssueNo>> {
  const { organizationId } = asked
  const name = tidyName(asked.name)
  const role = apiClientRoles.find((each) => each === asked.role)
  return await deps.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    const allowed = await checkMember(tx, organizationId, asker, 'keys.change')
    if (!allowed.ok) return allowed
    const wrong = nameFault(name)
    if (wrong !== null) return no(refusal('field_invalid', { field: 'name', because: wrong }))
    if (role === undefined)
      return no(refusal('field_invalid', { field: 'role', because: 'Choose what it is for.' }))
    const fault = await issueFault(deps, tx, { organizationId, role })
    if (fault !== null) return no(fault)
    const ports = { ...deps, db: within(tx) }
    const made = await createApiClient(ports, { ...byMember(asker, organizationId), name, role })
    if (!made.ok) return made
    // Its own bills and nobody else's, so that a bank's program can be tried whole where no money is real.
    if (role === 'aggregator' && deps.mode === 'sandbox') await insertLink(tx, made.value.id, organizationId)
    await settleOwnSwitches(tx, organizationId)
    return ok(made.value)
  })
}

/**
 * Where money is real nobody gives herself the right to say that money arrived: the first caller that confirms payments
 * is an operator's to make.
 */
async function issueFault(
  { mode }: Needs,
  tx: Tx,
  { organizationId, role }: { readonly organizationId: string; readonly role: ApiClientRole },
): Promise<Refusal<'field_invalid' | 'limit_reached'> | null> {
  const had = await countOwnClients(tx, organizationId)
  const limit = quotaFault('API clients', had.all)
  if (limit !== null) return refusal('limit_reached', { field: 'name', because: limit })
  return mode === 'live' && role === 'aggregator' && had.aggregators === 0
    ? refusal('field_invalid', {
        field: 'role',
        because: 'Keys that confirm payments are first given by an operator of this gateway. Ask for them.',
      })
    : null
}
