/** How a prompt ended, in Daraja's code. All are JSON numbers but the one that is not. */
export type ResultCode =
  0 | 1 | 2 | 3 | 4 | 8 | 17 | 1019 | 1025 | 1032 | 1037 | 2001 | 2028 | 8006 | 'SFC_IC0003'

type Result = {
  /** `ResultDesc` on the wire. */
  readonly description: string
  /** Whether the customer's PIN was taken, so that a repeat within two minutes is "the same again" (17). */
  readonly pinTaken: boolean
}

/** Every way in which a prompt can end (portal documentation of M-PESA Express, result codes). */
export const results: ReadonlyMap<ResultCode, Result> = new Map<ResultCode, Result>([
  [0, { description: 'The service request is processed successfully.', pinTaken: true }],
  [1, { description: 'The balance is insufficient for the transaction.', pinTaken: true }],
  [
    2,
    { description: 'Declined due to limit rule: less than the minimum transaction amount.', pinTaken: true },
  ],
  [
    3,
    {
      description: 'Declined due to limit rule: greater than the maximum transaction amount.',
      pinTaken: false,
    },
  ],
  [4, { description: 'Declined due to limit rule: would exceed daily transfer limit.', pinTaken: true }],
  [8, { description: 'Declined due to limit rule: would exceed the maximum balance.', pinTaken: true }],
  [17, { description: 'Rule limited.', pinTaken: false }],
  [1019, { description: 'Transaction has expired', pinTaken: false }],
  [1025, { description: 'An error occurred while sending a push request', pinTaken: false }],
  [1032, { description: 'Request cancelled by user', pinTaken: false }],
  [1037, { description: 'DS timeout user cannot be reached', pinTaken: false }],
  [2001, { description: 'The initiator information is invalid.', pinTaken: false }],
  [2028, { description: 'The request is not permitted according to product assignment', pinTaken: false }],
  [8006, { description: 'The security credential is locked.', pinTaken: false }],
  ['SFC_IC0003', { description: 'The operator does not exist.', pinTaken: false }],
])

export function describeResult(code: ResultCode): string {
  return results.get(code)?.description ?? 'Unknown'
}

export function pinTaken(code: ResultCode): boolean {
  return results.get(code)?.pinTaken ?? false
}
