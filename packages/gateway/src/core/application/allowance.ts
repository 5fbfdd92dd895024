/** Departures from the strict defaults, recorded per application. Off unless an operator switches them on. */

export type Allowance = keyof typeof allowances

/** Each with what it risks, in the one sentence that the console shows beside the switch. */
export const allowances = {
  'no-pkce':
    'Whoever gets hold of an authorization code can inject it into a session of their own, because nothing binds the code to the browser that asked for it.',
  'no-state':
    'A stranger can sign a visitor in under the stranger’s own account (login CSRF), because nothing ties the answer to a request of the visitor’s.',
  'other-registered-redirect-at-token':
    'A code that was sent to one registered address can be redeemed as if it had been sent to another, so the weakest of them guards all.',
  'open-introspection':
    'Anybody who finds a token of this application can learn whether it is still good and for what, without saying who asks.',
} as const

export function isAllowance(text: string): text is Allowance {
  return Object.hasOwn(allowances, text)
}
