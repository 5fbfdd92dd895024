import { only, statement, type Row, type Tx } from '../../base/db.ts'
import { fromDate, toDate, type Instant } from '../../base/time.ts'
import type { Invitation } from './member.ts'
import type { Role } from './role.ts'

type InvitationRow = Row & {
  readonly organization_id: string
  readonly id: string
  readonly email: string
  readonly role: Role
  readonly invited_by: string
  readonly created_at: Date
  readonly expires_at: Date
  readonly ended_at: Date | null
  readonly letter_at: Date | null
}

const columns = 'organization_id, id, email, role, invited_by, created_at, expires_at, ended_at, letter_at'

const findOne = statement<InvitationRow>(
  'invitation_find',
  `select ${columns} from invitation where organization_id = $1 and id = $2`,
)

export async function findInvitation(tx: Tx, organizationId: string, id: string): Promise<Invitation | null> {
  const row = only(await tx.query(findOne, [organizationId, id]))
  return row === null ? null : invitation(row)
}

const lockOne = statement<InvitationRow>(
  'invitation_lock',
  `select ${columns} from invitation where organization_id = $1 and id = $2 for update`,
)

/** The same, and whoever would end it waits for the transaction. */
export async function lockInvitation(tx: Tx, organizationId: string, id: string): Promise<Invitation | null> {
  const row = only(await tx.query(lockOne, [organizationId, id]))
  return row === null ? null : invitation(row)
}

const findOpen = statement<InvitationRow>(
  'invitation_list',
  `select ${columns} from invitation
    where organization_id = $1 and created_at > $2 and ended_at is null and expires_at > $3
    order by created_at desc limit 200`,
)

/** Those that may still be accepted, newest first; none lives longer than from `since`. */
export async function findOpenInvitations(
  tx: Tx,
  organizationId: string,
  { since, now }: { readonly since: Instant; readonly now: Instant },
): Promise<readonly Invitation[]> {
  return (await tx.query(findOpen, [organizationId, toDate(since), toDate(now)])).map(invitation)
}

const findFor = statement<InvitationRow>(
  'invitation_list_by_email',
  `select ${columns} from invitation where email = $1 and ended_at is null and expires_at > $2
    order by created_at desc limit 20`,
)

export async function findInvitationsFor(
  tx: Tx,
  email: string,
  now: Instant,
): Promise<readonly Invitation[]> {
  return (await tx.query(findFor, [email, toDate(now)])).map(invitation)
}

const count = statement<{ readonly count: number }>(
  'invitation_count',
  'select count(*)::integer as count from invitation where organization_id = $1 and created_at > $2',
)

export async function countInvitations(tx: Tx, organizationId: string, since: Instant): Promise<number> {
  return only(await tx.query(count, [organizationId, toDate(since)]))?.count ?? 0
}

const insertOne = statement<Row>(
  'invitation_insert',
  `insert into invitation (organization_id, id, email, role, invited_by, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7)`,
)

export async function insertInvitation(
  tx: Tx,
  made: Omit<Invitation, 'endedAt' | 'letterAt'>,
): Promise<void> {
  const { organizationId, id, email, role, invitedBy } = made
  await tx.query(insertOne, [
    organizationId,
    id,
    email,
    role,
    invitedBy,
    toDate(made.createdAt),
    toDate(made.expiresAt),
  ])
}

const setLetter = statement<Row>(
  'invitation_set_letter',
  'update invitation set letter_at = $3 where organization_id = $1 and id = $2',
)

export async function noteLetter(tx: Tx, organizationId: string, id: string, at: Instant): Promise<void> {
  await tx.query(setLetter, [organizationId, id, toDate(at)])
}

const endOne = statement<{ readonly id: string }>(
  'invitation_end',
  'update invitation set ended_at = $3 where organization_id = $1 and id = $2 and ended_at is null returning id',
)

/** False when it had ended already. */
export async function endInvitation(
  tx: Tx,
  organizationId: string,
  id: string,
  at: Instant,
): Promise<boolean> {
  return (await tx.query(endOne, [organizationId, id, toDate(at)])).length === 1
}

function invitation(row: InvitationRow): Invitation {
  return {
    organizationId: row.organization_id,
    id: row.id,
    email: row.email,
    role: row.role,
    invitedBy: row.invited_by,
    createdAt: fromDate(row.created_at),
    expiresAt: fromDate(row.expires_at),
    endedAt: row.ended_at === null ? null : fromDate(row.ended_at),
    letterAt: row.letter_at === null ? null : fromDate(row.letter_at),
  }
}
