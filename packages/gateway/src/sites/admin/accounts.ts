import { isBefore } from '../../base/time.ts'
import { no, ok } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { listActs } from '../../core/audit/list-acts.ts'
import {
  accountName,
  isEmail,
  isIdNumber,
  maskedIdNumber,
  normalEmail,
  normalIdNumber,
  type Identifier,
} from '../../core/account/account.ts'
import {
  changeAccount,
  searchAccounts,
  viewWatchedAccount,
  type AccountDeed,
} from '../../core/account/search-accounts.ts'
import { may } from '../../core/organization/role.ts'
import { removeLostFactors, withdrawFactorRemoval } from '../../core/factor/remove-lost-factors.ts'
import { requestFactorRemoval } from '../../core/factor/request-factor-removal.ts'
import { viewOperator } from '../../core/organization/check-operator.ts'
import { refusal } from '../../core/refusal.ts'
import type { Route } from '../../http/route.ts'
import { searchPage, watchedPage, type WatchedProps } from '../../pages/admin/accounts.ts'
import { uuidParam } from '../site.ts'
import { adminRoutes, type AdminScreen } from './screen.ts'

const search: AdminScreen<null> = {
  path: '/admin/accounts',
  load: async (deps, here) => {
    const desk = await viewOperator(deps, here.asker, 'house.accounts')
    return desk.ok ? ok(null) : desk
  },
  page: searchPage,
}

const watched: AdminScreen<WatchedProps> = {
  path: '/admin/accounts/:account',
  load: async (deps, here) => {
    const id = uuidParam(here, 'account')
    if (!id.ok) return id
    const desk = await viewOperator(deps, here.asker, 'house.accounts')
    if (!desk.ok) return desk
    const accountId = id.value
    const because = here.query('because')
    if (because === '') return ok({ kind: 'closed', accountId })
    const found = await viewWatchedAccount(deps, here.asker, { accountId, because })
    if (!found.ok) return found.refusal.code === 'field_invalid' ? ok({ kind: 'closed', accountId }) : found
    const { account, sessions, memberships, guarded, removal } = found.value
    const wanted = {
      organizationId: null,
      what: null,
      byId: null,
      aboutId: accountId,
      behind: null,
      most: 20,
    }
    const acts = await listActs(deps, here.asker, { ...wanted, as: 'operator' })
    return ok({
      kind: 'open',
      accountId,
      because,
      mayChange: may(desk.value.role, 'house.accounts.change'),
      name: accountName(account),
      idNumber: account.idNumber === null ? '' : maskedIdNumber(account.idNumber),
      email: account.email,
      phone: account.phone,
      active: account.active,
      sessions: sessions.length,
      memberships,
      guarded,
      removal: removal === null ? null : { ...removal, isDue: !isBefore(deps.clock.now(), removal.dueAt) },
      acts: acts.ok ? acts.value : [],
    })
  },
  page: watchedPage,
}

const removals = {
  ask: requestFactorRemoval,
  finish: removeLostFactors,
  withdraw: withdrawFactorRemoval,
} as const

const deeds: readonly AccountDeed[] = ['disable', 'enable', 'sign-out']

export const accountRoutes: readonly Route[] = [
  ...adminRoutes(search, [
    {
      path: search.path,
      act: async (deps, here, sent) => {
        const because = sent.text('because')
        const found = await searchAccounts(deps, here.asker, {
          any: identifiersIn(deps, sent.text('who')),
          because,
        })
        return found.ok ? ok(addressOf(found.value.accountId, because)) : found
      },
    },
  ]),
  ...adminRoutes(watched, [
    {
      path: watched.path,
      act: async (deps, here, sent) => {
        const id = uuidParam(here, 'account')
        if (!id.ok) return id
        const deed = deeds.find((each) => each === sent.text('deed'))
        if (deed === undefined) return no(refusal('field_invalid', { field: 'deed' }))
        const because = sent.text('because')
        const done = await changeAccount(deps, here.asker, { accountId: id.value, deed, because })
        return done.ok ? ok(`${addressOf(id.value, because)}&note=decided`) : done
      },
    },
    {
      path: `${watched.path}/factors`,
      act: async (deps, here, sent) => {
        const id = uuidParam(here, 'account')
        if (!id.ok) return id
        const deed = (['ask', 'finish', 'withdraw'] as const).find((each) => each === sent.text('deed'))
        if (deed === undefined) return no(refusal('field_invalid', { field: 'deed' }))
        const because = sent.text('because')
        const done = await removals[deed](deps, here.asker, { accountId: id.value, because })
        return done.ok ? ok(`${addressOf(id.value, because)}&note=decided`) : done
      },
    },
  ]),
]

function addressOf(accountId: string, because: string): string {
  return `/admin/accounts/${accountId}?${new URLSearchParams({ because }).toString()}`
}

/** Whatever the text may be of: an account is found by exactly what it has. */
function identifiersIn({ phones }: Pick<Deps, 'phones'>, typed: string): readonly Identifier[] {
  const [email, phone, idNumber] = [normalEmail(typed), phones.read(typed), normalIdNumber(typed)]
  return [
    ...(isEmail(email) ? [{ kind: 'email', value: email } as const] : []),
    ...(phone === null ? [] : [{ kind: 'phone', value: phone } as const]),
    ...(isIdNumber(idNumber) ? [{ kind: 'id_number', value: idNumber } as const] : []),
  ]
}
