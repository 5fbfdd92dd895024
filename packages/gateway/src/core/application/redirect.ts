/** Where answers may be sent: RFC 9700 section 2.1 and 4.1, RFC 8252 for native applications. */
import type { ApplicationKind } from './application.ts'

/** Why an address may not be registered, in one sentence; null when it may. */
export function redirectFault(uri: string, kind: ApplicationKind): string | null {
  if (!/^[\x21-\x7e]{1,2000}$/.test(uri))
    return 'Only printable ASCII without blanks, at most 2000 characters.'
  if (/[\\"<>^`{|}]/.test(uri)) return 'Characters that a URI may not hold (RFC 3986 section 2).'
  if (uri.includes('#')) return 'A redirect address has no fragment (RFC 6749 section 3.1.2).'
  if (uri.includes('*')) return 'There are no wildcards: register each address.'
  const parts = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(uri)
  if (parts === null || !URL.canParse(uri)) return 'An absolute address, with its scheme.'
  const [, scheme = '', rest = ''] = parts
  if (scheme !== scheme.toLowerCase())
    return 'Write the scheme in lower case: addresses are compared byte by byte.'
  if (scheme === 'https' || scheme === 'http') return webFault(uri, rest, kind)
  return kind === 'native'
    ? privateSchemeFault(scheme)
    : 'Only https addresses, for this kind of application.'
}

function webFault(uri: string, rest: string, kind: ApplicationKind): string | null {
  const url = new URL(uri)
  if (url.username !== '' || url.password !== '') return 'An address may not carry a user name.'
  const authority = /^\/\/([^/?]*)/.exec(rest)?.[1] ?? ''
  if (authority !== url.host && authority !== `${url.host}:${defaultPort(url)}`) {
    return 'Write the host as browsers do: lower case, in its plain form.'
  }
  if (url.hostname.endsWith('.')) return 'The host may not end with a dot.'
  if (/(^|\/)(\.|%2e){1,2}(\/|\?|$)/i.test(rest)) return 'The path may not hold dot segments.'
  if (url.protocol === 'https:') return null
  if (isLoopback(url.hostname) || url.hostname === 'localhost') return null
  return kind === 'native'
    ? 'Plain http only to the loopback address of the device itself.'
    : 'Plain http only to your own machine while you develop; elsewhere https.'
}

/** RFC 8252 section 7.1: reverse domain names, so that two applications do not claim one scheme by accident. */
function privateSchemeFault(scheme: string): string | null {
  if (['javascript', 'data', 'vbscript', 'file', 'blob', 'about'].includes(scheme)) {
    return 'A scheme that runs code or opens files cannot receive an answer.'
  }
  return scheme.includes('.')
    ? null
    : 'A private scheme is a domain name in reverse, such as com.example.app.'
}

/**
 * Whether an address that was asked for is a registered one. Bytes are compared and nothing is made equal first;
 * only a native application's loopback address may come with any port, because the device picks it (RFC 8252 7.3).
 */
export function isRegistered(given: string, registered: readonly string[], kind: ApplicationKind): boolean {
  if (registered.includes(given)) return true
  if (kind !== 'native') return false
  const plain = withoutLoopbackPort(given)
  return plain !== null && registered.some((uri) => withoutLoopbackPort(uri) === plain)
}

/** The address with parameters added to those it has. Encodes them, so that no line break reaches a header. */
export function redirectWith(uri: string, parameters: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== null) query.append(name, value)
  if (query.size === 0) return uri
  const joint = !uri.includes('?') ? '?' : /[?&]$/.test(uri) ? '' : '&'
  return uri + joint + query.toString()
}

function isLoopback(host: string): boolean {
  return host === '127.0.0.1' || host === '[::1]'
}

function withoutLoopbackPort(uri: string): string | null {
  const match = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::([1-9][0-9]{0,4}))?(\/[^#]*)?$/.exec(uri)
  if (match === null || Number(match[2] ?? 80) > 65_535) return null
  return `http://${match[1] ?? ''}${match[3] ?? ''}`
}

function defaultPort(url: URL): string {
  return url.protocol === 'https:' ? '443' : '80'
}
