import { within } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { checkHouseName } from '../organization/check-house-name.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import { lockOrganization } from '../organization/member.sql.ts'
import { byMember, type Asker } from '../organization/member.ts'
import { nameFault, tidyName } from '../organization/name.ts'
import { quotaFault } from '../organization/quota.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { applicationKinds } from './application.ts'
import { createApplication, type CreatedApplication, type RegistrationNeeds } from './create-application.ts'
import { countOwnApplications, settleOwnSwitches, updateLogo } from './own-application.sql.ts'
import { addressFaults, addressLines } from './own-application.ts'
import { encodeLogo } from './set-logo.ts'

export type RegisterApplication = {
  readonly organizationId: string
  readonly name: string
  readonly kind: string
  /** As typed, one address a line. */
  readonly redirectUris: string
  readonly logo: Uint8Array | null
}

type RegisterNo = MemberNo | Refusal<'field_invalid' | 'limit_reached' | 'reference_taken'>

/** Registers an application by a member's form: as strict as can be, whatever else the request may carry. */
export async function registerApplication(
  deps: RegistrationNeeds & Pick<Deps, 'pictures' | 'operatorId'>,
  asker: Asker,
  asked: RegisterApplication,
): Promise<Result<CreatedApplication, RegisterNo>> {
  const { organizationId } = asked
  const early = await checkMember(deps.db, organizationId, asker, 'applications.change')
  if (!early.ok) return early
  const kind = applicationKinds.find((each) => each === asked.kind)
  if (kind === undefined) return no(invalid('kind', 'Choose what it is.'))
  const name = tidyName(asked.name)
  const fault = nameFault(name) ?? (await checkHouseName(deps, deps.db, { name, organizationId }))
  if (fault !== null) return no(invalid('name', fault))
  const redirectUris = addressLines(asked.redirectUris)
  const addressFault = addressFaults(redirectUris, kind)
  if (addressFault !== null) return no(invalid('redirectUris', addressFault))
  const logo = await encodeLogo(deps, asked.logo)
  if (!logo.ok) return logo
  return await deps.db.transaction(async (tx) => {
    await lockOrganization(tx, organizationId)
    const allowed = await checkMember(tx, organizationId, asker, 'applications.change')
    if (!allowed.ok) return allowed
    const limit = quotaFault('applications', await countOwnApplications(tx, organizationId))
    if (limit !== null) return no(refusal('limit_reached', { field: 'name', because: limit }))
    const { by } = byMember(asker, organizationId)
    const made = await createApplication(
      { ...deps, db: within(tx) },
      { organizationId, name, kind, redirectUris, by },
    )
    if (!made.ok) return made
    if (logo.value !== null) await updateLogo(tx, organizationId, made.value.clientId, logo.value)
    await settleOwnSwitches(tx, organizationId)
    return ok(made.value)
  })
}

function invalid(field: string, because: string): Refusal<'field_invalid'> {
  return refusal('field_invalid', { field, because })
}
