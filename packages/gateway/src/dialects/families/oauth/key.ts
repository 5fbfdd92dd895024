import { ok, type Result } from '../../../base/result.ts'
import type { Deps } from '../../../core/deps.ts'
import { checkProof, type ProofRefusal } from '../../../core/token/check-proof.ts'
import type { Asked } from '../../../http/asked.ts'

/**
 * The thumbprint of the key whose proof comes with a request (RFC 9449 section 5, and section 10.1 for pushed ones); null
 * when none came. Call it once a request: a proof is good once.
 */
export async function readKey(asked: Asked, deps: Deps): Promise<Result<string | null, ProofRefusal>> {
  const proof = asked.headers['dpop']
  if (proof === undefined) return ok(null)
  const expected = { method: asked.method, url: deps.publicUrl + asked.path, accessTokenHash: null }
  return await checkProof(deps, proof, expected)
}
