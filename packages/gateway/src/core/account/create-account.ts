import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Chance } from '../../base/id.ts'
import { recordAct } from '../audit/act.sql.ts'
import { operator } from '../audit/act.ts'
import type { Passwords, Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { identifiersOf, vouchable, type Account } from './account.ts'
import { claimIdentifiers, findAccount, insertAccount, releaseIdentifiers } from './account.sql.ts'
import { savePassword } from './credential.sql.ts'
import { printKeptHash, readKeptHash } from './kept-hash.ts'
import { faultOfAccount, tidyAccount, type CreateAccount } from './new-account.ts'
import { pickPassword } from './pick-password.ts'

export type { CreateAccount }

type Needs = Ports & { readonly passwords: Passwords }

export async function createAccount(
  deps: Needs,
  command: CreateAccount,
): Promise<Result<Account, Refusal<'field_invalid' | 'identifier_taken' | 'password_weak'>>> {
  const prepared = await prepareAccount(deps, command)
  if (!prepared.ok) return prepared
  return await deps.db.transaction(async (tx) => await saveAccount(deps, tx, prepared.value))
}

/** All that can be refused without looking at other accounts, and the slow hash, before a transaction begins. */
export type PreparedAccount = { readonly wanted: CreateAccount; readonly hash: string | null }

export async function prepareAccount(
  deps: { readonly passwords: Passwords },
  command: CreateAccount,
): Promise<Result<PreparedAccount, Refusal<'field_invalid' | 'password_weak'>>> {
  const wanted = tidyAccount(command)
  const fault = faultOfAccount(wanted)
  if (fault !== null) return no(fault)
  if (wanted.password === null) return keptHash(wanted)
  const hash = await pickPassword(deps, wanted.password, identifiersOf(wanted))
  return hash.ok ? ok({ wanted, hash: hash.value }) : hash
}

function keptHash(wanted: CreateAccount): Result<PreparedAccount, Refusal<'field_invalid'>> {
  if (wanted.passwordHash === undefined) return ok({ wanted, hash: null })
  const kept = readKeptHash(wanted.passwordHash)
  if (!kept.ok) return no(refusal('field_invalid', { field: 'password_hash', because: kept.refusal }))
  return ok({ wanted, hash: printKeptHash(kept.value) })
}

/** Makes the account in a transaction that may hold more; a refusal leaves nothing behind in it. */
export async function saveAccount(
  deps: Ports,
  tx: Tx,
  { wanted, hash }: PreparedAccount,
): Promise<Result<Account, Refusal<'identifier_taken'>>> {
  const id = wanted.id ?? deps.ids.next()
  const identifiers = identifiersOf(wanted)
  const claimed = await claimIdentifiers(tx, id, identifiers)
  const taken = identifiers.find((one) => !claimed.has(one.kind))
  const account = taken === undefined ? await insertNumbered(deps, tx, wanted, id) : null
  if (account === null) {
    await releaseIdentifiers(
      tx,
      id,
      identifiers.filter((one) => claimed.has(one.kind)),
    )
    return no(refusal('identifier_taken', { field: taken?.kind ?? (await takenKey(tx, wanted)) }))
  }
  if (hash !== null) await savePassword(tx, id, hash, account.createdAt)
  const about = { kind: 'account', id } as const
  const by = wanted.by === 'self' ? about : (wanted.by ?? operator)
  await recordAct(tx, { what: 'account.created', by, about }, deps)
  return ok(account)
}

/** Numbers are random, so that they tell nothing; two accounts meet in one number about never, and then draw again. */
async function insertNumbered(
  deps: Ports,
  tx: Tx,
  wanted: CreateAccount,
  id: string,
): Promise<Account | null> {
  const { password: _password, passwordHash: _hash, by: _by, ...attributes } = wanted
  const vouched = wanted.vouched ?? vouchable
  for (let tries = wanted.number === undefined ? 8 : 1; tries > 0; tries -= 1) {
    const number = wanted.number ?? randomNumber(deps.chance)
    const createdAt = deps.clock.now()
    const account: Account = { ...attributes, vouched, id, number, active: true, createdAt }
    if (await insertAccount(tx, account)) return account
  }
  return null
}

function randomNumber(chance: Chance): number {
  const [a = 0, b = 0, c = 0, d = 0] = chance.bytes(4)
  return ((a & 0x7f) << 24) | (b << 16) | (c << 8) | d || 1
}

async function takenKey(tx: Tx, wanted: CreateAccount): Promise<'id' | 'number'> {
  return wanted.id !== undefined && (await findAccount(tx, wanted.id)) !== null ? 'id' : 'number'
}
