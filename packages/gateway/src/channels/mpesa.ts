/** M-PESA Express: a prompt on the payer's phone, through Safaricom's Daraja (STK push). */
import { parseMoney, type Money } from '../base/money.ts'
import { no, ok, type Result } from '../base/result.ts'
import { parseNairobi, type Instant } from '../base/time.ts'
import type { Attempt, Heard, Outcome, Started } from '../core/attempt/attempt.ts'
import type { Channel, ChannelWorld } from '../core/attempt/channel.ts'
import { refusal, type Refusal } from '../core/refusal.ts'
import { callDaraja, merchantProof, readDarajaSettings, type DarajaSettings } from './families/daraja.ts'
import { advice, failureOf, refusalOf } from './families/daraja-results.ts'
import { asList, asMembers, readMembers, textIn, type Members } from './families/provider-json.ts'

/** What M-PESA moves at most in one transaction. */
const most = 250_000n * 100n

export const mpesa: Channel = {
  id: 'mpesa',
  alias: 'till',
  label: { en: 'M-PESA', sw: 'M-PESA', fr: 'M-PESA' },
  noticeName: 'MPesa',
  asks: [
    {
      name: 'phone',
      label: {
        en: 'Your M-PESA phone number',
        sw: 'Namba yako ya simu ya M-PESA',
        fr: 'Votre numéro M-PESA',
      },
      hint: {
        en: 'A Safaricom number like 0712 345 678.',
        sw: 'Namba ya Safaricom kama 0712 345 678.',
        fr: 'Un numéro Safaricom, comme 0712 345 678.',
      },
      accepts: (phone) => /^254[17][0-9]{8}$/.test(phone),
    },
  ],
  acknowledgement: { ResultCode: 0, ResultDesc: 'Accepted' },
  carries: wholeShillings,
  open: (settings) => {
    const read = readDarajaSettings(settings)
    if (!read.ok) return read
    return ok({
      start: async (attempt, callbackUrl, world) => await push(read.value, world, { attempt, callbackUrl }),
      read: readCallback,
      ask: async (_attempt, providerId, world) => await query(read.value, world, providerId),
    })
  },
  advice,
}

function wholeShillings(amount: Money): Result<Money, Refusal<'channel_refused'>> {
  const refuse = (because: string) => no(refusal('channel_refused', { field: 'amount', because }))
  if (amount.currency !== 'KES') return refuse('M-PESA carries Kenyan shillings only')
  if (amount.minor % 100n !== 0n) return refuse('M-PESA carries whole shillings only')
  if (amount.minor < 100n || amount.minor > most)
    return refuse('M-PESA carries 1 to 250,000 shillings at once')
  return ok(amount)
}

const transactionTypes = { paybill: 'CustomerPayBillOnline', till: 'CustomerBuyGoodsOnline' } as const

/** The prompt stays on the phone for about a minute: before that there is nothing to ask about. */
const askAfterSeconds = 60

async function push(
  settings: DarajaSettings,
  world: ChannelWorld,
  { attempt, callbackUrl }: { readonly attempt: Attempt; readonly callbackUrl: string },
): Promise<Started> {
  const answer = await callDaraja(settings, world, {
    path: '/mpesa/stkpush/v1/processrequest',
    timeoutMs: 25_000,
    body: {
      ...merchantProof(settings, world.clock.now()),
      TransactionType: transactionTypes[settings.type],
      Amount: (attempt.amount.minor / 100n).toString(),
      PartyA: attempt.payerPhone,
      PartyB: settings.partyB,
      PhoneNumber: attempt.payerPhone,
      CallBackURL: callbackUrl,
      AccountReference: attempt.invoiceNumber.slice(0, 12),
      TransactionDesc: plainly(attempt.description),
    },
  })
  if (answer.kind === 'unsent') return { kind: 'failed', outcome: 'not-reached', because: answer.because }
  if (answer.kind === 'unclear') return { kind: 'unknown', because: answer.because }
  if (answer.kind === 'refused') {
    return { kind: 'failed', outcome: refusalOf(answer), because: `${answer.code} ${answer.message}` }
  }
  const { members } = answer
  const providerId = textIn(members, 'CheckoutRequestID')
  const code = textIn(members, 'ResponseCode')
  if (code === '0' && isRequestId(providerId)) {
    return { kind: 'waiting', providerId, detail: detailOf(members), askAfterSeconds }
  }
  const because = `ResponseCode ${code} ${textIn(members, 'ResponseDescription')}`
  return code === '0' || code === ''
    ? { kind: 'unknown', because }
    : { kind: 'failed', outcome: 'refused', because }
}

