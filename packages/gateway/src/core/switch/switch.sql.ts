import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { toDate, type Instant } from '../../base/time.ts'

const find = statement<{ readonly value: unknown }>('find_switch', 'select value from switch where name = $1')

/** What the switch was set to; null when nobody ever touched it. */
export async function findSwitch(tx: Tx, name: string): Promise<unknown> {
  return only(await tx.query(find, [name]))?.value ?? null
}

const save = statement<Row>(
  'save_switch',
  `insert into switch (name, value, changed_at) values ($1, $2::jsonb, $3)
   on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at
   where switch.value is distinct from excluded.value`,
)

export async function saveSwitch(tx: Tx, name: string, value: boolean, at: Instant): Promise<void> {
  await tx.query(save, [name, JSON.stringify(value), toDate(at)])
}
