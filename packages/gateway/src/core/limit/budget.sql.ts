import { statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'
import type { Draw } from './budget.ts'

const draw = statement<Row & { key: string }>(
  'sign_in_budget_draw',
  `insert into sign_in_budget as held (key, clear_at)
   select key, $4::timestamptz + refill * interval '1 second'
     from unnest($1::text[], $2::double precision[]) as wanted (key, refill) order by key
   on conflict (key) do update
     set clear_at = greatest(held.clear_at, $4) + (excluded.clear_at - $4)
     where greatest(held.clear_at, $4) + (excluded.clear_at - $4)
        <= $4 + (select most * interval '1 second' from unnest($1::text[], $3::double precision[]) as limits (key, most)
                  where limits.key = excluded.key)
   returning key`,
)

/**
 * Draws one try on each budget that still allows it, and returns the keys of those. Rows are locked in the order of
 * their keys until the transaction ends, so parallel tries are counted one after the other and none slips through.
 */
export async function drawTries(tx: Tx, draws: readonly Draw[], now: Instant): Promise<ReadonlySet<string>> {
  const rows = await tx.query(draw, [
    draws.map((one) => one.key),
    draws.map((one) => one.rule.refill.seconds),
    draws.map((one) => one.rule.refill.seconds * one.rule.burst),
    toDate(now),
  ])
  return new Set(rows.map((row) => row.key))
}

const giveBack = statement(
  'sign_in_budget_give_back',
  `update sign_in_budget set clear_at = clear_at - refill * interval '1 second'
     from unnest($1::text[], $2::double precision[]) as drawn (key, refill)
    where sign_in_budget.key = drawn.key`,
)

/** Takes a draw back: the try did not happen, or was right. */
export async function giveTriesBack(tx: Tx, draws: readonly Draw[]): Promise<void> {
  if (draws.length === 0) return
  await tx.query(giveBack, [draws.map((one) => one.key), draws.map((one) => one.rule.refill.seconds)])
}

const wait = statement<Row & { seconds: number }>(
  'sign_in_budget_wait',
  `select coalesce(max(extract(epoch from (clear_at + refill * interval '1 second'
            - most * interval '1 second' - $4::timestamptz))), 0)::double precision as seconds
     from unnest($1::text[], $2::double precision[], $3::double precision[]) as wanted (key, refill, most)
     join sign_in_budget using (key)`,
)

/** Seconds until each of these budgets allows one more try, at least 1. */
export async function secondsToWait(tx: Tx, draws: readonly Draw[], now: Instant): Promise<number> {
  const rows = await tx.query(wait, [
    draws.map((one) => one.key),
    draws.map((one) => one.rule.refill.seconds),
    draws.map((one) => one.rule.refill.seconds * one.rule.burst),
    toDate(now),
  ])
  return Math.max(1, Math.ceil(rows[0]?.seconds ?? 1))
}

const forget = statement<Row & { key: string }>(
  'sign_in_budget_forget',
  `delete from sign_in_budget
    where key = any (array(select key from sign_in_budget where clear_at < $1 limit $2 for update skip locked))
   returning key`,
)

/** Removes budgets that are full again, at most so many; a row that is not there means the same. Returns how many. */
export async function forgetFullBudgets(tx: Tx, now: Instant, most: number): Promise<number> {
  return (await tx.query(forget, [toDate(now), most])).length
}
