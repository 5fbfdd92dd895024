import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { masked } from '../../base/secret.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { ActName } from '../audit/act.ts'
import type { Deps } from '../deps.ts'
import { checkOperator, viewGuard, type OperatorNo } from '../organization/check-operator.ts'
import { findOpenRemoval } from '../factor/factor-removal.sql.ts'
import { isLapsed, type FactorRemoval } from '../factor/factor-removal.ts'
import { findMemberships, type Membership } from '../organization/member.sql.ts'
import { byOperator, reasonFault, type Operator } from '../organization/member.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Account, Identifier } from './account.ts'
import { findAccount, findAccountId } from './account.sql.ts'
import { updateActive } from './account-switch.sql.ts'
import { endSessions, listSessions, revokeAllFamilies } from '../session/session.sql.ts'
import type { StoredSession } from '../session/session.ts'

type Needs = Pick<Deps, 'db' | 'ids' | 'clock' | 'mode' | 'operatorId'>
type AccountNo = OperatorNo | Refusal<'field_invalid' | 'not_found'>

/** Finds an account by something that its owner said, for a reason that is recorded whether it is found or not. */
export async function searchAccounts(
  deps: Needs,
  asker: Operator,
  { any, because }: { readonly any: readonly Identifier[]; readonly because: string },
): Promise<Result<{ readonly accountId: string }, AccountNo>> {
  return await deps.db.transaction(async (tx) => {
    const allowed = await checkOperator(deps, tx, asker, 'house.accounts')
    if (!allowed.ok) return allowed
    const fault = reasonFault(because)
    if (fault !== null) return no(refusal('field_invalid', { field: 'because', because: fault }))
    const accountId = any.length === 0 ? null : await findAccountId(tx, any)
    const searched = masked(any[0]?.value ?? '', 2, 2)
    const about = accountId === null ? null : ({ kind: 'account', id: accountId } as const)
    const details = { because, searched, found: accountId !== null }
    await recordAct(tx, { ...byOperator(asker, null), what: 'account.searched', about, details }, deps)
    return accountId === null
      ? no(
          refusal('field_invalid', {
            field: 'who',
            because: 'No account has exactly this e-mail address, phone or id number.',
          }),
        )
      : ok({ accountId })
  })
}

export type WatchedAccount = {
  readonly account: Account
  readonly sessions: readonly StoredSession[]
  readonly memberships: readonly Membership[]
  /** Whether there is a second factor that could be lost, and the request to take them off that waits. */
  readonly guarded: boolean
  readonly removal: FactorRemoval | null
}

/** All that an operator may see of an account; that she looked, and why, is recorded first. */
export async function viewWatchedAccount(
  deps: Needs,
  asker: Operator,
  { accountId, because }: { readonly accountId: string; readonly because: string },
): Promise<Result<WatchedAccount, AccountNo>> {
  return await deps.db.transaction(async (tx) => {
    const found = await touch(deps, tx, asker, {
      accountId,
      because,
      what: 'account.viewed',
      needs: 'house.accounts',
    })
    if (!found.ok) return found
    const [sessions, memberships] = [
      await listSessions(tx, accountId, deps.clock.now()),
      await findMemberships(tx, accountId),
    ]
    const { guarded } = await viewGuard({ db: tx }, { accountId })
    const open = await findOpenRemoval(tx, accountId)
    const removal = open === null || isLapsed(open, deps.clock.now()) ? null : open
    return ok({ account: found.value, sessions, memberships, guarded, removal })
  })
}

export type AccountDeed = 'disable' | 'enable' | 'sign-out'

const deeds = {
  disable: 'account.disabled',
  enable: 'account.enabled',
  'sign-out': 'account.signed-out',
} as const satisfies Readonly<Record<AccountDeed, ActName>>

/** Closes an account, opens it again, or ends all its sessions and the tokens that came of them. */
export async function changeAccount(
  deps: Needs,
  asker: Operator,
  asked: { readonly accountId: string; readonly deed: AccountDeed; readonly because: string },
): Promise<Result<null, AccountNo>> {
  const { accountId, deed, because } = asked
  return await deps.db.transaction(async (tx) => {
    const found = await touch(deps, tx, asker, {
      accountId,
      because,
      what: deeds[deed],
      needs: 'house.accounts.change',
    })
    if (!found.ok) return found
    if (deed === 'disable' && accountId === asker.accountId)
      return no(
        refusal('field_invalid', { field: 'deed', because: 'You cannot close your own account here.' }),
      )
    if (deed !== 'sign-out') await updateActive(tx, accountId, deed === 'enable')
    if (deed !== 'enable') {
      const now = deps.clock.now()
      await endSessions(tx, accountId, null, now)
      await revokeAllFamilies(tx, accountId, 'operator', now)
    }
    return ok(null)
  })
}

type Touch = {
  readonly accountId: string
  readonly because: string
  readonly what: ActName
  readonly needs: 'house.accounts' | 'house.accounts.change'
}

/** Who asks, whether she gave a reason, whether there is such an account; and the act that tells of it. */
async function touch(
  deps: Needs,
  tx: Tx,
  asker: Operator,
  { accountId, because, what, needs }: Touch,
): Promise<Result<Account, AccountNo>> {
  const allowed = await checkOperator(deps, tx, asker, needs)
  if (!allowed.ok) return allowed
  const fault = reasonFault(because)
  if (fault !== null) return no(refusal('field_invalid', { field: 'because', because: fault }))
  const account = await findAccount(tx, accountId)
  if (account === null) return no(refusal('not_found', { field: 'account' }))
  const about = { kind: 'account', id: accountId } as const
  await recordAct(tx, { ...byOperator(asker, null), what, about, details: { because } }, deps)
  return ok(account)
}
