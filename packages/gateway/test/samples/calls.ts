/** Every call that the documents show in every language, in the order of the documents. */
export const calls = [
  'authorize',
  'access-token',
  'introspect',
  'user-info',
  'secure-hash',
  'checkout',
  'checkout-form',
  'token',
  'invoice',
  'notification',
  'webhook',
  'status',
  'validate',
  'confirm',
] as const

export type Call = (typeof calls)[number]
