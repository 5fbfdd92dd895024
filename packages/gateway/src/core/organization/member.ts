/** Who works for an organization, and who was asked to. */
import { days, isBefore, type Instant } from '../../base/time.ts'
import type { Session } from '../session/session.ts'
import type { Role } from './role.ts'

/** Who asks for something at a desk of ours. */
export type Asker = {
  readonly accountId: string
  /** Correlation id of the request, for the audit trail. */
  readonly requestId: string
}

/** Who asks at the operators' desk: by which session she does decides how sure we are of her. */
export type Operator = Asker & { readonly session: Session }

export type Member = {
  readonly organizationId: string
  readonly accountId: string
  readonly role: Role
  readonly since: Instant
}

export type Invitation = {
  readonly organizationId: string
  readonly id: string
  readonly email: string
  readonly role: Role
  readonly invitedBy: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly endedAt: Instant | null
  /** When it last went out by e-mail; null: never, and its link is passed on by hand. */
  readonly letterAt: Instant | null
}

export type InvitationKey = { readonly organizationId: string; readonly invitationId: string }

/** Where whoever is invited answers. It is no secret: it opens for nobody else. */
export function invitationPath({ organizationId, invitationId }: InvitationKey): string {
  return `/console/invitations/${organizationId}/${invitationId}`
}

export const invitationLives = days(7)

export function isOpen(invitation: Pick<Invitation, 'endedAt' | 'expiresAt'>, now: Instant): boolean {
  return invitation.endedAt === null && isBefore(now, invitation.expiresAt)
}

/** Whether nobody would be left who may change members, if this one no longer owned it. */
export function isLastOwner(
  members: readonly Pick<Member, 'accountId' | 'role'>[],
  accountId: string,
): boolean {
  const owners = members.filter(({ role }) => role === 'owner')
  return owners.length === 1 && owners[0]?.accountId === accountId
}

/** What an organization may do: `waiting` for an operator's word, or `suspended` by one. */
export type Standing = 'waiting' | 'live' | 'suspended'

/** For recordAct: done by a member, in her organization's own trail. */
export function byMember(asker: Asker, organizationId: string) {
  return { by: { kind: 'account', id: asker.accountId }, organizationId, requestId: asker.requestId } as const
}

/** The same for an operator, in the trail of the organization that it is about, if any. */
export function byOperator(asker: Asker, organizationId: string | null) {
  return {
    by: { kind: 'operator', id: asker.accountId },
    organizationId,
    requestId: asker.requestId,
  } as const
}

/** Why a reason is none, in one sentence; null when it can be recorded. */
export function reasonFault(because: string): string | null {
  return /^[^\p{Cc}]{10,500}$/u.test(because)
    ? null
    : 'Give the reason in 10 to 500 characters: it is recorded with your name.'
}
