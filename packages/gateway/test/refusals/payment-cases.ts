import { createHmac } from 'node:crypto'
import { pesaflow as wire, secureHash, type Keys, type Recipe } from '@lango/wire'
import { toDate } from '../../src/base/time.ts'
import { cancelUnpaid } from '../../src/core/invoice/invoice.sql.ts'
import { findInvoicesByReference } from '../../src/core/invoice/invoice.sql.ts'
import { buildTown, must, type Town, type TownOptions, type World } from '../world.ts'

/** What a bank sends: exact texts, signed as they stand. */
export type Said = Readonly<Record<string, string>>
export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

const mac = (key: string | Uint8Array, text: string): Uint8Array =>
  new Uint8Array(createHmac('sha256', key).update(text).digest())

function signed<Field extends string>(recipe: Recipe<Field>, said: Said, keys: Keys): Said {
  return { ...said, secure_hash: secureHash(recipe, said as Record<Field, string>, keys, mac) }
}

export async function post(url: string, body: unknown): Promise<Answer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}

/** Nairobi time in a confirm's form. */
export function nairobi(at: Date): string {
  return new Date(at.getTime() + 3 * 3600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** One stage for all cases: a merchant with bills in every state, its bank, and a bank that is not linked to it. */
export async function stage(world: World, options: TownOptions = {}) {
  const town = await buildTown(world.deps, { name: 'rates', ...options })
  const other = await buildTown(world.deps, { name: 'water' })
  const stranger = await buildTown(world.deps, { name: 'distant', servesAll: false })
  let count = 0

  async function bill(
    options: { readonly expired?: boolean; readonly quiet?: boolean } = {},
  ): Promise<string> {
    count += 1
    const now = world.deps.clock.now()
    const created = must(
      await world.deps.createInvoice({
        organization: { id: town.merchant.organizationId },
        service: {
          code: town.serviceCode,
          name: 'Land rates',
          currency: 'KES',
          feeRule: { kind: 'flat', fee: 500n },
        },
        apiClientId: town.merchant.apiClientId,
        reference: `BILL-${count}`,
        description: 'Plot 7',
        net: { minor: 10_000n, currency: 'KES' },
        payer: { name: 'Wanjiku Kamau', idNumber: '12345678', phone: '254700000001', email: '' },
        successUrl: `${town.shop}/paid`,
        notificationUrl: options.quiet === true ? '' : `${town.shop}/notices`,
        pictureUrl: '',
        dialect: 'pesaflow',
        frozen: [String(count)],
        expiresAt: options.expired === true ? { epochMs: now.epochMs - 1000 } : null,
      }),
    )
    return created.invoice.number
  }

  async function cancelled(): Promise<string> {
    const number = await bill()
    const reference = `BILL-${count}`
    const own = {
      organizationId: town.merchant.organizationId,
      apiClientId: town.merchant.apiClientId,
      reference,
    }
    const [invoice] = await findInvoicesByReference(world.deps.db, [own])
    await cancelUnpaid(world.deps.db, { organizationId: own.organizationId, invoiceId: invoice?.id ?? '' })
    return number
  }

  async function paid(amount = '105.00'): Promise<string> {
    const number = await bill()
    await confirm({ ref_no: number, amount })
    return number
  }

  const validating = (more: Said, as: Town['bank'] = town.bank): Said =>
    signed(
      wire.recipes.validate,
      { api_client_id: as.apiClientId, amount: '105.00', currency: 'KES', ...more },
      as.keys,
    )
  const confirming = (more: Said, as: Town['bank'] = town.bank): Said => {
    count += 1
    const said = {
      api_client_id: as.apiClientId,
      amount: '105.00',
      currency: 'KES',
      gateway_transaction_id: `TX-${count}`,
      gateway_transaction_date: nairobi(toDate(world.deps.clock.now())),
      customer_name: 'Wanjiku Kamau',
      customer_account_number: '254700000001',
      ...more,
    }
    return signed(wire.recipes.confirm, said, as.keys)
  }
  const validate = (more: Said, as?: Town['bank']) =>
    post(world.url + wire.paths.validate, validating(more, as))
  const confirm = (more: Said, as?: Town['bank']) =>
    post(world.url + wire.paths.confirm, confirming(more, as))
  const send = (path: string, body: unknown) => post(world.url + path, body)
  return {
    town,
    other,
    stranger,
    bill,
    cancelled,
    paid,
    validating,
    confirming,
    validate,
    confirm,
    send,
    world,
  }
}

export type Stage = Awaited<ReturnType<typeof stage>>
