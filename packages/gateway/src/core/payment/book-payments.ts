import { formatMoney, isCurrency, money } from '../../base/money.ts'
import type { Tx } from '../../base/db.ts'
import type { Ports } from '../ports.ts'
import { lockInvoices, type InvoiceKey } from '../invoice/invoice.sql.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { planBooking, type Claimed } from './booking.ts'
import { findEarlierPayments, saveBooking } from './booking.sql.ts'
import { claimPayments, findClaims, type Claim } from './claim.sql.ts'
import type { Booked, Report } from './report.ts'

/**
 * Books a batch of reports in one transaction: lock the invoices, claim the external ids, decide each in order, save
 * payments and all that follows from them. Answers in the order of the reports. What an id claimed before is
 * answered from the claim: `repeated` when the content is the same, `conflicting` when it is not.
 *
 * Every batch locks all of its invoices before it claims, both in the order of their keys, so that none waits for
 * another in a circle.
 */
export async function bookPayments(ports: Ports, reports: readonly Report[]): Promise<readonly Booked[]> {
  const wanted = reports.map((report) => ({ report, paymentId: ports.ids.next() }))
  return await ports.db.transaction(async (tx) => {
    // Started together, they are one journey to the database.
    const [invoices, ours] = await Promise.all([
      lockInvoices(tx, invoiceKeys(reports)),
      claimPayments(tx, wanted),
    ])
    const claimed = wanted.filter(({ paymentId }) => ours.has(paymentId))
    const others = await findClaims(
      tx,
      wanted.filter(({ paymentId }) => !ours.has(paymentId)),
    )
    if (claimed.length > 0) await bookClaimed(ports, tx, claimed, invoices)
    return wanted.map((one) => (ours.has(one.paymentId) ? booked(one) : remembered(one, others, ports)))
  })
}

async function bookClaimed(
  ports: Ports,
  tx: Tx,
  claimed: readonly Claimed[],
  invoices: readonly Invoice[],
): Promise<void> {
  const partly = invoices.filter((invoice) => invoice.state === 'partial')
  const now = ports.clock.now()
  const booking = planBooking(claimed, {
    now,
    nextId: ports.ids.next,
    invoices: new Map(invoices.map((invoice) => [invoice.id, invoice])),
    earlier: await findEarlierPayments(tx, partly, printMinor),
  })
  await saveBooking(tx, booking, now)
}

function invoiceKeys(reports: readonly Report[]): readonly InvoiceKey[] {
  return reports.flatMap(({ organizationId, invoiceId }) =>
    invoiceId === null ? [] : [{ organizationId, invoiceId }],
  )
}

function booked({ paymentId }: Claimed): Booked {
  return { kind: 'booked', paymentId }
}

/** A retry of the very call that booked it gets its first answer; anything else with this id is a repeat or a clash. */
function remembered({ report }: Claimed, claims: readonly Claim[], { digests }: Ports): Booked {
  const claim = claims.find((one) => one.source === report.source && one.externalId === report.externalId)
  if (claim === undefined) throw new Error(`the claim of ${report.source} ${report.externalId} vanished`)
  const { paymentId } = claim
  if (!digests.equal(claim.fingerprint, report.fingerprint)) return { kind: 'conflicting', paymentId }
  return { kind: claim.attemptId === report.attemptId ? 'booked' : 'repeated', paymentId }
}

function printMinor(minor: bigint, currency: string): string {
  if (!isCurrency(currency)) throw new Error(`unknown currency ${currency} in the ledger`)
  return formatMoney(money(minor, currency))
}
