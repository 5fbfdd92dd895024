import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { guardChangedLetter } from '../message/letters.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findAccount } from '../account/account.sql.ts'
import { accountName } from '../account/account.ts'
import type { FactorAdded } from './add-authenticator.ts'
import { readChallenge, type GivenChallenge } from './challenge.ts'
import { saveNewCodes } from './create-recovery-codes.ts'
import { lockFactors } from './factor.sql.ts'
import { insertPasskey, listPasskeys, renamePasskey } from './passkey.sql.ts'
import { mostPasskeys, passkeyName } from './passkey.ts'
import { sendNews } from '../account/send-news.ts'
import { requireOwner } from './require-level.ts'
import { spendChallenge } from './spend-challenge.ts'
import { uuidText, type Session } from '../session/session.ts'

/** What a browser needs to make a passkey for this account. */
export type PasskeyOffer = {
  /** The account as the device remembers it, base64url; it comes back with every sign-in. */
  readonly userHandle: string
  /** What the device shows. */
  readonly accountName: string
  /** Keys that it has already, so that one device makes no second. */
  readonly known: readonly string[]
}

export async function showPasskeyOffer(
  deps: Deps,
  session: Session,
): Promise<Result<PasskeyOffer, Refusal<'step_up_required' | 'too_many_passkeys'>>> {
  const sure = await requireOwner(deps, session)
  if (!sure.ok) return sure
  const { accountId } = session
  const [account, passkeys] = await Promise.all([
    findAccount(deps.db, accountId),
    listPasskeys(deps.db, accountId),
  ])
  if (passkeys.length >= mostPasskeys) return no(refusal('too_many_passkeys'))
  return ok({
    userHandle: uuidText(accountId),
    accountName: account === null ? '' : accountName(account),
    known: passkeys.map(({ credentialId }) => credentialId),
  })
}

export type AddPasskey = GivenChallenge & {
  readonly response: string
  readonly name: string
}

type AddRefusal = Refusal<'step_up_required' | 'passkey_unproved' | 'too_many_passkeys'>

/** Keeps the public half of a key that a device just made for this account in this browser. */
export async function addPasskey(
  deps: Deps,
  session: Session,
  command: AddPasskey,
): Promise<Result<FactorAdded, AddRefusal>> {
  const sure = await requireOwner(deps, session)
  if (!sure.ok) return sure
  const { challenge, response } = command
  const ours = readChallenge(deps, 'passkey registration', command)
  const made =
    ours === null ? null : await deps.passkeys.register({ response, challenge, origin: deps.publicUrl })
  if (ours === null || made === null) return no(refusal('passkey_unproved'))
  const { accountId } = session
  return await deps.db.transaction(async (tx) => {
    if (!(await spendChallenge(deps, tx, challenge, ours.expiresAt))) {
      return no(refusal('passkey_unproved'))
    }
    const before = await lockFactors(tx, accountId)
    if (before.passkeys >= mostPasskeys) return no(refusal('too_many_passkeys'))
    const name = passkeyName(command.name) ?? 'Passkey'
    const createdAt = deps.clock.now()
    const kept = await insertPasskey(tx, { ...made, accountId, name, createdAt, usedAt: null })
    if (!kept) return no(refusal('passkey_unproved'))
    const her = { kind: 'account', id: accountId } as const
    await recordAct(tx, { what: 'account.passkey-added', by: her, about: her, details: { name } }, deps)
    await sendNews(deps, tx, accountId, ({ locale }) => guardChangedLetter(deps, locale, {}))
    return ok({ recoveryCodes: before.recoveryCodes > 0 ? null : await saveNewCodes(deps, tx, accountId) })
  })
}

/** What its owner calls it; that opens nothing, so it needs no fresh proof. */
export async function changePasskeyName(
  deps: Deps,
  { accountId }: Session,
  { credentialId, name }: { readonly credentialId: string; readonly name: string },
): Promise<Result<null, Refusal<'not_found' | 'field_invalid'>>> {
  const wanted = passkeyName(name)
  if (wanted === null) return no(refusal('field_invalid', { field: 'name' }))
  return (await renamePasskey(deps.db, accountId, credentialId, wanted)) ? ok(null) : no(refusal('not_found'))
}
