import type { Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { after, days, formatNairobi, isBefore } from '../../base/time.ts'
import { accountName } from '../account/account.ts'
import { findAccount } from '../account/account.sql.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { drawAll } from '../limit/spend-try.ts'
import { invitationLetter } from '../message/invitation-letter.ts'
import { queueMessage } from '../message/queue-message.ts'
import { quoted } from '../message/quoted.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { checkMember, type MemberNo } from './check-member.ts'
import { letterDraws } from './invitation-budget.ts'
import { lockInvitation, noteLetter } from './invitation.sql.ts'
import { findStanding } from './member.sql.ts'
import {
  byMember,
  invitationPath,
  isOpen,
  type Asker,
  type Invitation,
  type InvitationKey,
} from './member.ts'

/** Sends an open invitation's letter again. The link stays the same, and so does the day on which it ends. */
export async function sendInvitation(
  deps: Deps,
  asker: Asker,
  { organizationId, invitationId: id }: InvitationKey,
): Promise<Result<null, MemberNo | Refusal<'medium_unavailable' | 'too_many_tries'>>> {
  return await deps.db.transaction(async (tx) => {
    const allowed = await checkMember(tx, organizationId, asker, 'members.change')
    if (!allowed.ok) return allowed
    const invitation = await lockInvitation(tx, organizationId, id)
    if (invitation === null || !isOpen(invitation, deps.clock.now()))
      return no(refusal('not_found', { field: 'invitation' }))
    const posted = await postInvitation(deps, tx, asker, invitation)
    if (posted.letter !== 'sent') return no(whyNot(posted))
    const act = { ...byMember(asker, organizationId), about: { kind: 'invitation', id } } as const
    const details = { email: invitation.email }
    await recordAct(tx, { ...act, what: 'member.invitation-sent', details }, deps)
    return ok(null)
  })
}

/**
 * What became of a letter. `unapproved`: where no operator has looked at an organization, or one suspended it, its name is
 * not sent to strangers. `uncarried`: nobody carries e-mail here. `limited`: enough were written.
 */
export type Posted =
  | { readonly letter: 'sent' }
  | { readonly letter: 'unapproved' }
  | { readonly letter: 'uncarried' }
  | { readonly letter: 'limited'; readonly waitSeconds: number }

/** Puts an invitation's letter into the outbox, in its inviter's language, if that may be. */
export async function postInvitation(
  deps: Deps,
  tx: Tx,
  { accountId }: Pick<Asker, 'accountId'>,
  invitation: Invitation,
): Promise<Posted> {
  const { organizationId, id, email, role, expiresAt } = invitation
  const organization = await findStanding(tx, organizationId)
  const inviter = await findAccount(tx, accountId)
  if (organization?.standing !== 'live' || inviter === null) return { letter: 'unapproved' }
  if (!deps.messages.carries('email')) return { letter: 'uncarried' }
  const now = deps.clock.now()
  const waitSeconds = await drawAll(tx, letterDraws(invitation, accountId, deps.digests), now)
  if (waitSeconds !== null) return { letter: 'limited', waitSeconds }
  const { locale } = inviter
  const letter = invitationLetter(deps, locale, {
    organization: quoted(locale, organization.name),
    inviter: quoted(locale, accountName(inviter)),
    role,
    link: deps.publicUrl + invitationPath({ organizationId, invitationId: id }),
    until: formatNairobi(expiresAt),
  })
  const soon = after(now, days(1))
  const until = isBefore(soon, expiresAt) ? soon : expiresAt
  await queueMessage(tx, { medium: 'email', address: email, letter, expiresAt: until }, deps)
  await noteLetter(tx, organizationId, id, now)
  return { letter: 'sent' }
}

function whyNot(
  posted: Exclude<Posted, { readonly letter: 'sent' }>,
): Refusal<'medium_unavailable' | 'too_many_tries'> {
  if (posted.letter !== 'limited') return refusal('medium_unavailable', { because: closed[posted.letter] })
  const { waitSeconds } = posted
  const because = `The next letter may go in ${sayWait(waitSeconds)}. Pass the link on meanwhile.`
  return refusal('too_many_tries', { retryAfterSeconds: waitSeconds, because })
}

const closed = {
  unapproved:
    'Letters go out in the name of organizations that an operator approved and did not suspend. Pass the link on meanwhile.',
  uncarried: 'This gateway sends no e-mail. Pass the link on.',
} as const

function sayWait(seconds: number): string {
  const least = Math.ceil(seconds / 60)
  if (least < 90) return least === 1 ? '1 minute' : `${least} minutes`
  return `${Math.ceil(least / 60)} hours`
}
