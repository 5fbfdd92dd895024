import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import { operator } from '../audit/act.ts'
import type { Passwords, Ports } from '../ports.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { identifiersOf, type Account } from './account.ts'
import { findAccounts, findAccountsByNumber, findHolders } from './account.sql.ts'
import { prepareAccount, saveAccount, type PreparedAccount } from './create-account.ts'
import { keysOf, standingOf, type Reached, type Standing } from './imported-account.ts'
import type { CreateAccount } from './new-account.ts'

type Needs = Ports & { readonly passwords: Passwords }

/** A row that could be read, or why it could not. */
export type ImportRow = Result<CreateAccount, Refusal<'field_invalid'>>

export type Imported =
  { readonly kind: 'made'; readonly accountId: string } | Exclude<Standing, { readonly kind: 'new' }>

/** As many rows as one transaction may hold: its locks are short, and a gateway beside it hardly notices. */
export const mostRowsAtOnce = 200

/**
 * Brings some rows in, in one transaction; the answers stand in the order of the rows. A row whose account is there
 * changes nothing, so that an import may be run again. Dry, it reads and writes nothing.
 */
export async function importAccounts(
  deps: Needs,
  rows: readonly ImportRow[],
  { dry }: { readonly dry: boolean },
): Promise<readonly Imported[]> {
  const prepared = await Promise.all(rows.map(async (row) => await prepare(deps, row)))
  return await deps.db.transaction(async (tx) => {
    const here = await findHere(tx, prepared)
    const answers: Imported[] = []
    for (const row of prepared) {
      const answer = row.ok ? await bringIn(deps, tx, { row: row.value, here, dry }) : refused(row.refusal)
      answers.push(answer)
    }
    return answers
  })
}

/** The end of a whole file, for the audit trail; each account has its own act already. */
export async function recordImport(
  deps: Ports,
  counts: { readonly made: number; readonly there: number; readonly refused: number },
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await recordAct(tx, { what: 'accounts.imported', by: operator, about: null, details: counts }, deps)
  })
}

type Prepared = Result<PreparedAccount, Refusal<'field_invalid'>>

async function prepare(deps: Needs, row: ImportRow): Promise<Prepared> {
  if (!row.ok) return row
  if (row.value.password !== null) throw new Error('a file brings hashes, never passwords')
  const prepared = await prepareAccount(deps, row.value)
  if (!prepared.ok) {
    const { field, because } = prepared.refusal
    return no(refusal('field_invalid', { ...(field && { field }), ...(because && { because }) }))
  }
  return identifiersOf(prepared.value.wanted).length > 0
    ? ok(prepared.value)
    : no(
        refusal('field_invalid', {
          field: 'email',
          because: 'give an id number, an e-mail address or a phone number: nobody could sign in',
        }),
      )
}

/** Who is here, by the names of keys. Rows that are made join it, so that the next row of the same person finds her. */
type Here = Map<string, Account>

async function findHere(tx: Tx, rows: readonly Prepared[]): Promise<Here> {
  const wanted = rows.flatMap((row) => (row.ok ? [row.value.wanted] : []))
  const holders = await findHolders(tx, wanted.flatMap(identifiersOf))
  const ids = wanted.flatMap(({ id }) => (id === undefined ? [] : [id]))
  const numbers = wanted.flatMap(({ number }) => (number === undefined ? [] : [number]))
  const found = [
    ...(await findAccounts(tx, [...ids, ...holders.map(({ accountId }) => accountId)])),
    ...(await findAccountsByNumber(tx, numbers)),
  ]
  const byId = new Map(found.map((account) => [account.id, account]))
  const here: Here = new Map()
  for (const account of found) {
    here.set(`id ${account.id}`, account)
    here.set(`number ${account.number}`, account)
  }
  for (const { kind, value, accountId } of holders) {
    const account = byId.get(accountId)
    if (account !== undefined) here.set(`${kind} ${value}`, account)
  }
  return here
}

async function bringIn(
  deps: Needs,
  tx: Tx,
  { row, here, dry }: { readonly row: PreparedAccount; readonly here: Here; readonly dry: boolean },
): Promise<Imported> {
  const keys = keysOf(row.wanted)
  const reached = keys.flatMap(({ key, name }): readonly Reached[] => {
    const account = here.get(name)
    return account === undefined ? [] : [{ key, account }]
  })
  const standing = standingOf(row.wanted, reached)
  if (standing.kind !== 'new') return standing
  const made = dry ? ok(rehearsed(deps, row)) : await saveAccount(deps, tx, row)
  if (!made.ok) return refused(made.refusal)
  for (const { name } of keysOf(made.value)) here.set(name, made.value)
  return { kind: 'made', accountId: made.value.id }
}

/** What would be there, for the rows after it. */
function rehearsed(deps: Needs, { wanted }: PreparedAccount): Account {
  const { password: _password, passwordHash: _hash, by: _by, vouched = [], ...attributes } = wanted
  const id = wanted.id ?? deps.ids.next()
  return { ...attributes, vouched, id, number: wanted.number ?? 0, active: true, createdAt: deps.clock.now() }
}

function refused(because: Refusal<'field_invalid' | 'identifier_taken'>): Imported {
  return { kind: 'refused', refusal: because }
}
