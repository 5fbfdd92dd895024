import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { longestProof, proofAlgs, proofType, readProof, type ExpectedProof } from './proof.ts'
import { spendJti } from '../client/spend-jti.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'digests' | 'signatures'>

export type ProofRefusal = Refusal<'invalid_dpop_proof'>

/**
 * The thumbprint of the key (RFC 7638) that a DPoP proof proves, if it is for this request, of this minute and here for
 * the first time, in any process. Call it once a request.
 */
export async function checkProof(
  deps: Needs,
  proof: string,
  expected: ExpectedProof,
): Promise<Result<string, ProofRefusal>> {
  if (proof.length > longestProof) return bad('It is too long.')
  const verified = await deps.signatures.verifyByOwnKey(proof, proofAlgs)
  if (verified.kind === 'refused') return bad(because[verified.because])
  if (verified.type !== proofType) return bad(`The header's typ is not ${proofType}.`)
  const read = readProof(verified.claims, expected, deps.clock.now())
  if ('problem' in read) return bad(read.problem)
  const { jkt } = verified
  const isFresh = await spendJti(deps, { purpose: 'dpop-proof', holder: jkt, ...read })
  return isFresh ? ok(jkt) : bad('It was used before: jti is not new.')
}

const because = {
  unreadable: 'It is no single signed JWT with JSON claims and a public key (jwk) in its header.',
  alg: `alg is none of ${proofAlgs.join(', ')}.`,
  'no-key': 'The header holds no public key (jwk), or a private one.',
  signature: 'The signature does not fit the key.',
} as const

function bad(why: string): Result<never, ProofRefusal> {
  return no(refusal('invalid_dpop_proof', { because: `The DPoP proof is not good. ${why}` }))
}
