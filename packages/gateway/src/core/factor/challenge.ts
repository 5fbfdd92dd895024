/**
 * What a passkey signs: random, of one form in one browser, and only for some minutes. It is computed, not stored, so
 * that opening a page costs no row; the one that was answered is noted (spend-challenge.ts), so that it is answered once.
 */
import { base64url, bytesOfBase64url } from '../../base/bytes.ts'
import type { Chance } from '../../base/id.ts'
import { after, epochSeconds, instant, isBefore, minutes, type Clock, type Instant } from '../../base/time.ts'
import type { Digests } from '../ports.ts'

export type ChallengePurpose =
  'passkey sign-in' | 'passkey second step' | 'passkey confirmation' | 'passkey registration'

/** A challenge as a form brings it back, with the form's own token, which binds it to the browser. */
export type GivenChallenge = { readonly challenge: string; readonly formToken: string }

type Ports = { readonly digests: Digests; readonly clock: Clock; readonly chance: Chance }

const challengeLives = minutes(15)
const nonceLength = 16
const headLength = nonceLength + 4

/** For the form with this token; base64url of 52 bytes. */
export function makeChallenge(ports: Ports, purpose: ChallengePurpose, formToken: string): string {
  const until = epochSeconds(after(ports.clock.now(), challengeLives))
  const head = new Uint8Array(headLength)
  head.set(ports.chance.bytes(nonceLength))
  new DataView(head.buffer).setUint32(nonceLength, until)
  return base64url(Uint8Array.from([...head, ...proofOf(ports, purpose, formToken, head)]))
}

/** When it expires, if it is ours, for this purpose and form, and has not; else null. */
export function readChallenge(
  ports: Omit<Ports, 'chance'>,
  purpose: ChallengePurpose,
  given: GivenChallenge,
): { readonly expiresAt: Instant } | null {
  const bytes = bytesOfBase64url(given.challenge)
  if (bytes?.length !== headLength + 32) return null
  const head = bytes.slice(0, headLength)
  const right = proofOf(ports, purpose, given.formToken, head)
  if (!ports.digests.equal(bytes.slice(headLength), right)) return null
  const expiresAt = instant(new DataView(head.buffer).getUint32(nonceLength) * 1000)
  return isBefore(ports.clock.now(), expiresAt) ? { expiresAt } : null
}

function proofOf(
  { digests }: Pick<Ports, 'digests'>,
  purpose: ChallengePurpose,
  formToken: string,
  head: Uint8Array,
): Uint8Array {
  return digests.derive(purpose, `${formToken} ${base64url(head)}`)
}
