import ipaddr from 'ipaddr.js'

const longest = 2048

/** Ports above 1023 where other protocols listen that can be talked into something by an HTTP request. */
const otherProtocols = new Set([
  1433, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432,
  5672, 5900, 5984, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9092, 9200, 9300, 10250, 11211,
  27017, 27018, 27019,
]) // prettier-ignore

/**
 * Reads an address to send to; null when it may not be one. Only http and https, no credentials, no character that a
 * reader could split the request at, no IPv4 address in decimal, octal, hexadecimal or short form, no name that ends
 * in a full stop, and no port of another protocol.
 */
export function readTarget(text: string): URL | null {
  if (text.length > longest || !/^https?:\/\/[!-[\]-~]+$/i.test(text)) return null
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '') return null
  return isPlainHost(url, text) && isSanePort(url) ? url : null
}

/** The URL standard rewrites `0x7f.1` and `2130706433` to 127.0.0.1. Who writes an address so wants to hide it. */
function isPlainHost({ hostname }: URL, text: string): boolean {
  if (hostname.endsWith('.')) return false
  if (!ipaddr.IPv4.isValidFourPartDecimal(hostname)) return true
  const [, authority = ''] = /^https?:\/\/([^/?#]*)/i.exec(text) ?? []
  return authority.replace(/:\d*$/, '') === hostname
}

function isSanePort({ port }: URL): boolean {
  if (port === '' || port === '80' || port === '443') return true
  return Number(port) >= 1024 && !otherProtocols.has(Number(port))
}
