/** A no that Daraja gives at once, before any prompt: the HTTP status and what its JSON carries beside `requestId`. */
export type DarajaError = { readonly status: number; readonly code: string; readonly message: string }

/** Every immediate no, as the portal's tables and integrators' logs show them. A stale token is a 404, not a 401. */
export const errors = {
  badAuthentication: { status: 400, code: '400.008.01', message: 'Invalid Authentication passed' },
  badGrantType: { status: 400, code: '400.008.02', message: 'Invalid grant type passed' },
  badToken: { status: 404, code: '404.001.03', message: 'Invalid Access Token' },
  noResource: { status: 404, code: '404.001.01', message: 'Resource not found' },
  badPayload: { status: 400, code: '400.002.05', message: 'Invalid Request Payload' },
  noMerchant: { status: 500, code: '500.001.1001', message: 'Merchant does not exist' },
  badCredentials: { status: 500, code: '500.001.1001', message: 'Wrong credentials' },
  subscriberLocked: {
    status: 500,
    code: '500.001.1001',
    message: 'Unable to lock subscriber, a transaction is already in process for the current subscriber',
  },
  noCheckoutRequest: { status: 400, code: '400.002.02', message: 'Bad Request - Invalid CheckoutRequestID' },
  beingProcessed: { status: 500, code: '500.001.1001', message: 'The transaction is being processed' },
  busy: { status: 500, code: '500.003.02', message: 'System is busy. Please try again in few minutes.' },
  quota: { status: 500, code: '500.003.03', message: 'Quota Violation' },
} as const satisfies Record<string, DarajaError>

/** The no for one field, named as Daraja names it. */
export function badField(field: string): DarajaError {
  return { status: 400, code: '400.002.02', message: `Bad Request - Invalid ${field}` }
}

/** The error's body. */
export function printError(error: DarajaError, requestId: string): string {
  return JSON.stringify({ requestId, errorCode: error.code, errorMessage: error.message })
}
