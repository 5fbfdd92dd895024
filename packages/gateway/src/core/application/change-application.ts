import { within, type Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Act } from '../audit/act.ts'
import type { Deps } from '../deps.ts'
import { checkHouseName } from '../organization/check-house-name.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import { byMember, type Asker } from '../organization/member.ts'
import { nameFault, tidyName } from '../organization/name.ts'
import { overlaps, type Overlap } from '../organization/overlap.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { ApplicationWithSecrets } from './application.ts'
import { findApplications } from './application.sql.ts'
import { unfit, type CreatedApplication, type RegistrationNeeds } from './create-application.ts'
import { canBeClientId } from './find-application.ts'
import {
  lockOwnApplication,
  settleOwnSwitches,
  updateOwnApplication,
  updatePause,
  type Changeable,
} from './own-application.sql.ts'
import { addressFaults, readsOnWhite } from './own-application.ts'
import { sectorOf } from './registration.ts'
import { rotateClientSecret } from './rotate-client-secret.ts'

export type ApplicationKey = { readonly organizationId: string; readonly clientId: string }
export type ChangeApplication = ApplicationKey & { readonly to: Partial<Omit<Changeable, 'sector'>> }

type ChangeNo = MemberNo | Refusal<'field_invalid'>
export type ChangeNeeds = RegistrationNeeds & Pick<Deps, 'db' | 'ids' | 'clock' | 'mode'>

/** Changes what is registered, under the rules of registration. Takes hold at once: the protocol reads it anew each time. */
export async function changeApplication(
  deps: ChangeNeeds & Pick<Deps, 'operatorId'>,
  asker: Asker,
  { organizationId, clientId, to }: ChangeApplication,
): Promise<Result<null, ChangeNo>> {
  return await deps.db.transaction(async (tx) => {
    const found = await lockOwn(deps, tx, asker, { organizationId, clientId })
    if (!found.ok) return found
    const name = tidyName(to.name ?? found.value.name)
    // One that has the name already keeps it: an operator gave it, by the command line.
    const fault = name === found.value.name ? null : await checkHouseName(deps, tx, { name, organizationId })
    if (fault !== null) return no(refusal('field_invalid', { field: 'name', because: fault }))
    const mayAllow = deps.mode !== 'live'
    const changed = await saveChange(deps, tx, found.value, {
      to,
      mayAllow,
      by: byMember(asker, organizationId),
    })
    return changed.ok ? ok(null) : changed
  })
}

type Change = Pick<ChangeApplication, 'to'> & {
  /** Whether further departures from the strict defaults may be switched on. */
  readonly mayAllow: boolean
  readonly by: Pick<Act, 'by' | 'requestId'>
}

/** Saves and records a change of an application that is locked. Returns which fields differ, by their new values. */
export async function saveChange(
  deps: ChangeNeeds,
  tx: Tx,
  { secrets: _secrets, ...before }: Own,
  { to, mayAllow, by }: Change,
): Promise<Result<Readonly<Record<string, string>>, Refusal<'field_invalid'>>> {
  const { clientId, organizationId } = before
  const wanted = { ...before, ...to, name: tidyName(to.name ?? before.name) }
  const sector = before.subjectType === 'pairwise' ? (before.sector ?? sectorOf(wanted.redirectUris)) : null
  const after = { ...wanted, sector }
  const fault = ownFault(mayAllow, before, after) ?? (await unfit(deps, after))
  if (fault !== null) return no(fault)
  await updateOwnApplication(tx, organizationId, clientId, after)
  const about = { kind: 'application', id: clientId } as const
  const details = changesOf(before, after)
  await recordAct(tx, { ...by, organizationId, what: 'application.changed', about, details }, deps)
  return ok(details)
}

export type Own = ApplicationWithSecrets
type Plain = Omit<Own, 'secrets'>

