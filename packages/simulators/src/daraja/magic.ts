import type { CallbackFault } from '../faults.ts'
import type { ResultCode } from './results.ts'

/** A phone that answers by itself, always in the same way, so that a test needs no hand. */
export type MagicNumber = {
  readonly msisdn: string
  /** What happens, in words for the sandbox page. */
  readonly story: string
  /** How the prompt ends. */
  readonly result: ResultCode
  /** `soon` after the prompt, or only when the prompt's time is up. */
  readonly when: 'soon' | 'at-timeout'
  /** What goes wrong with the callback, if anything. */
  readonly fault: CallbackFault | null
  /** A second, contradicting end some seconds later: the money moved after all. */
  readonly later?: ResultCode
  /** How the STK request itself is answered: at once, never, or only after the callback has been delivered. */
  readonly answer: 'at-once' | 'never' | 'after-callback'
}

const plain = { when: 'soon', fault: null, answer: 'at-once' } as const
const numbered = (last: number): string => `2547000000${String(last).padStart(2, '0')}`

/** The table that documents itself: served at `GET /daraja/magic`. Every other number waits for a hand on the phone. */
export const magicNumbers: readonly MagicNumber[] = [
  { ...plain, msisdn: numbered(1), story: 'Approves by itself', result: 0 },
  { ...plain, msisdn: numbered(2), story: 'Cancels the prompt', result: 1032 },
  { ...plain, msisdn: numbered(3), story: 'Enters a wrong PIN', result: 2001 },
  { ...plain, msisdn: numbered(4), story: 'Has too little money', result: 1 },
  { ...plain, msisdn: numbered(5), story: 'Never answers', result: 1037, when: 'at-timeout' },
  { ...plain, msisdn: numbered(6), story: 'Approves, and the callback is lost', result: 0, fault: 'drop' },
  {
    ...plain,
    msisdn: numbered(7),
    story: 'Approves, and the callback comes twice',
    result: 0,
    fault: 'duplicate',
  },
  {
    ...plain,
    msisdn: numbered(8),
    story: 'Is said to be unreachable, then turns out to have paid',
    result: 1037,
    later: 0,
  },
  {
    ...plain,
    msisdn: numbered(9),
    story: 'Approves, and the callback lies about the amount',
    result: 0,
    fault: 'lie',
  },
  { ...plain, msisdn: numbered(10), story: 'Answers after the transaction has expired', result: 1019 },
  {
    ...plain,
    msisdn: numbered(11),
    story: 'Approves, but the request for the prompt is never answered',
    result: 0,
    answer: 'never',
  },
  {
    ...plain,
    msisdn: numbered(12),
    story: 'Approves so fast that the callback overtakes the answer to the request',
    result: 0,
    answer: 'after-callback',
  },
  {
    ...plain,
    msisdn: numbered(13),
    story: 'Is said to have cancelled, then turns out to have paid',
    result: 1032,
    later: 0,
  },
  {
    ...plain,
    msisdn: numbered(14),
    story: 'Approves, and the callback arrives damaged',
    result: 0,
    fault: 'corrupt',
  },
  { ...plain, msisdn: numbered(15), story: 'Pays less than the minimum', result: 2 },
  { ...plain, msisdn: numbered(16), story: 'Has reached the daily limit', result: 4 },
  { ...plain, msisdn: numbered(17), story: 'Pays the same amount again within two minutes', result: 17 },
  { ...plain, msisdn: numbered(18), story: 'The payee may hold no more money', result: 8 },
  { ...plain, msisdn: numbered(19), story: 'The prompt cannot be sent', result: 1025 },
  { ...plain, msisdn: numbered(20), story: 'The credential is locked', result: 8006 },
]

export function magicOf(msisdn: string): MagicNumber | undefined {
  return magicNumbers.find((number) => number.msisdn === msisdn)
}
