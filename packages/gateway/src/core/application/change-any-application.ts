import { no, ok, type Result } from '../../base/result.ts'
import { operator } from '../audit/act.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findApplications } from './application.sql.ts'
import { saveChange, saveSwitch, type ChangeNeeds, type Own } from './change-application.ts'
import type { Allowance } from './allowance.ts'
import { canBeClientId } from './find-application.ts'
import { lockOwnApplication, type Changeable } from './own-application.sql.ts'

/** Lists by what comes and goes, so that nobody drops an address that he did not know of. */
export type Edit<Item> = { readonly add: readonly Item[]; readonly remove: readonly Item[] }

export type ChangeAnyApplication = {
  readonly clientId: string
  /** Null: stays. */
  readonly name: string | null
  readonly on: boolean | null
  readonly redirectUris: Edit<string>
  readonly postLogoutRedirectUris: Edit<string>
  readonly allowances: Edit<Allowance>
  /** What has one value; what is left out stays. */
  readonly to?: Partial<
    Pick<Changeable, 'authMethod' | 'jwks' | 'jwksUri' | 'idTokenAlg' | 'profile' | Bound>
  >
}

type Bound = 'requirePar' | 'dpopBound' | 'backchannelLogoutUri' | 'colour'

/** Fields that differ now, each with its new value. */
export type Changes = Readonly<Record<string, string>>

/**
 * Changes an application for whoever holds the machine: he asks no organization, and may switch allowances on, in a
 * live house too. The rules of registration hold for him as for members.
 */
export async function changeAnyApplication(
  deps: ChangeNeeds,
  asked: ChangeAnyApplication,
): Promise<Result<Changes, Refusal<'client_unknown' | 'field_invalid'>>> {
  const { clientId, name, on } = asked
  const because = `there is no application ${clientId}`
  const unknown = no(refusal('client_unknown', { field: 'clientId', because }))
  if (!canBeClientId(clientId)) return unknown
  return await deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const [owner] = await findApplications(tx, [clientId], now)
    if (owner === undefined || !(await lockOwnApplication(tx, owner.organizationId, clientId))) return unknown
    const [locked = owner] = await findApplications(tx, [clientId], now)
    const lists = listsOf(locked, asked)
    if (!lists.ok) return lists
    const to = { ...asked.to, ...lists.value, ...(name === null ? {} : { name }) }
    const edited = Object.keys(to).length > 0
    const changed = edited
      ? await saveChange(deps, tx, locked, { to, mayAllow: true, by: { by: operator } })
      : ok({})
    if (!changed.ok || on === null) return changed
    await saveSwitch(deps, tx, locked, { on, by: { by: operator } })
    return ok({ ...changed.value, switched: on ? 'on' : 'off' })
  })
}

type Lists = Partial<Pick<Own, 'redirectUris' | 'postLogoutRedirectUris' | 'allowances'>>

function listsOf(
  before: Own,
  { redirectUris, postLogoutRedirectUris, allowances }: ChangeAnyApplication,
): Result<Lists, Refusal<'field_invalid'>> {
  const browsers = edited('redirectUris', before.redirectUris, redirectUris)
  if (!browsers.ok) return browsers
  const logouts = edited('postLogoutRedirectUris', before.postLogoutRedirectUris, postLogoutRedirectUris)
  if (!logouts.ok) return logouts
  const allowed = edited('allowances', before.allowances, allowances)
  if (!allowed.ok) return allowed
  return ok({ ...browsers.value, ...logouts.value, ...allowed.value })
}

/** The list under its name; nothing where it stays. */
function edited<Name extends keyof Lists, Item extends string>(
  name: Name,
  before: readonly Item[],
  { add, remove }: Edit<Item>,
): Result<{ readonly [Key in Name]?: readonly Item[] }, Refusal<'field_invalid'>> {
  if (add.length + remove.length === 0) return ok({})
  const missing = remove.find((one) => !before.includes(one))
  if (missing !== undefined) {
    const because = `${missing} is not among them: ${before.join(', ') || 'there are none'}`
    return no(refusal('field_invalid', { field: name, because }))
  }
  const kept = before.filter((one) => !remove.includes(one))
  const list = [...new Set([...kept, ...add])]
  const named: { [Key in Name]?: readonly Item[] } = {}
  named[name] = list
  return ok(named)
}