async function lockOwn(
  deps: ChangeNeeds,
  tx: Tx,
  asker: Asker,
  { organizationId, clientId }: ApplicationKey,
): Promise<Result<Own, MemberNo>> {
  const allowed = await checkMember(tx, organizationId, asker, 'applications.change')
  if (!allowed.ok) return allowed
  const missing = no(refusal('not_found', { field: 'application' }))
  if (!canBeClientId(clientId) || !(await lockOwnApplication(tx, organizationId, clientId))) return missing
  const [application] = await findApplications(tx, [clientId], deps.clock.now())
  return application === undefined ? missing : ok(application)
}

/** What the console asks beyond the rules of registration. */
function ownFault(
  mayAllow: boolean,
  before: Plain,
  { name, kind, redirectUris, postLogoutRedirectUris, allowances, colour }: Plain,
): Refusal<'field_invalid'> | null {
  const invalid = (field: string, because: string) => refusal('field_invalid', { field, because })
  const wrong = nameFault(name)
  if (wrong !== null) return invalid('name', wrong)
  const redirect = addressFaults(redirectUris, kind)
  if (redirect !== null) return invalid('redirectUris', redirect)
  const logout = addressFaults(postLogoutRedirectUris, kind)
  if (logout !== null) return invalid('postLogoutRedirectUris', logout)
  if (colour !== null && /^#[0-9a-f]{6}$/.test(colour) && !readsOnWhite(colour))
    return invalid(
      'colour',
      'White letters on it cannot be read: choose a darker one (contrast 4.5 to 1, WCAG 1.4.3).',
    )
  const added = allowances.find((each) => !before.allowances.includes(each))
  return !mayAllow && added !== undefined
    ? invalid(
        'allowances',
        `Only an operator of this gateway can switch on ${added}. Ask for it with the reason.`,
      )
    : null
}

/** Which fields differ, as an auditor reads them: lists by what came and went, all else by its new value. */
function changesOf(before: Plain, after: Plain): Readonly<Record<string, string>> {
  const names = Object.keys(before) as (keyof Plain)[]
  return Object.fromEntries(
    names.flatMap((name) => {
      const [was, is] = [JSON.stringify(before[name]), JSON.stringify(after[name])]
      return was === is ? [] : [[name, is.slice(0, 500)]]
    }),
  )
}

/** A new secret; the old ones end after the overlap. */
export async function rotateOwnSecret(
  deps: ChangeNeeds,
  asker: Asker,
  { overlap, ...key }: ApplicationKey & { readonly overlap: Overlap },
): Promise<Result<CreatedApplication, ChangeNo | Refusal<'client_unknown'>>> {
  return await deps.db.transaction(async (tx) => {
    const found = await lockOwn(deps, tx, asker, key)
    if (!found.ok) return found
    const { by } = byMember(asker, key.organizationId)
    const asked = { clientId: key.clientId, overlap: overlaps[overlap], by }
    return await rotateClientSecret({ ...deps, db: within(tx) }, asked)
  })
}

/** Switches the application off or on again. Off, its tokens are dead from the same moment. */
export async function pauseApplication(
  deps: ChangeNeeds,
  asker: Asker,
  { on, ...key }: ApplicationKey & { readonly on: boolean },
): Promise<Result<null, ChangeNo>> {
  return await deps.db.transaction(async (tx) => {
    const found = await lockOwn(deps, tx, asker, key)
    if (!found.ok) return found
    await saveSwitch(deps, tx, key, { on, by: byMember(asker, key.organizationId) })
    return ok(null)
  })
}

/** Turns and records the switch of an application that is locked. */
export async function saveSwitch(
  deps: Pick<ChangeNeeds, 'clock' | 'ids'>,
  tx: Tx,
  { organizationId, clientId }: ApplicationKey,
  { on, by }: { readonly on: boolean } & Pick<Change, 'by'>,
): Promise<void> {
  await updatePause(tx, organizationId, clientId, on ? null : deps.clock.now())
  await settleOwnSwitches(tx, organizationId)
  const about = { kind: 'application', id: clientId } as const
  const what = on ? 'application.resumed' : 'application.paused'
  await recordAct(tx, { ...by, organizationId, what, about }, deps)
}
