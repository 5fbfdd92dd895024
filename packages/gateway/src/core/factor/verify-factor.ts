import type { Tx } from '../../base/db.ts'
import type { Deps } from '../deps.ts'
import type { AuthenticationMethod } from './assurance.ts'
import { findAuthenticator, takeStep } from './authenticator.sql.ts'
import { authenticatorPurpose, normalCode } from './authenticator.ts'
import { checkCode } from '../one-time-code/check-code.ts'
import { readChallenge, type ChallengePurpose, type GivenChallenge } from './challenge.ts'
import { useProof } from '../one-time-code/one-time-code.sql.ts'
import type { CodePurpose } from '../one-time-code/one-time-code.ts'
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
  | MessageProof

export type PasskeyProof = GivenChallenge & {
  readonly kind: 'passkey'
  readonly purpose: ChallengePurpose
  /** What the browser answered, as JSON. */
  readonly response: string
}

/** A code that went to the owner by message, as sendSecondCode named it. */
export type MessageProof = {
  readonly kind: 'message'
  readonly id: string
  readonly code: string
  readonly purpose: Extract<CodePurpose, 'second-factor' | 'step-up'>
  readonly browser: string
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
    case 'message':
      return await verifyMessage(deps, accountId, proof)
  }
}

/** What failed, for the account's history. */
export const methodsTried: Readonly<Record<FactorProof['kind'], readonly AuthenticationMethod[]>> = {
  code: ['otp'],
  'recovery-code': ['otp'],
  passkey: ['pop'],
  message: ['otp'],
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

async function verifyMessage(
  deps: Deps,
  accountId: string,
  { id, purpose, browser, code }: MessageProof,
): Promise<Verified | null> {
  const right = await checkCode(deps, { id, purpose, browser, typed: code })
  if (!right.ok || right.value.accountId !== accountId) return null
  const key = { id, purpose, browserHash: deps.digests.sha256(browser) }
  return {
    methods: right.value.medium === 'sms' ? ['otp', 'sms'] : ['otp'],
    take: async (tx) => (await useProof(tx, key, deps.clock.now())) !== null,
  }
}
