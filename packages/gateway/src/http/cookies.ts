/**
 * The cookies of a request (RFC 6265 section 5.4); of a name sent twice the first counts, as browsers put the most
 * specific first. Ours are plain ASCII, so nothing is decoded: what another program set is not ours to read.
 */
export function readCookies(header: string): Readonly<Record<string, string>> {
  const cookies = Object.create(null) as Record<string, string>
  for (const pair of header.split(';')) {
    const cut = pair.indexOf('=')
    const name = pair.slice(0, Math.max(0, cut)).trim()
    if (name !== '' && !(name in cookies)) cookies[name] = pair.slice(cut + 1).trim()
  }
  return cookies
}

export type CookieScope = {
  /** Whether browsers reach us by https. They refuse the `__Host-` prefix and Secure on plain http, localhost included. */
  readonly secure: boolean
}

/** `__Host-` binds a cookie to this very host over https; without https, in the sandbox only, it goes without. */
export function cookieName(name: string, scope: CookieScope): string {
  return scope.secure ? `__Host-${name}` : name
}

/** Lax: a cookie comes along when another site links or redirects here, and never with another site's POST. */
export function setCookie(
  name: string,
  value: string,
  scope: CookieScope & { readonly maxAge?: number },
): string {
  // The octets that RFC 6265 allows in a value: nothing that could end it and begin an attribute.
  if (!/^[!#-+\--:<-[\]-~]*$/.test(value)) throw new Error(`the value of cookie ${name} needs an encoding`)
  return [
    `${cookieName(name, scope)}=${value}`,
    ...(scope.maxAge === undefined ? [] : [`Max-Age=${scope.maxAge}`]),
    'Path=/',
    'HttpOnly',
    ...(scope.secure ? ['Secure'] : []),
    'SameSite=Lax',
  ].join('; ')
}

export function clearCookie(name: string, scope: CookieScope): string {
  return setCookie(name, '', { ...scope, maxAge: 0 })
}
