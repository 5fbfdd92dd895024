import { lookup as systemLookup } from 'node:dns/promises'
import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { mayReach, type Reach } from './address.ts'

/** All addresses of a name. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>

export class AddressForbidden extends Error {
  override readonly name = 'AddressForbidden'
}

export const systemResolve: Resolve = async (name) =>
  await systemLookup(name, { all: true, order: 'verbatim' })

/**
 * Resolves a name for a socket that is about to connect. What is checked here is what the socket connects to: nothing
 * asks for the name a second time, so an answer that changes between check and use (rebinding) is of no use.
 * One forbidden address among good ones forbids the name.
 */
export function guardedLookup(resolve: Resolve, reach: Reach): LookupFunction {
  return (name, options, done) => {
    resolve(name).then(
      (found) => {
        const fault = refusalOf(name, found, reach)
        const [first] = found
        if (fault !== null || first === undefined) done(fault, [])
        else if (options.all === true) done(null, [...found])
        else done(null, first.address, first.family)
      },
      (fault: unknown) => done(fault instanceof Error ? fault : new Error(String(fault)), []),
    )
  }
}

function refusalOf(name: string, found: readonly LookupAddress[], reach: Reach): Error | null {
  if (found.length === 0) return Object.assign(new Error(`${name} has no address`), { code: 'ENOTFOUND' })
  const bad = found.find(({ address }) => !mayReach(address, reach))
  return bad === undefined ? null : new AddressForbidden(`${name} is at ${bad.address}`)
}
