import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { lockAccount, saveProfile } from './account.sql.ts'
import { isLocked, type Gender } from './account.ts'
import { faultOfEdit, tidyName, type EditableAttributes } from './new-account.ts'
import type { Session } from '../session/session.ts'

export type UpdateProfile = EditableAttributes & { readonly gender: Gender | null }

/**
 * Changes what somebody says of herself. What an operator vouches for stays as it is, whatever a form sends: she is not
 * asked for it, and what comes all the same is passed over.
 */
export async function updateProfile(
  deps: Deps,
  { accountId }: Session,
  wanted: UpdateProfile,
): Promise<Result<null, Refusal<'field_invalid' | 'login_required'>>> {
  return await deps.db.transaction(async (tx) => {
    const account = await lockAccount(tx, accountId)
    if (account === null) return no(refusal('login_required'))
    const names = isLocked(account, 'names') ? account : wanted
    const after = {
      firstName: tidyName(names.firstName),
      lastName: tidyName(names.lastName),
      surname: names.surname === null || names.surname.trim() === '' ? null : tidyName(names.surname),
      gender: isLocked(account, 'gender') ? account.gender : wanted.gender,
      bornOn: isLocked(account, 'born_on') ? account.bornOn : wanted.bornOn,
    }
    const fault = faultOfEdit(after)
    if (fault !== null) return no(fault)
    // What was empty and is filled in by its owner is nothing that an operator vouched for.
    const vouched = account.vouched.filter((each) => isLocked(account, each))
    await saveProfile(tx, accountId, { ...after, vouched })
    const her = { kind: 'account', id: accountId } as const
    await recordAct(tx, { what: 'account.profile-changed', by: her, about: her }, deps)
    return ok(null)
  })
}
