/** Cents of an amount such as `1850.00`, for comparing. Throws on anything that is no such amount. */
export function cents(amount: string): bigint {
  const parts = /^(\d{1,12})\.(\d{2})$/.exec(amount)
  if (parts === null) throw new RangeError(`no amount with two decimals: ${amount}`)
  return BigInt(`${parts[1]}${parts[2]}`)
}

/** `KES 1,850.00`. */
export function shillings(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.')
  return `KES ${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`
}
