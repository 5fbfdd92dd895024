import { BlockList, isIP } from 'node:net'

/** Answers remembered at once: a balancer has few addresses, and a stranger shall not fill our memory with his. */
const remembered = 1_000

/**
 * Tells whose `X-Forwarded-For` we believe: addresses and networks (`10.0.0.0/8`) as they are configured, where an IPv4
 * address counts in its IPv6 spelling too (RFC 4291 section 2.5.5.2). What is no address is nobody's.
 */
export function trusting(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    if (prefix === undefined) list.addAddress(address, familyOf(address))
    else list.addSubnet(address, Number(prefix), familyOf(address))
  }
  const known = new Map<string, boolean>()
  return (address) => {
    const before = known.get(address)
    if (before !== undefined) return before
    const isTrusted = isIP(address) !== 0 && list.check(address, familyOf(address))
    if (known.size >= remembered) known.clear()
    known.set(address, isTrusted)
    return isTrusted
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

/** Addresses and networks (CIDR) divided by commas; null when one of them is neither. */
export function parseNetworks(text: string): readonly string[] | null {
  const networks = text.split(',').map((part) => part.trim())
  return networks.every(isNetwork) ? networks : null
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}
