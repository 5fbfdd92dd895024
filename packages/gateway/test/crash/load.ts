/** A bank that keeps confirming, remembers what was acknowledged, and asks again for what was not. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { pesaflow as wire } from '@lango/wire'
import { checkLedger } from '../../src/core/ledger/check-ledger.ts'
import type { Said } from '../merchant-desk.ts'
import { post, type Answer } from '../refusals/payment-cases.ts'
import type { World } from '../world.ts'

/** What the bank said, and whether it heard that it is booked. */
export type Confirm = { readonly said: Said; acknowledged: boolean }

export type Gateway = { readonly url: string; readonly kill: () => Promise<void> }

/** Starts a gateway process over a database. */
export async function startGateway(databaseUrl: string): Promise<Gateway> {
  const program = fileURLToPath(new URL('./gateway.fixture.ts', import.meta.url))
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env
  const child = spawn(process.execPath, [program, databaseUrl], { stdio: ['ignore', 'pipe', 'inherit'], env })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { url } = JSON.parse(line) as { readonly url: string }
  return {
    url,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

const confirmAt = async (url: string, said: Said): Promise<Answer | null> =>
  // A killed gateway cuts the connection, and what it was about to say is lost: null.
  await post(url + wire.paths.confirm, said).catch(() => null)

const isSuccess = (answer: Answer | null): boolean =>
  answer?.status === 200 && answer.body['description'] === 'Success'

/** Confirms one after the other in `lanes` lanes until `isOver`; nothing that it hears may say that money was lost. */
export async function load(
  url: string,
  next: () => Said,
  lanes: number,
  isOver: () => boolean,
): Promise<readonly Confirm[]> {
  const all: Confirm[] = []
  const lane = async (): Promise<void> => {
    while (!isOver()) {
      const confirm: Confirm = { said: next(), acknowledged: false }
      all.push(confirm)
      const answer = await confirmAt(url, confirm.said)
      confirm.acknowledged = isSuccess(answer)
      const heard = JSON.stringify(answer)
      assert.ok(
        answer === null || confirm.acknowledged || answer.status === 503,
        `neither Success nor "come back": ${heard}`,
      )
      if (!confirm.acknowledged) await sleep(20)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return all
}

/** Says everything again, acknowledged or not: each must be Success now. */
export async function resubmit(url: string, all: readonly Confirm[]): Promise<void> {
  for (let at = 0; at < all.length; at += 32) {
    const answers = await Promise.all(
      all.slice(at, at + 32).map(async ({ said }) => await confirmAt(url, said)),
    )
    for (const answer of answers) assert.ok(isSuccess(answer), JSON.stringify(answer))
  }
}

/** Holds the books against what the bank said: each payment once, each bill as paid as its payments, each told. */
export async function audit(world: World, all: readonly Confirm[]): Promise<void> {
  assert.deepEqual(await checkLedger(world.deps), [])
  const read = async <R extends Record<string, unknown>>(name: string, text: string): Promise<readonly R[]> =>
    await world.deps.db.query<R>({ name, text }, [])
  const booked = await read<{ id: string; amount: bigint; times: bigint }>(
    'audit_payments',
    `select external_id as id, sum(amount)::bigint as amount, count(*) as times from payment group by 1`,
  )
  const said = all.map(({ said: one }) => [one['gateway_transaction_id'], minor(one['amount']), 1n])
  const sorted = (rows: readonly (readonly unknown[])[]) => rows.map(String).toSorted()
  assert.deepEqual(sorted(booked.map(({ id, amount, times }) => [id, amount, times])), sorted(said))
  const bills = await read<{ number: string; paid: bigint; state: string; told: bigint; sequence: number }>(
    'audit_bills',
    `select i.number, i.paid, i.state, i.sequence, (select count(*) from notice n
       where n.organization_id = i.organization_id and n.invoice_id = i.id) as told
     from invoice i where i.paid > 0`,
  )
  for (const { number, paid, state, told, sequence } of bills) {
    const sum = all.reduce(
      (total, one) => (one.said['ref_no'] === number ? total + minor(one.said['amount']) : total),
      0n,
    )
    assert.equal(paid, sum < 10_500n ? sum : 10_500n, number)
    assert.equal(state, paid === 10_500n ? 'settled' : 'partial')
    assert.equal(told, BigInt(sequence), 'every payment of the bill left its notice')
  }
}

function minor(amount: string | undefined): bigint {
  return BigInt((amount ?? '').replace('.', ''))
}
