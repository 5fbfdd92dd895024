/** An account that comes from an existing installation, beside the accounts that are here. */
import { refusal, type Refusal } from '../refusal.ts'
import { identifiersOf, type Account, type IdentifierKind } from './account.ts'
import type { CreateAccount } from './new-account.ts'

/** What of an account leads to it; the surest first. */
export type AccountKey = 'id' | 'number' | IdentifierKind

/** A key of the row that leads to somebody. */
export type Reached = { readonly key: AccountKey; readonly account: Account }

export type Standing =
  | { readonly kind: 'new' }
  /** It came before, and is left as its owner has it now. */
  | { readonly kind: 'there'; readonly accountId: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal<'field_invalid' | 'identifier_taken'> }

/** What the row is, given whom its keys lead to, the surest key first. Whoever is there is never changed. */
export function standingOf(wanted: CreateAccount, reached: readonly Reached[]): Standing {
  const [first, ...others] = reached
  if (first === undefined) return { kind: 'new' }
  const stranger = others.find(({ account }) => account.id !== first.account.id)
  if (stranger !== undefined) {
    return refused(stranger.key, `This leads to another account than the ${spoken[first.key]} of this row.`)
  }
  // Numbers are drawn at random here, so an account that shares nothing else is somebody else.
  if (first.key === 'number') return refused('number', 'Another account has this number: leave it out.')
  const { account } = first
  const differs = contradiction(wanted, account)
  if (differs === null) return { kind: 'there', accountId: account.id }
  return refused(
    differs,
    `The account with this ${spoken[first.key]} has ${differs === 'id_number' && account.idNumber === null ? 'none' : 'another'}: compare the two.`,
  )
}

const spoken: Readonly<Record<AccountKey, string>> = {
  id: 'id',
  number: 'number',
  id_number: 'id number',
  email: 'e-mail address',
  phone: 'phone number',
}

/** Addresses may have changed since; who somebody is does not. */
function contradiction(wanted: CreateAccount, account: Account): AccountKey | null {
  if (wanted.id !== undefined && wanted.id !== account.id) return 'id'
  if (wanted.number !== undefined && wanted.number !== account.number) return 'number'
  return wanted.idNumber !== null && wanted.idNumber !== account.idNumber ? 'id_number' : null
}

function refused(field: AccountKey, because: string): Standing {
  return { kind: 'refused', refusal: refusal('identifier_taken', { field, because }) }
}

/** What leads to it, the surest first, each as one text that no other key has. */
export function keysOf(
  wanted: Pick<CreateAccount, 'id' | 'number' | 'idNumber' | 'email' | 'phone'>,
): readonly { readonly key: AccountKey; readonly name: string }[] {
  const told = [
    ...(wanted.id === undefined ? [] : [{ kind: 'id', value: wanted.id } as const]),
    ...identifiersOf(wanted),
    ...(wanted.number === undefined ? [] : [{ kind: 'number', value: String(wanted.number) } as const]),
  ]
  return told.map(({ kind, value }) => ({ key: kind, name: `${kind} ${value}` }))
}
