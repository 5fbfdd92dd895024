import { isIP } from 'node:net'
import type { IncomingMessage } from 'node:http'

/**
 * Why a request may not come in, or null. The simulators move no real money, but a page in the developer's browser must not
 * be able to press their buttons: neither by a name that resolves to this machine (Host) nor across origins (Origin).
 */
export function strangerAt(request: IncomingMessage): string | null {
  const { remoteAddress } = request.socket
  if (remoteAddress === undefined || !isLoopback(remoteAddress)) return 'only from this machine'
  if (!isLoopback(hostOf(`http://${request.headers.host ?? ''}`))) return 'only under a name of this machine'
  const { origin } = request.headers
  if (origin !== undefined && !isLoopback(hostOf(origin))) return 'only from pages of this machine'
  return null
}

/** Whether a host name or an address is this machine's own. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1').replace(/^::ffff:/, '')
  if (address === '::1' || address === 'localhost') return true
  return isIP(address) === 4 && address.startsWith('127.')
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : ''
}