/** What Safaricom's support asks for. */
function detailOf(members: Members): Attempt['detail'] {
  return { merchantRequestId: textIn(members, 'MerchantRequestID').slice(0, 100) }
}

/** At most 13 plain characters, because a prompt that is too long is refused (1025). */
function plainly(description: string): string {
  const plain = description
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9 ]/g, '')
    .replaceAll(/ +/g, ' ')
    .trim()
  return plain.slice(0, 13).trim() || 'Bill'
}

/**
 * Asks how a prompt ended. Success has no receipt here, so it cannot be booked: the receipt comes with the callback.
 * While Daraja works on it the answer is an error (500.001.1001), and every error means: ask later.
 */
async function query(settings: DarajaSettings, world: ChannelWorld, providerId: string): Promise<Outcome> {
  const answer = await callDaraja(settings, world, {
    path: '/mpesa/stkpushquery/v1/query',
    timeoutMs: 15_000,
    body: { ...merchantProof(settings, world.clock.now()), CheckoutRequestID: providerId },
  })
  if (answer.kind === 'refused') return pending(`${answer.code} ${answer.message}`)
  if (answer.kind !== 'accepted') return pending(answer.because)
  const { members } = answer
  if (textIn(members, 'CheckoutRequestID') !== providerId) return pending('an answer about another prompt')
  const code = textIn(members, 'ResultCode')
  return code === '0' ? { kind: 'paid-without-receipt' } : unpaid(code)
}

/** Reads the one message that ends a prompt. Amounts, dates and phones are JSON numbers in it. */
function readCallback(body: string): Result<Heard, Refusal<'field_invalid'>> {
  const callback = asMembers(asMembers(readMembers(body)?.['Body'])?.['stkCallback'])
  const providerId = textIn(callback, 'CheckoutRequestID')
  const code = textIn(callback, 'ResultCode')
  if (!isRequestId(providerId)) return broken('CheckoutRequestID')
  if (code === '') return broken('ResultCode')
  if (code !== '0') return ok({ providerId, outcome: unpaid(code) })
  const items = itemsOf(callback)
  const amount = parseMoney(items.get('Amount') ?? '', 'KES')
  const externalId = items.get('MpesaReceiptNumber') ?? ''
  if (!amount.ok) return broken('Amount')
  if (!/^[A-Z0-9]{6,20}$/.test(externalId)) return broken('MpesaReceiptNumber')
  const payerAccount = (items.get('PhoneNumber') ?? '').slice(0, 40)
  const paidAt = readStamp(items.get('TransactionDate') ?? '')
  return ok({
    providerId,
    outcome: { kind: 'paid', money: { externalId, amount: amount.value, payerAccount, paidAt } },
  })
}

/** `CallbackMetadata.Item` is a list of names and values; one without a value occurs. */
function itemsOf(callback: Members | null): ReadonlyMap<string, string> {
  const items = asList(asMembers(callback?.['CallbackMetadata'])?.['Item']).map(asMembers)
  return new Map(items.map((item) => [textIn(item, 'Name'), textIn(item, 'Value')]))
}

/** `20191219102115` on a clock in Nairobi. Money without a readable date has arrived all the same. */
function readStamp(text: string): Instant | null {
  const read = parseNairobi(text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6'))
  return read.ok ? read.value : null
}

/** A code that nobody documented is no failure: some stand for "still at it". */
function unpaid(code: string): Outcome {
  const outcome = failureOf(code)
  return outcome === null ? pending(`ResultCode ${code.slice(0, 20)}`) : { kind: 'failed', outcome }
}

function isRequestId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,100}$/.test(text)
}

function pending(because: string): Outcome {
  return { kind: 'pending', because }
}

function broken(field: string): Result<never, Refusal<'field_invalid'>> {
  return no(refusal('field_invalid', { field, because: 'it is missing or has another form' }))
}
