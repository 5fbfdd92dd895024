/*
 * Callers do not log secrets. This is the second fence, for what slips through: a member whose name says that it is
 * secret is blanked, and so are the secret parts of addresses, wherever they stand in a text.
 */
const blank = '[redacted]'

/** Compared without case, `_` and `-`: `client_secret`, `clientSecret` and `Client-Secret` are one name. */
const secretNames = new Set(
  (
    'authorization cookie setcookie password newpassword passphrase pin otp secret clientsecret consumersecret ' +
    'apisecret apikey key passkey masterkey privatekey token accesstoken refreshtoken idtoken idtokenhint bearer ' +
    'code codeverifier assertion clientassertion securehash securehashv2 tokenhash webhooksignature session ' +
    'sessionid csrf requestid idnumber clientidnumber databaseurl'
  ).split(' '),
)

/** Parts of a query string that are as good as a password (or name a person) to whoever reads the log. */
const secretInAddress =
  /([?&#;](?:access_token|refresh_token|id_token|id_token_hint|token|code|code_verifier|state|secret|client_secret|api_key|key|password|secure_hash|secureHash|request_id|clientIDNumber|id_number)=)[^&#\s"'\\]*/gi
/** A provider's callback address carries its secret as the last part of the path. */
const secretInPath = /(\/channels\/[A-Za-z0-9_-]+\/)[A-Za-z0-9_-]+/g
/** Name and password in front of a host. */
const userInAddress = /([a-z][a-z0-9+.-]*:\/\/)[^/@\s"']+@/gi
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/g

const deepest = 6
const longestText = 4096
const longestList = 50

/** A copy fit for the log: bounded in depth and length, errors as their stack, bytes as their count. */
export function redact(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return members(fields, 0, new Set())
}

function members(from: object, depth: number, above: ReadonlySet<object>): Record<string, unknown> {
  const within = new Set(above).add(from)
  return Object.fromEntries(
    Object.entries(from).map(([name, value]) => [
      name,
      isSecret(name) && typeof value !== 'boolean' && value !== null && value !== undefined
        ? blank
        : shown(value, depth + 1, within),
    ]),
  )
}

function shown(value: unknown, depth: number, above: ReadonlySet<object>): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return redactText(value.stack ?? value.message)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString()
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (depth > deepest || above.has(value)) return '[…]'
  if (Array.isArray(value)) {
    const within = new Set(above).add(value)
    return value.slice(0, longestList).map((item) => shown(item, depth + 1, within))
  }
  return members(value, depth, above)
}

function redactText(text: string): string {
  const cut = text.length > longestText ? `${text.slice(0, longestText)}…` : text
  return cut
    .replace(secretInAddress, `$1${blank}`)
    .replace(secretInPath, `$1${blank}`)
    .replace(userInAddress, `$1${blank}@`)
    .replace(bearer, `$1 ${blank}`)
}

function isSecret(name: string): boolean {
  return secretNames.has(name.toLowerCase().replaceAll(/[_-]/g, ''))
}
