import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Outgoing } from '../../core/ports.ts'

export type Reach = {
  readonly trust: Outgoing['trust']
  /** In the sandbox the demo merchant and the simulators are on this machine. */
  readonly mode: 'sandbox' | 'live'
}

/** Ranges that no request of ours has business in, whoever named them: nobody, everybody, and cloud metadata. */
const neverReached = new Set(['unspecified', 'broadcast', 'multicast', 'linkLocal'])

/** The only block of IPv6 from which public addresses are given out (RFC 4291 section 2.4, IANA registry). */
const publicSix: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3]

/**
 * Whether we may connect to this address, given as text. What others named must be public: forms that carry an IPv4
 * address inside (mapped, NAT64, 6to4, Teredo) are refused whatever they carry, because something on the way unwraps them.
 */
export function mayReach(address: string, reach: Reach): boolean {
  if (isIP(address) === 0) return false
  const parsed = ipaddr.parse(address)
  const range = parsed.range()
  if (neverReached.has(range)) return false
  if (reach.trust === 'configured') return true
  if (range === 'loopback') return reach.mode === 'sandbox'
  return range === 'unicast' && (parsed instanceof ipaddr.IPv4 || parsed.match(publicSix))
}
