/** Bills and reports for the tests of the rules about them. */
import { money, type Currency } from '../../base/money.ts'
import { instant } from '../../base/time.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { Report } from './report.ts'

export const now = instant(1_000_000)

export function bill(more: Partial<Invoice> = {}): Invoice {
  return {
    organizationId: 'org',
    id: 'bill',
    number: 'ABCDEFGH',
    reference: 'REF-1',
    apiClientId: 'shop',
    serviceCode: '124',
    currency: 'KES',
    net: 10_000n,
    commission: 500n,
    paid: 0n,
    state: 'pending',
    description: 'Rates',
    payer: { name: 'Wanjiku Kamau', idNumber: '1', phone: '254700000001', email: '' },
    successUrl: '',
    notificationUrl: 'https://shop.example/notices',
    dialect: 'any',
    contentHash: new Uint8Array(),
    pictureUrl: '',
    sequence: 0,
    paidAt: null,
    expiresAt: null,
    createdAt: instant(0),
    ...more,
  }
}

export function report(minor: bigint, more: Partial<Report> & { readonly currency?: Currency } = {}): Report {
  const { currency = 'KES', ...rest } = more
  return {
    source: 'bank',
    externalId: 'TX-1',
    fingerprint: new Uint8Array(),
    attemptId: 'attempt',
    organizationId: 'org',
    invoiceId: 'bill',
    money: money(minor, currency),
    channel: 'Bank',
    askedReference: 'ABCDEFGH',
    payerName: 'Wanjiku Kamau',
    payerAccount: '254700000001',
    paidAt: instant(900_000),
    homeless: null,
    ...rest,
  }
}
