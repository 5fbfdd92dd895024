import { only, statement, type Row, type Tx } from '../../base/db.ts'
import type { Factors } from './factor.ts'

type FactorsRow = Row & {
  readonly password: boolean
  readonly authenticator: boolean
  readonly passkeys: number
  readonly messages: number
  readonly recovery_codes: number
}

const find = statement<FactorsRow>(
  'factor_find',
  `select exists (select from credential where account_id = $1 and kind = 'password') as password,
     exists (select from authenticator where account_id = $1) as authenticator,
     (select count(*) from passkey where account_id = $1)::integer as passkeys,
     (select count(*) from message_factor where account_id = $1)::integer as messages,
     (select count(*) from recovery_code where account_id = $1 and used_at is null)::integer as recovery_codes`,
)

export async function findFactors(tx: Tx, accountId: string): Promise<Factors> {
  const row = only(await tx.query(find, [accountId]))
  return {
    password: row?.password ?? false,
    authenticator: row?.authenticator ?? false,
    passkeys: row?.passkeys ?? 0,
    messages: row?.messages ?? 0,
    recoveryCodes: row?.recovery_codes ?? 0,
  }
}

const lock = statement<Row & { id: string }>(
  'factor_lock',
  'select id from account where id = $1 for no key update',
)

/** Lets one change of an account's factors happen after the other: what is the last one depends on the rest. */
export async function lockFactors(tx: Tx, accountId: string): Promise<Factors> {
  await tx.query(lock, [accountId])
  return await findFactors(tx, accountId)
}
