import type { Fields } from '../fields.ts'
import type { Result } from '../result.ts'
import { accept, refuse } from '../result.ts'
import { isStamp } from '../nairobi.ts'
import type { DarajaError } from './errors.ts'
import { badField, errors } from './errors.ts'
import type { ResultCode } from './results.ts'
import type { ShortCode } from './settings.ts'

/** An STK push that Daraja takes on. `amount` is in whole shillings. */
export type StkRequest = {
  readonly merchant: ShortCode
  readonly transactionType: string
  readonly amount: number
  readonly partyB: string
  readonly msisdn: string
  readonly callbackUrl: string
  readonly accountReference: string
  readonly description: string
}

/** Words that Safaricom's filter refuses anywhere in a callback address, whatever their case. */
const forbiddenInAddresses = ['mpesa', 'm-pesa', 'safaricom', 'exe', 'exec', 'cmd', 'sql', 'query']

/** What M-PESA moves at most in one transaction, in shillings. */
const mostShillings = 250_000

/** More than this does not fit the SIM toolkit's screen. */
const longestMessage = 182

const transactionTypes = { CustomerPayBillOnline: 'paybill', CustomerBuyGoodsOnline: 'till' } as const

type Check = readonly [field: string, holds: (text: string) => boolean]

const credentials: readonly Check[] = [
  ['BusinessShortCode', (text) => /^\d{5,7}$/.test(text)],
  ['Password', (text) => text !== ''],
  ['Timestamp', isStamp],
]

const push: readonly Check[] = [
  ...credentials,
  ['TransactionType', (text) => Object.hasOwn(transactionTypes, text)],
  ['Amount', (text) => /^[1-9]\d{0,8}$/.test(text)],
  ['PartyA', isSubscriber],
  ['PartyB', (text) => /^\d{5,7}$/.test(text)],
  ['PhoneNumber', isSubscriber],
  ['CallBackURL', isCallbackAddress],
  ['AccountReference', (text) => text.length >= 1 && text.length <= 12],
  ['TransactionDesc', (text) => text.length >= 1 && text.length <= 13],
]

/**
 * Reads an STK push as Daraja does: every field in turn, then the merchant, then the password.
 *
 * @source providers.md 2.3, STK push
 */
export function parsePush(fields: Fields, merchants: readonly ShortCode[]): Result<StkRequest, DarajaError> {
  const wrong = firstWrong(fields, push)
  if (wrong !== null) return refuse(wrong)
  const merchant = authenticated(fields, merchants)
  if (!merchant.ok) return merchant
  return accept({
    merchant: merchant.value,
    transactionType: text(fields, 'TransactionType'),
    amount: Number(text(fields, 'Amount')),
    partyB: text(fields, 'PartyB'),
    // PartyA and PhoneNumber may differ on the wire; the prompt goes to PhoneNumber.
    msisdn: text(fields, 'PhoneNumber'),
    callbackUrl: text(fields, 'CallBackURL'),
    accountReference: text(fields, 'AccountReference'),
    description: text(fields, 'TransactionDesc'),
  })
}

/** Reads a status query: the credentials and the CheckoutRequestID it asks about. */
export function parseQuery(fields: Fields, merchants: readonly ShortCode[]): Result<string, DarajaError> {
  const wrong = firstWrong(fields, [...credentials, ['CheckoutRequestID', (id) => /^ws_CO_\d+$/.test(id)]])
  if (wrong !== null) return refuse(wrong)
  const merchant = authenticated(fields, merchants)
  return merchant.ok ? accept(text(fields, 'CheckoutRequestID')) : merchant
}

/** What the phone shows. */
export function promptMessage(request: StkRequest): string {
  const { amount, merchant, accountReference } = request
  return `Do you want to pay KES ${amount} to ${merchant.payee} Account no. ${accountReference}?`
}

/** An end that is certain before the phone rings: M-PESA accepts such a request and says no in the callback. */
export function endsBeforePhone(request: StkRequest): ResultCode | null {
  const product = transactionTypes[request.transactionType as keyof typeof transactionTypes]
  if (product !== request.merchant.kind) return 2028
  if (request.partyB !== request.merchant.partyB) return 'SFC_IC0003'
  if (request.amount > mostShillings) return 3
  return promptMessage(request).length > longestMessage ? 1025 : null
}

function firstWrong(fields: Fields, checks: readonly Check[]): DarajaError | null {
  for (const [field, holds] of checks) {
    if (!holds(text(fields, field))) return badField(field)
  }
  return null
}

function authenticated(fields: Fields, merchants: readonly ShortCode[]): Result<ShortCode, DarajaError> {
  const shortCode = text(fields, 'BusinessShortCode')
  const merchant = merchants.find((known) => known.shortCode === shortCode)
  if (merchant === undefined) return refuse(errors.noMerchant)
  const expected = Buffer.from(shortCode + merchant.passkey + text(fields, 'Timestamp')).toString('base64')
  return text(fields, 'Password') === expected ? accept(merchant) : refuse(errors.badCredentials)
}

/** Daraja takes strings and numbers alike; whatever else stands there counts as missing. */
function text(fields: Fields, field: string): string {
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function isSubscriber(text: string): boolean {
  return /^254[17]\d{8}$/.test(text)
}

function isCallbackAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  if (!['http:', 'https:'].includes(protocol) || username !== '' || password !== '') return false
  return !forbiddenInAddresses.some((word) => text.toLowerCase().includes(word))
}
