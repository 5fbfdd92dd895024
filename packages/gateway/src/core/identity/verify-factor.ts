import type { Tx } from '../../base/db.ts'
import type { Deps } from '../deps.ts'
import type { AuthenticationMethod } from './assurance.ts'
import { findAuthenticator, takeStep } from './authenticator.sql.ts'
import { authenticatorPurpose, normalCode } from './authenticator.ts'
import { readChallenge, type ChallengePurpose, type GivenChallenge } from './challenge.ts'
import { findPasskey, usePasskey } from './passkey.sql.ts'
import { readAnswer } from './passkey.ts'
import { spendChallenge } from './spend-challenge.ts'
import { takeRecoveryCode } from './recovery-code.sql.ts'
import { normalRecoveryCode, recoveryCodeHash } from './recovery-code.ts'

/** What somebody gives to prove that she is the account's owner, beside a password. */
export type FactorProof =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'recovery-code'; readonly code: string }
  | PasskeyProof

export type PasskeyProof = GivenChallenge & {
  readonly kind: 'passkey'
  readonly purpose: ChallengePurpose
  /** What the browser answered, as JSON. */
  readonly response: string
}

/**
 * A proof that is right so far. `take` uses it up, in the transaction of what it is for, and says false when somebody
 * else used it up first: no proof is worth two sign-ins, however many come at the same time.
 */
export type Verified = {
  readonly methods: readonly AuthenticationMethod[]
  readonly take: (tx: Tx) => Promise<boolean>
}

/** Null: it proves nothing for this account. Which tries are allowed at all, `spendTry` says around it. */
export async function verifyFactor(
  deps: Deps,
  accountId: string,
  proof: FactorProof,
): Promise<Verified | null> {
  switch (proof.kind) {
    case 'code':
      return await verifyCode(deps, accountId, proof.code)
    case 'recovery-code':
      return verifyRecoveryCode(deps, accountId, proof.code)
    case 'passkey':
      return await verifyPasskey(deps, accountId, proof)
  }
}

/** What failed, for the account's history. */
export const methodsTried: Readonly<Record<FactorProof['kind'], readonly AuthenticationMethod[]>> = {
  code: ['otp'],
  'recovery-code': ['otp'],
  passkey: ['pop'],
}

async function verifyCode(deps: Deps, accountId: string, typed: string): Promise<Verified | null> {
  const app = await findAuthenticator(deps.db, accountId)
  if (app === null) return null
  const { sealed } = app
  const secret = deps.vault.open(authenticatorPurpose, sealed)
  const now = deps.clock.now()
  const step = deps.oneTimeCodes.stepOf(secret, normalCode(typed), now)
  if (step === null) return null
  return { methods: ['otp'], take: async (tx) => await takeStep(tx, accountId, { sealed, step }, now) }
}

function verifyRecoveryCode(deps: Deps, accountId: string, typed: string): Verified | null {
  const code = normalRecoveryCode(typed)
  if (code === null) return null
  const hash = recoveryCodeHash(deps.digests, accountId, code)
  const now = deps.clock.now()
  return { methods: ['otp'], take: async (tx) => await takeRecoveryCode(tx, accountId, hash, now) }
}

async function verifyPasskey(deps: Deps, accountId: string, proof: PasskeyProof): Promise<Verified | null> {
  const { challenge, purpose, response } = proof
  const ours = readChallenge(deps, purpose, proof)
  const answer = readAnswer(response)
  if (ours === null || answer === null) return null
  const key = await findPasskey(deps.db, accountId, answer.credentialId)
  if (key === null) return null
  const proved = await deps.passkeys.prove({ response, challenge, origin: deps.publicUrl, key })
  if (proved === null) return null
  const used = { accountId, credentialId: key.credentialId, ...proved }
  return {
    methods: ['pop', 'user'],
    take: async (tx) =>
      (await spendChallenge(deps, tx, challenge, ours.expiresAt)) &&
      (await usePasskey(tx, used, deps.clock.now())),
  }
}
