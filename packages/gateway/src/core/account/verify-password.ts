import { Overloaded } from '../../base/batch.ts'
import type { Database } from '../../base/db.ts'
import type { Passwords } from '../ports.ts'
import { findPassword, renewHash } from './credential.sql.ts'
import { normalPassword, type Credential } from './credential.ts'

/** Whether she typed the password of this credential. */
export async function verifyPassword(
  { passwords }: { readonly passwords: Passwords },
  { hash }: Credential,
  typed: string,
): Promise<boolean> {
  const normal = normalPassword(typed)
  if (await passwords.verify(hash, normal)) return true
  // Where it moved in from, the letters may have been hashed as they were typed.
  return normal !== typed && !passwords.isCurrent(hash) && (await passwords.verify(hash, typed))
}

/**
 * Hashes a password our way that was just proved by a hash of elsewhere. It is the same password: sessions and known
 * browsers stay. Returns the credential as it stands now; when the machine is busy, the next sign-in does it.
 */
export async function renewPasswordHash(
  { db, passwords }: { readonly db: Database; readonly passwords: Passwords },
  { accountId, credential }: { readonly accountId: string; readonly credential: Credential },
  typed: string,
): Promise<Credential> {
  const { hash: instead, changedAt } = credential
  if (passwords.isCurrent(instead)) return credential
  try {
    const hash = await passwords.hash(normalPassword(typed))
    if (await renewHash(db, { accountId, hash, instead })) return { hash, changedAt }
  } catch (fault) {
    if (fault instanceof Overloaded) return credential
    throw fault
  }
  // Somebody else who proved it at the same time was first, or the password is another by now.
  const now = await findPassword(db, accountId)
  return now?.changedAt.epochMs === changedAt.epochMs ? now : credential
}
